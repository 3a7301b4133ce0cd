-- Whom a case came to: its reporter, everybody who answered for it, held or watched it, and the units it was given to.
-- They may see it for good, and list what is theirs newest first without looking at all other cases.
create table case_party (
  who varchar(72) not null,
  case_no varchar(32) not null constraint case_party_case_fk references case_file,
  reported_at timestamptz not null,
  constraint case_party_pk primary key (case_no, who)
);
comment on column case_party.who is 'p:<sign-in name> or u:<unit>';
create index case_party_newest on case_party (who, reported_at desc, case_no desc);

insert into case_party (who, case_no, reported_at)
select distinct who, case_no, c.reported_at
from case_file c
join (select case_no, 'p:' || reporter who from case_file where reporter is not null
      union select case_no, 'p:' || person from custody where person is not null
      union select case_no, 'u:' || unit from custody where unit is not null
      union select case_no, 'u:' || unit from inbox_item where unit is not null) p using (case_no);

create function case_party_reporter() returns trigger language plpgsql as $$
begin
  insert into case_party values ('p:' || new.reporter, new.case_no, new.reported_at) on conflict do nothing;
  return null;
end $$;
create trigger case_file_party after insert on case_file for each row
  when (new.reporter is not null) execute function case_party_reporter();

create function case_party_link() returns trigger language plpgsql as $$
begin
  insert into case_party
  select who, c.case_no, c.reported_at
  from case_file c, (values ('p:' || new.person), ('u:' || new.unit)) party (who)
  where c.case_no = new.case_no and who is not null
  on conflict do nothing;
  return null;
end $$;
create trigger custody_party after insert on custody for each row execute function case_party_link();

create function case_party_task() returns trigger language plpgsql as $$
begin
  insert into case_party select 'u:' || new.unit, c.case_no, c.reported_at from case_file c where c.case_no = new.case_no
  on conflict do nothing;
  return null;
end $$;
create trigger inbox_item_party after insert on inbox_item for each row
  when (new.unit is not null) execute function case_party_task();
create trigger inbox_item_party_moved after update of unit on inbox_item for each row
  when (new.unit is not null and new.unit is distinct from old.unit) execute function case_party_task();
