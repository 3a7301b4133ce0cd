-- A case somebody keeps from being deleted, whatever its age (封存). A hold is never erased, only lifted.
create table legal_hold (
  id bigint generated always as identity constraint legal_hold_pk primary key,
  case_no varchar(32) not null,
  place varchar(32) not null,
  reason text not null,
  placed_by varchar(64) not null,
  placed_at timestamptz not null,
  lifted_by varchar(64),
  lifted_at timestamptz,
  lift_reason text,
  constraint legal_hold_lifted check (num_nonnulls(lifted_by, lifted_at, lift_reason) in (0, 3))
);
create unique index legal_hold_once on legal_hold (case_no) where lifted_at is null;
create index legal_hold_place on legal_hold (place, id desc);

-- Cases to be archived and deleted together, and how far that is.
create table retention_list (
  id bigint generated always as identity constraint retention_list_pk primary key,
  place varchar(32) not null,
  case_no varchar(32) not null constraint retention_list_case_uk unique,
  state varchar(12) not null,
  drawn_by varchar(64) not null,
  drawn_at timestamptz not null,
  decided_by varchar(64),
  decided_at timestamptz,
  done_at timestamptz,
  constraint retention_list_state check (state in ('PENDING', 'APPROVED', 'REFUSED', 'DONE')),
  constraint retention_list_decided check (state = 'PENDING' or (decided_by is not null and decided_at is not null))
);
create index retention_list_place on retention_list (place, id desc);
comment on column retention_list.case_no is 'the internal matter in which the list is approved';

create table retention_item (
  list_id bigint not null,
  case_no varchar(32) not null,
  title text not null,
  category varchar(32),
  severity varchar(16),
  outcome varchar(32),
  closed_at timestamptz not null,
  years integer not null,
  rule varchar(64) not null,
  reason text not null,
  state varchar(12) not null,
  constraint retention_item_pk primary key (list_id, case_no),
  constraint retention_item_list_fk foreign key (list_id) references retention_list (id),
  constraint retention_item_state check (state in ('LISTED', 'DROPPED', 'ARCHIVED', 'HELD', 'CHANGED', 'DELETED'))
);
create index retention_item_case on retention_item (case_no);
-- a case is on one list at a time
create unique index retention_item_once on retention_item (case_no) where state in ('LISTED', 'ARCHIVED');
comment on column retention_item.state is
  'HELD: kept by a hold; CHANGED: it is not as it was listed any more, for instance opened anew; DROPPED: the list was refused';

-- What was archived. The content stands here, or in a file of the configured folder.
create table archive_file (
  case_no varchar(32) constraint archive_file_pk primary key,
  list_id bigint not null,
  place varchar(32) not null,
  file_name text not null,
  size bigint not null,
  sha256 bytea not null,
  events integer not null,
  head_hash bytea not null,
  content bytea,
  made_at timestamptz not null,
  constraint archive_file_list_fk foreign key (list_id) references retention_list (id),
  constraint archive_file_sha256 check (octet_length(sha256) = 32)
);
comment on column archive_file.events is 'how many events the case had, the last of which has head_hash';

-- What is left of a deleted case: enough to explain the gap to whoever checks the chains.
create table case_tombstone (
  case_no varchar(32) constraint case_tombstone_pk primary key,
  place varchar(32) not null,
  events integer not null,
  head_hash bytea not null,
  archive_sha256 bytea not null,
  list_id bigint not null,
  deleted_at timestamptz not null,
  constraint case_tombstone_list_fk foreign key (list_id) references retention_list (id)
);

-- Nobody sets one up for a case that may not go: the list is approved by somebody else than who drew it up, no hold
-- stands, the case has ended, and the archive has exactly the events that are there.
create function case_tombstone_is_due() returns trigger language plpgsql as $$
declare
  last record;
begin
  if tg_op <> 'INSERT' then
    raise exception 'case_tombstone is append-only: % refused', tg_op using errcode = 'restrict_violation';
  end if;
  if not exists (select 1 from retention_list l join retention_item i on i.list_id = l.id
      where l.id = new.list_id and i.case_no = new.case_no and l.state = 'APPROVED' and i.state = 'ARCHIVED'
      and l.decided_by <> l.drawn_by) then
    raise exception 'case % is on no approved list of archived cases', new.case_no using errcode = 'restrict_violation';
  end if;
  if exists (select 1 from legal_hold h where h.case_no = new.case_no and h.lifted_at is null) then
    raise exception 'case % is held', new.case_no using errcode = 'restrict_violation';
  end if;
  if not exists (select 1 from case_file c where c.case_no = new.case_no and c.state <> 'OPEN') then
    raise exception 'case % has not ended', new.case_no using errcode = 'restrict_violation';
  end if;
  select count(*) as events, (array_agg(e.hash order by e.seq desc))[1] as head into last
    from case_event e where e.case_no = new.case_no;
  if last.events <> new.events or last.head is distinct from new.head_hash
      or not exists (select 1 from archive_file a where a.case_no = new.case_no and a.list_id = new.list_id
        and a.sha256 = new.archive_sha256 and a.events = new.events and a.head_hash = new.head_hash) then
    raise exception 'the archive of case % has not the events that are there', new.case_no using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger case_tombstone_due before insert or update or delete on case_tombstone
  for each row execute function case_tombstone_is_due();

