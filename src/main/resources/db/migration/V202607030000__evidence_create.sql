-- Daily roots: one Merkle tree a day over what has changed, signed, each naming the one before. See docs/adr/0029.
create table evidence_root (
  no bigint not null,
  day date not null,
  taken_at timestamptz not null,
  leaves integer not null,
  root bytea not null,
  key_id varchar(16) not null,
  statement text not null,
  signature bytea not null,
  constraint evidence_root_pk primary key (no),
  constraint evidence_root_day_uk unique (day)
);
comment on column evidence_root.statement is 'exactly what is signed: number, day, leaves, root and the hash of the statement before';

create table evidence_leaf (
  root_no bigint not null constraint evidence_leaf_root_fk references evidence_root deferrable initially deferred,
  leaf_no integer not null,
  kind varchar(8) not null,
  subject varchar(64) not null,
  seq bigint,
  hash bytea not null,
  number bigint,
  second_hash bytea,
  detail varchar(64),
  constraint evidence_leaf_pk primary key (root_no, leaf_no),
  constraint evidence_leaf_kind check (kind in ('CASE', 'FILE', 'RULES', 'LOG', 'REMOVED'))
);
comment on column evidence_leaf.subject is 'case number, id of the file, number of the release; access_log';
comment on column evidence_leaf.seq is 'CASE, REMOVED: number of the last event; LOG: first row';
comment on column evidence_leaf.number is 'CASE: how many decisions; LOG: last row';
create index evidence_leaf_subject on evidence_leaf (subject, root_no);
create index evidence_leaf_file on evidence_leaf (detail) where kind = 'FILE';

create function evidence_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
end $$;
create trigger evidence_root_no_change before update or delete on evidence_root
  for each row execute function evidence_is_append_only();
create trigger evidence_root_no_truncate before truncate on evidence_root
  for each statement execute function evidence_is_append_only();
create trigger evidence_leaf_no_change before update or delete on evidence_leaf
  for each row execute function evidence_is_append_only();
create trigger evidence_leaf_no_truncate before truncate on evidence_leaf
  for each statement execute function evidence_is_append_only();

-- What was checked, by whom, and what was found.
create table evidence_check (
  id bigint generated always as identity constraint evidence_check_pk primary key,
  ordered_by varchar(64) not null,
  place varchar(32),
  from_day date,
  to_day date,
  only_case varchar(32),
  began_at timestamptz not null,
  ended_at timestamptz,
  alive_at timestamptz not null default now(),
  state varchar(8) not null constraint evidence_check_state check (state in ('RUNNING', 'DONE', 'BROKEN')),
  total bigint not null default 0,
  cases bigint not null default 0,
  events bigint not null default 0,
  roots bigint not null default 0,
  fault_count bigint not null default 0,
  faults json not null default '[]'
);
comment on column evidence_check.alive_at is 'the machine''s time: a check that has not been heard of for long was broken off';

-- What is new since the last root is found by its time; these cost next to nothing to keep.
create index case_event_at on case_event using brin (at) with (pages_per_range = 32, autosummarize = on);
create index attachment_at on attachment using brin (uploaded_at) with (pages_per_range = 32, autosummarize = on);
