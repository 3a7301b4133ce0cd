-- A deadline is a budget of time that is used up while it runs: what was left at counted_from; it stands still from paused_at on.
-- Suspension, extension, a new holiday notice and a changed limit move it by that, and never lose what was used.
alter table deadline add column budget_seconds bigint;
alter table deadline add column left_seconds bigint;
alter table deadline add column counted_from timestamptz;
alter table deadline add column paused_at timestamptz;
alter table deadline add column excuse_reason text;
alter table deadline add column excused_by varchar(160);
update deadline set counted_from = started_at, budget_seconds = extract(epoch from due_at - started_at)::bigint,
  left_seconds = extract(epoch from due_at - started_at)::bigint;
alter table deadline alter column budget_seconds set not null;
alter table deadline alter column left_seconds set not null;
alter table deadline alter column counted_from set not null;
drop index deadline_warn;
create index deadline_warn on deadline (warn_at) where warned_at is null and done_at is null and paused_at is null;
create index deadline_open on deadline (stage, rule) where done_at is null;

-- The light (OK WARN OVER PAUSED) is a fact: changed by the warning, the breach, the pause, and read by every page.
alter table case_file add column light varchar(8);
alter table inbox_item add column light varchar(8);
alter table inbox_item add column deadline_no integer;

-- Working time to the second, so that the links of one kind add up to the life of the case.
alter table custody add column working_seconds bigint;
update custody set working_seconds = working_minutes * 60;
alter table custody drop column working_minutes;

-- Turns: processes beside the loop (extension, suspension, withdrawal …) that are open now, and the tasks that belong to them.
alter table case_file add column open_turns jsonb not null default '{}';
alter table case_file add column suspended_at timestamptz;
alter table case_file add column difficult_since timestamptz;
create index case_file_suspended on case_file (place, suspended_at) where suspended_at is not null;
create index case_file_difficult on case_file (place, difficult_since) where difficult_since is not null;
alter table inbox_item add column turn varchar(64);
alter table inbox_item add column excluded text[] not null default '{}';
