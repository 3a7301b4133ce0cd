-- Wrong passwords in a row, counted over all nodes: by sign-in name and by the address they come from.
create table sign_in_failure (
  kind varchar(8) not null,
  key varchar(64) not null,
  failures integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  constraint sign_in_failure_pk primary key (kind, key),
  constraint sign_in_failure_kind_ck check (kind in ('LOGIN', 'ADDRESS'))
);

comment on column sign_in_failure.key is 'SHA-256 of the sign-in name or the address: whatever was typed there stays nobody''s business';

create index sign_in_failure_last on sign_in_failure (last_at);

-- Who signed in last when.
create table sign_in (
  login varchar(64) constraint sign_in_pk primary key,
  at timestamptz not null,
  way varchar(16) not null
);

-- What programs sign in with instead of a password. The token itself is shown once and kept by nobody.
create table api_token (
  id uuid constraint api_token_pk primary key,
  login varchar(64) not null,
  name text not null,
  hash bytea not null,
  roles text[],
  created_at timestamptz not null,
  created_by varchar(64) not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by varchar(64),
  used_at timestamptz,
  constraint api_token_hash_uk unique (hash)
);

comment on column api_token.roles is 'the only roles of the person it may act in; null: all of them';

create index api_token_login on api_token (login, created_at desc);
