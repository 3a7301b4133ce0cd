-- What reviewers and authors say of a draft, of a file of it, or of one row or element.
create table studio_comment (
    id           bigint generated always as identity,
    draft_id     bigint      not null,
    file         text,
    element      text,
    text         text        not null,
    written_by   text        not null,
    written_at   timestamptz not null,
    resolved_by  text,
    resolved_at  timestamptz,
    constraint studio_comment_pk primary key (id),
    constraint studio_comment_draft_fk foreign key (draft_id) references studio_draft (id),
    constraint studio_comment_element check (element is null or file is not null),
    constraint studio_comment_resolved check ((resolved_by is null) = (resolved_at is null))
);
create index studio_comment_draft_ix on studio_comment (draft_id, id);

-- A change that takes an earlier release back: its draft shows what comes again, the release itself says what goes.
create table studio_roll_back (
    draft_id    bigint not null,
    release_id  bigint not null,
    constraint studio_roll_back_pk primary key (draft_id),
    constraint studio_roll_back_draft_fk foreign key (draft_id) references studio_draft (id),
    constraint studio_roll_back_release_fk foreign key (release_id) references policy_release (id)
);

-- Which draft, and so which case and whose approval, stands behind a release made by the studio.
create table studio_release (
    release_id  bigint  not null,
    draft_id    bigint  not null,
    after_fact  boolean not null,
    takes_back  bigint,
    constraint studio_release_pk primary key (release_id),
    constraint studio_release_release_fk foreign key (release_id) references policy_release (id),
    constraint studio_release_draft_fk foreign key (draft_id) references studio_draft (id),
    constraint studio_release_takes_back_fk foreign key (takes_back) references policy_release (id)
);
create index studio_release_draft_ix on studio_release (draft_id);
create index studio_release_takes_back_ix on studio_release (takes_back) where takes_back is not null;

create table studio_approval (
    draft_id     bigint      not null,
    approved_by  text        not null,
    approved_at  timestamptz not null,
    constraint studio_approval_pk primary key (draft_id),
    constraint studio_approval_draft_fk foreign key (draft_id) references studio_draft (id)
);
