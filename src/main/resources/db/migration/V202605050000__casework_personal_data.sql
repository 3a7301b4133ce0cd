-- Personal data among the facts are sealed (see docs/adr/0019); a case is found by its reporter's number all the same.
alter table case_file add column reporter_index varchar(24);

create index case_file_reporter on case_file (reporter_index, reported_at desc) where reporter_index is not null;

comment on column case_file.reporter_index is 'HMAC of the number in facts.reporterPhone';

-- a sealed number or address is longer than a plain one
alter table outbox alter column recipient type text;
