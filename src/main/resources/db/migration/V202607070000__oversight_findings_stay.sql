-- What an audit found, had mended and sampled outlives the case it was about.
insert into retention_kept (table_name) values ('inquiry_finding'), ('inquiry_rectification'), ('inquiry_sample_case');
