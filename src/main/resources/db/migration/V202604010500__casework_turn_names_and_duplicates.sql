-- What a turn's diagram is called, so that the inbox can say 延期 · 审批延期 without asking the engine.
alter table inbox_item add column turn_name text;

-- Which open cases a report may tell of again; which cases were put to another one.
create index case_file_same_category on case_file (place, category, reported_at desc) where state = 'OPEN';
create index case_file_same_address on case_file (place, address, reported_at desc) where state = 'OPEN';
create index case_file_merged on case_file ((facts ->> 'mergeInto')) where state = 'MERGED';
