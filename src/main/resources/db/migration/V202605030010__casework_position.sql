-- where it is, as far as the report says; anything but a plain number is no position
alter table case_file add column longitude double precision generated always as (
  case when facts ->> 'longitude' ~ '^-?\d{1,3}(\.\d+)?$' and facts ->> 'latitude' ~ '^-?\d{1,2}(\.\d+)?$'
  then (facts ->> 'longitude')::double precision end) stored;
alter table case_file add column latitude double precision generated always as (
  case when facts ->> 'longitude' ~ '^-?\d{1,3}(\.\d+)?$' and facts ->> 'latitude' ~ '^-?\d{1,2}(\.\d+)?$'
  then (facts ->> 'latitude')::double precision end) stored;
-- maps and boards count what is open, and what ended today
create index case_file_open on case_file (place, reported_at) where state = 'OPEN';
create index case_file_closed on case_file (place, closed_at) where closed_at is not null;
