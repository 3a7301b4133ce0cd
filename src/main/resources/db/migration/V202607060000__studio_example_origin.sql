-- Where an example comes from: somebody wrote it, it was taken from a real decision, or it was composed for a row that had none. What is
-- there already was kept by somebody, in whatever way.
alter table policy_example add column origin text not null default 'WRITTEN'
    constraint policy_example_origin check (origin in ('WRITTEN', 'DECISION', 'COMPOSED'));
alter table policy_example alter column origin drop default;
