-- Calendars that were changed and whose open deadlines are not all planned anew yet: written with the change, so that a
-- server that stops in between goes on where it was.
create table calendar_replan (
  id bigint generated always as identity constraint calendar_replan_pk primary key,
  calendars text[] not null,
  changed_at timestamptz not null,
  done_at timestamptz,
  moved integer
);
create index calendar_replan_open on calendar_replan (id) where done_at is null;
