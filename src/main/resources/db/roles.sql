-- The two roles of the platform's database, made or mended; to be run by a superuser in the platform's database. May be run
-- again at any time. gridcase_owner owns the tables and changes them when the platform is upgraded (Flyway); gridcase_app
-- does the daily work and may not change or delete what is written once. Only the engine's own tables belong to the latter.
do $$
declare
  each record;
begin
  if not exists (select from pg_roles where rolname = 'gridcase_owner') then
    create role gridcase_owner login;
  end if;
  if not exists (select from pg_roles where rolname = 'gridcase_app') then
    create role gridcase_app login;
  end if;
  if not pg_has_role('gridcase_owner', 'gridcase_app', 'member') then
    grant gridcase_app to gridcase_owner;
  end if;
  execute format('grant connect, create, temporary on database %I to gridcase_owner', current_database());
  execute format('grant connect, temporary on database %I to gridcase_app', current_database());
  alter schema public owner to gridcase_owner;
  grant usage, create on schema public to gridcase_app;
  -- what an earlier version made while there was only one role
  for each in
    select c.oid::regclass::text as name, wanted.owner
    from pg_class c
    cross join lateral (select case when c.relname like 'act\_%' and c.relname not like 'act\_dmn\_%'
      then 'gridcase_app' else 'gridcase_owner' end as owner) wanted
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
    and pg_get_userbyid(c.relowner) <> wanted.owner
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
      and (d.deptype = 'e' or c.relkind = 'S' and d.deptype in ('a', 'i')))
  loop
    execute format('alter table %s owner to %I', each.name, each.owner);
  end loop;
  for each in
    select p.oid::regprocedure::text as name
    from pg_proc p
    where p.pronamespace = 'public'::regnamespace and pg_get_userbyid(p.proowner) <> 'gridcase_owner'
    and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
  loop
    execute format('alter routine %s owner to gridcase_owner', each.name);
  end loop;
end $$;
