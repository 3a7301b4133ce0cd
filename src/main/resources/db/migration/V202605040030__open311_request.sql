-- Numbers under which the public sees cases; the case number itself stays between the platform and the reporter.
create table open311_request (
  case_no varchar(32) constraint open311_request_pk primary key,
  request_id varchar(24) not null constraint open311_request_id_uk unique,
  token varchar(40) constraint open311_request_token_uk unique,
  app varchar(64),
  created_at timestamptz not null,
  constraint open311_request_case_fk foreign key (case_no) references case_file (case_no) deferrable initially deferred
);
comment on column open311_request.app is 'the app that sent it, which had told its user that it becomes public; null: it came another way';
