-- a file sent again with the same key by the same person is the same file
alter table attachment add column upload_key varchar(128);
create unique index attachment_upload_key_uk on attachment (uploaded_by, upload_key) where upload_key is not null;
