-- How somebody likes the inbox: filters by name, and the columns shown.
create table inbox_filter (
  login varchar(64) not null,
  name varchar(40) not null,
  query text not null,
  saved_at timestamptz not null,
  constraint inbox_filter_pk primary key (login, name),
  constraint inbox_filter_query_size check (length(query) <= 2000)
);
create table inbox_columns (
  login varchar(64) constraint inbox_columns_pk primary key,
  columns text[] not null
);
