-- Which diagram a case runs through, and whether it is a matter of the house itself: as its category said when it was opened.
alter table case_file add column process varchar(64) not null default 'case-handling';
alter table case_file add column internal boolean not null default false;

-- Ledgers are about what people reported.
create or replace view ledger_case as
select c.case_no, c.place, c.state, c.outcome, c.title, c.address, c.channel, c.category, c.category_class, c.severity, c.urgency,
  c.grid_code, c.tier, c.loop, c.self_handled, c.reported_at, c.closed_at, c.reporter, c.owner, c.holder, c.holder_pool, c.holder_unit,
  c.stage_name, c.due_at, c.light, c.suspended_at, c.difficult_since,
  c.facts ->> 'description' as description, c.facts ->> 'reporterName' as reporter_name, c.facts ->> 'reporterPhone' as reporter_phone,
  c.facts ->> 'filing' as filing, c.facts ->> 'filingReason' as filing_reason, c.facts ->> 'leadUnit' as lead_unit,
  c.facts ->> 'resultText' as result_text, c.facts ->> 'verifyText' as verify_text, c.facts ->> 'closingText' as closing_text,
  c.facts ->> 'satisfaction' as satisfaction, c.facts ->> 'followUpText' as follow_up_text,
  c.facts ->> 'suspendedFor' as suspended_for, c.facts ->> 'suspendedUntil' as suspended_until, c.facts ->> 'difficultFor' as difficult_for,
  (c.facts ->> 'rectifyDays')::integer as rectify_days, (c.facts ->> 'breaches')::integer as breaches, (c.facts ->> 'excused')::integer as excused,
  (c.facts ->> 'reworkCount')::integer as rework_count, (c.facts ->> 'reopenCount')::integer as reopen_count,
  (c.facts ->> 'handOverCount')::integer as hand_over_count
from case_file c where not c.internal;

create or replace view ledger_custody as
select k.case_no, k.no, c.place, c.title, c.category, c.category_class, c.channel, c.grid_code, c.severity, k.kind, k.leg, k.person, k.pool, k.unit, k.role,
  k.from_at, k.to_at, k.working_seconds, k.reason_code, k.reason_text, k.ordered_by, k.acting_for
from custody k join case_file c using (case_no) where not c.internal;

create or replace view ledger_hand_over as
select h.case_no, h.seq, c.place, c.title, c.category, c.category_class, c.channel, c.grid_code, h.at, h.movement, h.answer, h.from_unit, h.to_unit, h.person,
  h.reason_code, h.reason_text, h.rule_text
from hand_over h join case_file c using (case_no) where not c.internal;

create or replace view ledger_breach as
select d.case_no, d.no, c.place, c.title, c.category, c.category_class, c.channel, c.grid_code, c.holder, c.holder_unit, c.owner, d.stage, d.tier, d.leg, d.limit_value,
  d.limit_unit, d.started_at, d.due_at, d.breached_at, d.done_at, d.excused_at
from deadline d join case_file c using (case_no)
where d.breached_at is not null and not c.internal;
