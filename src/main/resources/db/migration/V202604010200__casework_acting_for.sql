-- Who stands in for an absent person acts in their place; the chain of responsibility and the inbox say for whom.
alter table custody add column acting_for varchar(64);
alter table inbox_item add column acting_for varchar(64);

-- Everybody who answers, holds or watches at present: asked when somebody leaves, and for the watched cases of the inbox.
create index custody_open_person on custody (person, kind) where to_at is null and person is not null;
drop index custody_watcher;
