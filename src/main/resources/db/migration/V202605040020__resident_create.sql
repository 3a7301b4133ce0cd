-- A code sent to a phone. Neither number nor code can be read from here.
create table phone_code (
  id uuid constraint phone_code_pk primary key,
  purpose varchar(16) not null,
  subject_seal bytea not null,
  code_seal bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  attempts integer not null default 0,
  proven_at timestamptz
);

create index phone_code_expires on phone_code (expires_at);

-- The case itself is written last in its transaction, so the reference is checked at its end.
-- How a resident's report came in, and what the resident agreed to.
create table resident_report (
  case_no varchar(32) constraint resident_report_pk primary key,
  source varchar(16) not null,
  consent varchar(16) not null,
  consented_at timestamptz not null,
  phone_proven boolean not null,
  constraint resident_report_case_fk foreign key (case_no) references case_file (case_no) deferrable initially deferred
);

-- words of codes that are of no use any more are taken out
create index outbox_phone_code on outbox (created_at) where template = 'phone-code' and text <> '';
