create table phone_setting (
  login varchar(64) not null,
  large_type boolean not null,
  changed_at timestamptz not null,
  constraint phone_setting_pk primary key (login)
);
comment on table phone_setting is 'how a person wants the phone pages';
