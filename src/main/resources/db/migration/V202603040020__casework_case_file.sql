create sequence case_number;

-- A case as lists and rules see it: what is known of it is in "facts"; the generated columns repeat what is searched by.
create table case_file (
  case_no varchar(32) constraint case_file_pk primary key,
  place varchar(32) not null,
  process_instance varchar(64),
  state varchar(16) not null,
  outcome varchar(32),
  reported_at timestamptz not null,
  closed_at timestamptz,
  reporter varchar(64),
  grid_path text not null,
  stage_key varchar(16),
  stage_name varchar(64),
  stage_since timestamptz,
  owner varchar(64),
  owner_since timestamptz,
  holder varchar(64),
  holder_pool varchar(96),
  holder_unit varchar(32),
  holder_since timestamptz,
  warn_at timestamptz,
  due_at timestamptz,
  version integer not null,
  event_seq integer not null,
  event_hash bytea not null,
  deadline_seq integer not null,
  custody_seq integer not null,
  facts jsonb not null,
  title text generated always as (facts ->> 'title') stored,
  address text generated always as (facts ->> 'address') stored,
  channel text generated always as (facts ->> 'channel') stored,
  category text generated always as (facts ->> 'category') stored,
  category_class text generated always as (facts ->> 'categoryClass') stored,
  severity text generated always as (facts ->> 'severity') stored,
  urgency text generated always as (facts ->> 'urgency') stored,
  grid_code text generated always as (facts ->> 'gridCode') stored,
  tier text generated always as (facts ->> 'tier') stored,
  loop text generated always as (facts ->> 'loop') stored,
  self_handled boolean generated always as ((facts ->> 'selfHandled')::boolean) stored
);

create index case_file_place on case_file (place, reported_at desc, case_no desc);
create index case_file_owner on case_file (owner, reported_at desc) where state = 'OPEN';
create index case_file_grid on case_file (grid_path text_pattern_ops);

-- Who was answerable (OWNER), who had the work (HOLDER), who watched (WATCHER): the chain of responsibility.
create table custody (
  case_no varchar(32) not null constraint custody_case_fk references case_file,
  no integer not null,
  kind varchar(8) not null,
  leg varchar(32) not null,
  person varchar(64),
  pool varchar(96),
  unit varchar(32),
  role varchar(32),
  worked boolean not null,
  from_at timestamptz not null,
  to_at timestamptz,
  working_minutes integer,
  reason_code varchar(32),
  reason_text text,
  ordered_by varchar(64),
  constraint custody_pk primary key (case_no, no),
  constraint custody_has_somebody check (person is not null or pool is not null)
);

create index custody_watcher on custody (person) where kind = 'WATCHER' and to_at is null;

-- A time limit on a calendar for one case and stage. A breach is never erased, only excused.
create table deadline (
  case_no varchar(32) not null constraint deadline_case_fk references case_file,
  no integer not null,
  stage varchar(32) not null,
  scope varchar(160) not null,
  limit_value numeric not null,
  limit_unit varchar(16) not null,
  warn_percent integer not null,
  rule text not null,
  started_at timestamptz not null,
  warn_at timestamptz not null,
  due_at timestamptz not null,
  warned_at timestamptz,
  breached_at timestamptz,
  done_at timestamptz,
  excused_at timestamptz,
  constraint deadline_pk primary key (case_no, no)
);

create index deadline_warn on deadline (warn_at) where warned_at is null and done_at is null;

-- One row per open task: the only thing the inbox reads.
create table inbox_item (
  task_id varchar(64) constraint inbox_item_pk primary key,
  case_no varchar(32) not null constraint inbox_item_case_fk references case_file,
  place varchar(32) not null,
  process_instance varchar(64) not null,
  task_key varchar(128) not null,
  name text not null,
  form varchar(64),
  pool varchar(96),
  assignee varchar(64),
  unit varchar(32),
  leg varchar(32) not null,
  excludes_workers boolean not null,
  created_at timestamptz not null,
  claimed_at timestamptz,
  warn_at timestamptz,
  due_at timestamptz,
  title text not null,
  address text,
  category text,
  severity text,
  urgency text,
  stage_name text,
  owner varchar(64),
  grid_path text not null
);

create index inbox_item_mine on inbox_item (assignee, due_at, task_id) where assignee is not null;
create index inbox_item_pool on inbox_item (pool, due_at, task_id) where assignee is null;
create index inbox_item_case on inbox_item (case_no);

-- What an operator must know: a vacancy climbed over, a top tier reached.
create table operator_alert (
  id bigint generated always as identity constraint operator_alert_pk primary key,
  case_no varchar(32) not null,
  place varchar(32) not null,
  kind varchar(32) not null,
  message text not null,
  at timestamptz not null,
  seen_at timestamptz,
  seen_by varchar(64)
);

create table attachment (
  id uuid constraint attachment_pk primary key,
  case_no varchar(32),
  place varchar(32) not null,
  name text not null,
  content_type varchar(128) not null,
  size integer not null,
  sha256 bytea not null,
  content bytea not null,
  uploaded_by varchar(64) not null,
  uploaded_at timestamptz not null,
  element varchar(128),
  constraint attachment_size check (size <= 20 * 1024 * 1024)
);

create index attachment_case on attachment (case_no);
