-- A list of other people while its columns are being mapped; gone once it is taken over, or after a week.
create table studio_import (
    id         bigint generated always as identity,
    draft_id   bigint      not null,
    file       text        not null,
    content    bytea       not null,
    mapping    jsonb       not null,
    by_login   text        not null,
    at         timestamptz not null,
    constraint studio_import_pk primary key (id),
    constraint studio_import_draft_fk foreign key (draft_id) references studio_draft (id)
);
create index studio_import_draft_ix on studio_import (draft_id);

-- How the columns of such a list are to be read, kept under a name for the next one.
create table studio_import_mapping (
    place      text        not null,
    name       text        not null,
    mapping    jsonb       not null,
    by_login   text        not null,
    at         timestamptz not null,
    constraint studio_import_mapping_pk primary key (place, name)
);
