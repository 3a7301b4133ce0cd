-- What tables are expected to answer. An example written in a draft counts for that draft until it is released and for everybody from
-- then on, and so does what it replaces or takes away.
create table policy_example (
    id         bigint generated always as identity,
    place      text,
    table_key  text        not null,
    draft_id   bigint,
    replaces   bigint,
    removed    boolean     not null,
    inputs     json        not null,
    outputs    json        not null,
    rule       text,
    note       text        not null,
    added_by   text        not null,
    added_at   timestamptz not null,
    constraint policy_example_pk primary key (id),
    constraint policy_example_draft_fk foreign key (draft_id) references studio_draft (id),
    constraint policy_example_replaces_fk foreign key (replaces) references policy_example (id),
    constraint policy_example_removes check (not removed or replaces is not null)
);
create index policy_example_table_ix on policy_example (table_key, place);
create index policy_example_replaces_ix on policy_example (replaces);
