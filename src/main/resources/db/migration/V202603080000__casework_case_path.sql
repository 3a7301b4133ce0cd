-- The way cases took through their diagrams: one row for what one change of a case entered and left. The engine's own
-- history of it (act_hi_actinst, one row with ten indexes for each element) took more than half of all that a case wrote.
create table case_path (
  case_no varchar(32) not null,
  version integer not null,
  process_instance varchar(64) not null,
  at timestamptz not null,
  entered text[] not null,
  ended text[] not null,
  constraint case_path_pk primary key (case_no, version, process_instance)
);
