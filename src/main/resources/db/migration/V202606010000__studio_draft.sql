-- Changes of rules in work: what will be released together, and nothing else of the place.
create table studio_draft (
    id              bigint generated always as identity,
    place           text,
    title           text        not null,
    note            text        not null,
    author          text        not null,
    state           text        not null,
    applies_to      text        not null,
    effective_from  timestamptz,
    urgent          boolean     not null,
    case_no         text,
    release_id      bigint,
    created_at      timestamptz not null,
    changed_at      timestamptz not null,
    version         bigint      not null,
    constraint studio_draft_pk primary key (id),
    constraint studio_draft_release_fk foreign key (release_id) references policy_release (id),
    constraint studio_draft_state check (state in ('OPEN', 'SUBMITTED', 'APPROVED', 'RELEASED', 'DROPPED')),
    constraint studio_draft_applies_to check (applies_to in ('NEW_CASES', 'ALL'))
);
create index studio_draft_place_ix on studio_draft (place, state);

-- A file as it will be; what was in force when it was taken up stays beside it, for comparison and for noticing
-- that somebody has released another meanwhile. Neither: a new rule.
create table studio_draft_file (
    draft_id      bigint      not null,
    name          text        not null,
    content       bytea       not null,
    base_content  bytea,
    base_release  bigint,
    base_place    text,
    base_version  integer,
    changed_by    text        not null,
    changed_at    timestamptz not null,
    version       bigint      not null,
    constraint studio_draft_file_pk primary key (draft_id, name),
    constraint studio_draft_file_draft_fk foreign key (draft_id) references studio_draft (id)
);

-- Every content a file of a draft ever had: nothing that was typed is lost.
create table studio_draft_file_past (
    draft_id    bigint      not null,
    name        text        not null,
    version     bigint      not null,
    content     bytea       not null,
    changed_by  text        not null,
    changed_at  timestamptz not null,
    constraint studio_draft_file_past_pk primary key (draft_id, name, version),
    constraint studio_draft_file_past_draft_fk foreign key (draft_id) references studio_draft (id)
);
