-- How often somebody did something: the moment at which all of it has worn off. "bucket" is a fingerprint of what and who.
create table rate_limit (
  bucket bytea constraint rate_limit_pk primary key,
  full_at timestamptz not null
);

create index rate_limit_full on rate_limit (full_at);
