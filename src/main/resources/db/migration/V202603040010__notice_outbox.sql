-- Messages to people, written with the fact they tell of and delivered afterwards.
create table outbox (
  id bigint generated always as identity constraint outbox_pk primary key,
  case_no varchar(32) not null,
  place varchar(32) not null,
  event varchar(32) not null,
  audience varchar(32) not null,
  channel varchar(16) not null,
  recipient varchar(128) not null,
  template varchar(64) not null,
  params json not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  read_at timestamptz
);

create index outbox_recipient on outbox (recipient, created_at desc);
create index outbox_case on outbox (case_no);
