-- Forms begun and not sent: one row per person and what it is for (a task, a turn of a case, a report). Nothing else reads it.
create table draft (
  login varchar(64) not null,
  subject varchar(160) not null,
  case_no varchar(32),
  title text not null,
  entries text not null,
  saved_at timestamptz not null,
  constraint draft_pk primary key (login, subject)
);

create index draft_saved on draft (login, saved_at desc, subject);
comment on column draft.subject is 'id of a task, or report, or turn:<case>:<key of the turn>';
comment on column draft.entries is 'what was entered, a JSON object; sealed, as it may hold personal data';
