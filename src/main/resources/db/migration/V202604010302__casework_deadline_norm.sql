-- Limits that applied to a deadline before another took their place: readable after the table has changed.
create table deadline_norm (
  case_no varchar(32) not null,
  deadline_no integer not null,
  no integer not null,
  limit_value numeric not null,
  limit_unit varchar(16) not null,
  warn_percent integer not null,
  rule text not null,
  due_at timestamptz not null,
  until_at timestamptz not null,
  constraint deadline_norm_pk primary key (case_no, deadline_no, no),
  constraint deadline_norm_deadline_fk foreign key (case_no, deadline_no) references deadline (case_no, no)
);
