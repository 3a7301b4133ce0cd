-- What happened to a case, one row per fact; each row carries the hash of the row before it.
create table case_event (
  case_no varchar(32) not null,
  seq integer not null,
  at timestamptz not null,
  actor varchar(64) not null,
  kind varchar(40) not null,
  element varchar(128),
  data json not null,
  hash bytea not null,
  constraint case_event_pk primary key (case_no, seq)
);

create function case_event_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'case_event is append-only: % refused', tg_op using errcode = 'restrict_violation';
end $$;

create trigger case_event_no_change before update or delete on case_event
  for each row execute function case_event_is_append_only();

create trigger case_event_no_truncate before truncate on case_event
  for each statement execute function case_event_is_append_only();