create function case_tombstone_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'case_tombstone is append-only: % refused', tg_op using errcode = 'restrict_violation';
end $$;
create trigger case_tombstone_no_truncate before truncate on case_tombstone
  for each statement execute function case_tombstone_is_append_only();

create function archive_file_is_append_only() returns trigger language plpgsql as $$
begin
  -- a case that stayed, because it was held for instance, may be archived again with a later list
  if tg_op = 'DELETE' and not exists (select 1 from case_tombstone t where t.case_no = old.case_no) then
    return old;
  end if;
  raise exception 'archive_file is append-only: % refused', tg_op using errcode = 'restrict_violation';
end $$;
create trigger archive_file_no_change before update or delete on archive_file
  for each row execute function archive_file_is_append_only();
create trigger archive_file_no_truncate before truncate on archive_file
  for each statement execute function archive_file_is_append_only();

create function legal_hold_is_only_lifted() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.lifted_at is null and new.lifted_at is not null
      and (new.id, new.case_no, new.place, new.reason, new.placed_by, new.placed_at)
        = (old.id, old.case_no, old.place, old.reason, old.placed_by, old.placed_at) then
    return new;
  end if;
  raise exception 'legal_hold is only lifted: % refused', tg_op using errcode = 'restrict_violation';
end $$;
create trigger legal_hold_no_change before update or delete on legal_hold
  for each row execute function legal_hold_is_only_lifted();

-- Events go with their case, once its tombstone stands; nothing else ever takes one away.
create or replace function case_event_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and exists (select 1 from case_tombstone t where t.case_no = old.case_no) then
    return old;
  end if;
  raise exception 'case_event is append-only: % refused', tg_op using errcode = 'restrict_violation';
end $$;

-- Tables that name a case and outlive it. All others lose its rows.
create table retention_kept (
  table_name text constraint retention_kept_pk primary key
);
insert into retention_kept (table_name) values ('case_tombstone'), ('archive_file'), ('retention_item'), ('retention_list'), ('legal_hold'), ('studio_draft');

-- The sums of the inbox follow when what somebody did or watched goes with its case.
create function inbox_uncount() returns trigger language plpgsql as $$
begin
  insert into inbox_delta (lane, n) values (case tg_table_name when 'done_item' then 'd:' || (to_jsonb(old) ->> 'login') else 'w:' || (to_jsonb(old) ->> 'person') end, -1);
  return null;
end $$;
create trigger done_item_uncount after delete on done_item for each row execute function inbox_uncount();
create trigger custody_watch_gone after delete on custody for each row
  when (old.kind = 'WATCHER' and old.to_at is null and old.person is not null) execute function inbox_uncount();

-- Deletes one case of an approved list; answers how many rows went. Runs with the rights of the owner of the tables, as
-- the platform itself may not delete events.
create function delete_retained_case(list bigint, number text, at timestamptz) returns integer
language plpgsql security definer set search_path from current as $$
declare
  named record;
  gone integer;
  total integer := 0;
begin
  -- a hold or a reopening that is on its way is waited for
  perform 1 from case_file where case_no = number for update;
  insert into case_tombstone (case_no, place, events, head_hash, archive_sha256, list_id, deleted_at)
    select a.case_no, a.place, a.events, a.head_hash, a.sha256, a.list_id, at from archive_file a
    where a.case_no = number and a.list_id = list;
  if not found then
    raise exception 'case % is not archived with list %', number, list using errcode = 'restrict_violation';
  end if;
  delete from notice_read where notice in (select id from outbox where case_no = number);
  delete from deadline_norm where case_no = number;
  for named in
    select c.table_name from information_schema.columns c
    join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name and t.table_type = 'BASE TABLE'
    where c.table_schema = current_schema() and c.column_name = 'case_no'
    and c.table_name not in (select k.table_name from retention_kept k) and c.table_name not in ('case_file', 'deadline_norm')
    order by c.table_name
  loop
    execute format('delete from %I where case_no = $1', named.table_name) using number;
    get diagnostics gone = row_count;
    total := total + gone;
  end loop;
  delete from case_file where case_no = number;
  get diagnostics gone = row_count;
  return total + gone;
end $$;
