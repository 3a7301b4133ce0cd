-- Cases worth replaying, by kind of trouble: kept with the events that tell of it, so that the newest are found however many cases
-- there are. case_file has no index for it, as its rows are to be changed in place.
create table replay_trouble (
  case_no varchar(32) not null constraint replay_trouble_case_fk references case_file on delete cascade,
  kind varchar(16) not null,
  times integer not null,
  at timestamptz not null,
  place varchar(32) not null,
  constraint replay_trouble_pk primary key (case_no, kind)
);
comment on column replay_trouble.at is 'the last time';
create index replay_trouble_newest on replay_trouble (kind, at desc) include (place);

create function replay_trouble_of(event text) returns text language sql immutable parallel safe as $$
  select case event
    when 'BREACHED' then 'BREACHED'
    when 'SUPERVISED' then 'ESCALATED' when 'TAKEN_OVER' then 'ESCALATED'
    when 'REWORK_ORDERED' then 'REWORKED'
    when 'RETURNED' then 'REFUSED' when 'DISPUTED' then 'REFUSED'
    when 'SUSPENDED' then 'SUSPENDED'
    when 'REOPENED' then 'REOPENED' end
$$;

insert into replay_trouble (case_no, kind, times, at, place)
  select e.case_no, replay_trouble_of(e.kind), count(*), max(e.at), c.place
  from case_event e join case_file c using (case_no)
  where replay_trouble_of(e.kind) is not null group by 1, 2, c.place;

create function replay_trouble_keep() returns trigger language plpgsql as $$
begin
  insert into replay_trouble (case_no, kind, times, at, place)
    select new.case_no, replay_trouble_of(new.kind), 1, new.at, c.place from case_file c where c.case_no = new.case_no
    on conflict (case_no, kind) do update set times = replay_trouble.times + 1, at = excluded.at;
  return null;
end $$;

create trigger case_event_trouble after insert on case_event for each row
  when (new.kind in ('BREACHED', 'SUPERVISED', 'TAKEN_OVER', 'REWORK_ORDERED', 'RETURNED', 'DISPUTED', 'SUSPENDED', 'REOPENED'))
  execute function replay_trouble_keep();
