-- Cases put together for analysis: what can be had from their trail again at any time. Kept because putting them together
-- means reading whole trails and counting office time, which no page can wait for.
create table mining_case (
  case_no varchar(32) constraint mining_case_pk primary key,
  version integer not null,
  place varchar(32) not null,
  grid_path text not null,
  category text,
  category_class text,
  state varchar(16) not null,
  reported_at timestamptz not null,
  closed_at timestamptz,
  variant_id char(32) not null,
  variant text[] not null,
  loops text[] not null,
  working_seconds bigint,
  breaches integer not null,
  rework integer not null,
  refusals integer not null,
  returns integer not null,
  hand_overs integer not null,
  reopened integer not null,
  escalations integer not null
);
comment on column mining_case.version is 'the version of the case that was put together; another one now means that it is behind';
comment on column mining_case.variant is 'names of the stages in the order the case came to them';
comment on column mining_case.loops is 'from which stage it went back to which, once for each time';
comment on column mining_case.working_seconds is 'office time from the report to the end, null while it is open';
create index mining_case_scope on mining_case (place, reported_at);

create table mining_step (
  case_no varchar(32) not null constraint mining_step_case_fk references mining_case on delete cascade,
  no integer not null,
  definition varchar(64) not null,
  element varchar(128) not null,
  task boolean not null,
  stage_name text,
  unit varchar(32),
  from_at timestamptz not null,
  until_at timestamptz,
  outcome varchar(16) not null,
  waiting_seconds bigint,
  working_seconds bigint,
  constraint mining_step_pk primary key (case_no, no)
);
comment on column mining_step.waiting_seconds is 'office time until somebody took it, null while nobody has';
comment on column mining_step.working_seconds is 'office time from then until it was left, null while it lasts';

-- no foreign key to case_file: it would make cases at work and cases put together wait for one another
create function mining_case_gone() returns trigger language plpgsql as $$
begin
  delete from mining_case where case_no = old.case_no;
  return null;
end $$;
create trigger case_file_mining_gone after delete on case_file for each row execute function mining_case_gone();
