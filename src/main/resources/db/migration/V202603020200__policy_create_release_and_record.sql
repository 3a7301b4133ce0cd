-- Which tables are in force from when, and what each decision of a case was.
create table policy_release (
    id              bigint generated always as identity,
    place           text,
    deployment_id   text        not null,
    content_hash    text        not null,
    from_files      boolean     not null,
    released_at     timestamptz not null,
    effective_from  timestamptz not null,
    released_by     text        not null,
    note            text        not null,
    constraint policy_release_pk primary key (id),
    constraint policy_release_deployment_uk unique (deployment_id)
);

-- One row. Changed by every release, so that a running server sees with one look whether there is a new one;
-- its lock lets releases in one after the other.
create table policy_release_counter (
    only_row      boolean not null default true,
    last_release  bigint  not null,
    constraint policy_release_counter_pk primary key (only_row),
    constraint policy_release_counter_one_row check (only_row)
);
insert into policy_release_counter (last_release) values (0);

create table decision_record (
    id             bigint generated always as identity,
    case_no        text        not null,
    element        text,
    table_key      text        not null,
    table_place    text,
    version        integer     not null,
    definition_id  text        not null,
    release_id     bigint      not null,
    inputs         json        not null,
    outputs        json        not null,
    rules          text        not null,
    at             timestamptz not null,
    constraint decision_record_pk primary key (id),
    constraint decision_record_release_fk foreign key (release_id) references policy_release (id)
);
create index decision_record_case_ix on decision_record (case_no, id);
