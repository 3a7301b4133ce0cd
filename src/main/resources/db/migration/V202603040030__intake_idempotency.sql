-- The same key from the same person gives the same case.
create table report_key (
  login varchar(64) not null,
  key varchar(128) not null,
  request_hash bytea not null,
  case_no varchar(32) not null,
  created_at timestamptz not null,
  constraint report_key_pk primary key (login, key)
);
