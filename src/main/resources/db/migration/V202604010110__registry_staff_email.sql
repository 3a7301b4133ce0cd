-- Where a person reads electronic mail; optional.
alter table staff add column email text;
