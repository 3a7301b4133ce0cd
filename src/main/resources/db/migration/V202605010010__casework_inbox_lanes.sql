-- In whose list a task stands: a:<sign-in name> once somebody has it, p:<role@scope> as long as it waits in a pool. One
-- index range per lane and order, so that a page costs the same whatever there is besides.
alter table inbox_item add column lane text generated always as (case when assignee is not null then 'a:' || assignee else 'p:' || coalesce(pool, '') end) stored;
alter table inbox_item add column due_key timestamptz generated always as (coalesce(due_at, timestamptz '9999-12-31 00:00:00+00')) stored;
alter table inbox_item add column light_rank smallint generated always as (case light when 'OVER' then 0 when 'WARN' then 1 when 'PAUSED' then 3 else 2 end) stored;
drop index inbox_item_mine;
drop index inbox_item_pool;
create index inbox_item_due on inbox_item (lane, due_key, task_id);
create index inbox_item_light on inbox_item (lane, light_rank, due_key, task_id);
create index inbox_item_age on inbox_item (lane, created_at, task_id);
create index inbox_item_category on inbox_item (lane, category, due_key, task_id);
create index inbox_item_grid on inbox_item (lane, grid_path text_pattern_ops);

alter table case_file add column due_key timestamptz generated always as (coalesce(due_at, timestamptz '9999-12-31 00:00:00+00')) stored;
alter table case_file add column light_rank smallint generated always as (case light when 'OVER' then 0 when 'WARN' then 1 when 'PAUSED' then 3 else 2 end) stored;
create index case_file_owned on case_file (owner, due_key, case_no) where state = 'OPEN';

-- What somebody has done: one row per person and case, the last time counts.
create table done_item (
  login varchar(64) not null,
  case_no varchar(32) not null constraint done_item_case_fk references case_file,
  done_at timestamptz not null,
  constraint done_item_pk primary key (login, case_no)
);
create index done_item_newest on done_item (login, done_at desc, case_no desc);
insert into done_item (login, case_no, done_at)
  select person, case_no, max(to_at) from custody where kind = 'HOLDER' and person is not null and to_at is not null group by person, case_no;

-- How many rows each list has, exactly and without counting: what was folded so far, and what has changed since. A change
-- only adds a row, so nobody waits for anybody; folding moves sums from one table to the other in one transaction. The
-- transaction number makes the changes a feed: whoever remembers a snapshot can ask what has come since.
create table inbox_count (
  lane text constraint inbox_count_pk primary key,
  n bigint not null
);
create table inbox_delta (
  lane text not null,
  n integer not null,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null default clock_timestamp()
);
create index inbox_delta_lane on inbox_delta (lane);
comment on column inbox_delta.n is '0 where a row changed in its place: another light, another deadline';
comment on column inbox_delta.at is 'the machine''s time, not the platform''s: it says only when a row may be folded';

create function inbox_count_item() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into inbox_delta (lane, n) values (new.lane, 1);
  elsif tg_op = 'DELETE' then
    insert into inbox_delta (lane, n) values (old.lane, -1);
  elsif old.lane <> new.lane then
    insert into inbox_delta (lane, n) values (old.lane, -1), (new.lane, 1);
  else
    insert into inbox_delta (lane, n) values (new.lane, 0);
  end if;
  return null;
end $$;
create trigger inbox_item_count after insert or delete on inbox_item for each row execute function inbox_count_item();
create trigger inbox_item_moved after update on inbox_item for each row
  when (old.lane <> new.lane or old.light is distinct from new.light or old.due_at is distinct from new.due_at)
  execute function inbox_count_item();

create function inbox_count_owner() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.state = 'OPEN' and old.owner is not null then
    insert into inbox_delta (lane, n) values ('o:' || old.owner, -1);
  end if;
  if new.state = 'OPEN' and new.owner is not null then
    insert into inbox_delta (lane, n) values ('o:' || new.owner, 1);
  end if;
  return null;
end $$;
create trigger case_file_owner_count after insert on case_file for each row
  when (new.state = 'OPEN' and new.owner is not null) execute function inbox_count_owner();
create trigger case_file_owner_moved after update on case_file for each row
  when (old.owner is distinct from new.owner or (old.state = 'OPEN') <> (new.state = 'OPEN')) execute function inbox_count_owner();

create function inbox_count_watcher() returns trigger language plpgsql as $$
begin
  insert into inbox_delta (lane, n) values ('w:' || new.person, case when tg_op = 'INSERT' then 1 else -1 end);
  return null;
end $$;
create trigger custody_watch_begins after insert on custody for each row
  when (new.kind = 'WATCHER' and new.to_at is null and new.person is not null) execute function inbox_count_watcher();
create trigger custody_watch_ends after update on custody for each row
  when (new.kind = 'WATCHER' and new.person is not null and old.to_at is null and new.to_at is not null) execute function inbox_count_watcher();

create function inbox_count_done() returns trigger language plpgsql as $$
begin
  insert into inbox_delta (lane, n) values ('d:' || new.login, 1);
  return null;
end $$;
create trigger done_item_count after insert on done_item for each row execute function inbox_count_done();

insert into inbox_count (lane, n)
  select lane, count(*) from inbox_item group by lane
  union all select 'o:' || owner, count(*) from case_file where state = 'OPEN' and owner is not null group by owner
  union all select 'w:' || person, count(*) from custody where kind = 'WATCHER' and to_at is null and person is not null group by person
  union all select 'd:' || login, count(*) from done_item group by login;
