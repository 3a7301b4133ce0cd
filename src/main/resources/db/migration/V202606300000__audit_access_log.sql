-- What people read and did: who, when, what, to which thing, and why where a reason is asked for.
create table access_log (
  id bigint generated always as identity constraint access_log_pk primary key,
  at timestamptz not null,
  login varchar(64) not null,
  place varchar(32),
  kind varchar(40) not null,
  subject_kind varchar(32) not null,
  subject text not null,
  details json not null,
  reason text
);

create index access_log_at on access_log (at);
create index access_log_person on access_log (login, at);
create index access_log_subject on access_log (subject, at);

create function access_log_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'access_log is append-only: % refused', tg_op using errcode = 'restrict_violation';
end $$;

create trigger access_log_no_change before update or delete on access_log
  for each row execute function access_log_is_append_only();

create trigger access_log_no_truncate before truncate on access_log
  for each statement execute function access_log_is_append_only();
