-- Every refusal, return and hand-over between units with its reason and what the rule said: who passes work on, and how often.
create table hand_over (
  case_no varchar(32) not null constraint hand_over_case_fk references case_file,
  seq integer not null,
  place varchar(32) not null,
  at timestamptz not null,
  movement varchar(16) not null,
  answer varchar(16) not null,
  from_unit varchar(32) not null,
  to_unit varchar(32),
  person varchar(64) not null,
  reason_code varchar(32),
  reason_text text,
  rule_text text,
  constraint hand_over_pk primary key (case_no, seq)
);
comment on column hand_over.seq is 'number of the event that tells of it';
comment on column hand_over.movement is 'REFUSE before signing, RETURNED after it, HAND_ON to another unit, ASSIGN by a coordinator';
comment on column hand_over.answer is 'ALLOWED, COORDINATOR, or FORCED where a coordinator leaves the unit no choice';
create index hand_over_unit on hand_over (from_unit, at);

-- What a later deadline of the same stage needs to go on where this one stopped.
alter table deadline add column tier varchar(32);
alter table deadline add column leg varchar(32) not null default '';
