-- What was said stays on record, and the outbox becomes a queue that outlives a crash.
alter table outbox
  add column key uuid not null default gen_random_uuid(),
  add column kind varchar(8) not null default 'ADDRESS',
  add column subject text not null default '',
  add column text text not null default '',
  add column state varchar(8) not null default 'PENDING',
  add column address text,
  add column attempts integer not null default 0,
  add column in_flight boolean not null default false,
  add column next_at timestamptz,
  add column tried_at timestamptz,
  add column failing_since timestamptz,
  add column last_error text;

-- messages from before there were texts say at least what they are about
update outbox set subject = coalesce(params ->> 'title', template), next_at = created_at,
  kind = case when recipient ~ '^[a-z-]+@[^@]+$' then 'POOL' when channel = 'IN_APP' then 'PERSON' else 'ADDRESS' end,
  state = case when channel = 'IN_APP' then 'SENT' else 'PENDING' end,
  sent_at = case when channel = 'IN_APP' then created_at end;

alter table outbox
  alter column next_at set not null,
  alter column kind drop default,
  add constraint outbox_key_uk unique (key),
  add constraint outbox_kind_ck check (kind in ('PERSON', 'POOL', 'ADDRESS')),
  add constraint outbox_state_ck check (state in ('PENDING', 'SENT', 'FAILED')),
  drop column read_at;

-- all that a sender and the operator's page look at: nothing that has been sent
create index outbox_waiting on outbox (channel, state, next_at) where state <> 'SENT';

-- a person's own messages and those of the pools the person is in, newest first
drop index outbox_recipient;
create index outbox_in_app on outbox (recipient, id desc) where channel = 'IN_APP';

-- A pool's message is read by each of its people for themselves: all up to a number, and single ones above it.
create table notice_reader (
  login varchar(64) constraint notice_reader_pk primary key,
  read_up_to bigint not null
);

create table notice_read (
  login varchar(64) not null,
  notice bigint not null,
  read_at timestamptz not null,
  constraint notice_read_pk primary key (login, notice),
  constraint notice_read_notice_fk foreign key (notice) references outbox (id)
);
