-- Open cases of a grid, the latest first: what a case page shows as near by.
create index case_file_near on case_file (grid_code, reported_at desc) where state = 'OPEN';
