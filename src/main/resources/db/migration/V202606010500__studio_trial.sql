-- Decisions of a table in a period, for trials on the past.
create index decision_record_period_ix on decision_record (table_key, at, id);

-- A change of rules tried on past decisions. Nothing of a case is touched. beat_at is the machine's time: a node that dies
-- leaves a trial whose beat stops.
create table studio_trial (
    id                bigint generated always as identity,
    draft_id          bigint,
    place             text,
    table_key         text        not null,
    from_at           timestamptz not null,
    to_at             timestamptz not null,
    state             text        not null,
    content_hash      text        not null,
    started_by        text        not null,
    created_at        timestamptz not null,
    ended_at          timestamptz,
    beat_at           timestamptz not null,
    stopped           boolean     not null,
    fault             text,
    took_millis       bigint      not null,
    total             integer     not null,
    done              integer     not null,
    same              integer     not null,
    changed           integer     not null,
    failing           integer     not null,
    gap_count              integer     not null,
    overlap_count     integer     not null,
    other_rule        integer     not null,
    unknown           integer     not null,
    unknown_names     text        not null,
    judged            integer     not null,
    unjudged          integer     not null,
    warned_before     integer     not null,
    warned_after      integer     not null,
    breached_before   integer     not null,
    breached_after    integer     not null,
    escalated_before  integer     not null,
    escalated_after   integer     not null,
    constraint studio_trial_pk primary key (id),
    constraint studio_trial_draft_fk foreign key (draft_id) references studio_draft (id),
    constraint studio_trial_state check (state in ('WAITING', 'RUNNING', 'DONE', 'STOPPED', 'BROKEN')),
    constraint studio_trial_sum check (same + changed + failing = done)
);
create index studio_trial_draft_ix on studio_trial (draft_id, id);
create index studio_trial_open_ix on studio_trial (beat_at) where state in ('WAITING', 'RUNNING');

-- The tables as they were tried.
create table studio_trial_file (
    trial_id  bigint not null,
    name      text   not null,
    content   bytea  not null,
    constraint studio_trial_file_pk primary key (trial_id, name),
    constraint studio_trial_file_trial_fk foreign key (trial_id) references studio_trial (id)
);

-- Decisions that would have been others in the same way.
create table studio_trial_group (
    trial_id          bigint  not null,
    no                integer not null,
    kind              text    not null,
    place             text    not null,
    old_table         text    not null,
    old_owner         text,
    old_version       integer not null,
    old_rules         text    not null,
    old_outputs       json    not null,
    new_table         text,
    new_owner         text,
    new_rules         text    not null,
    new_outputs       json    not null,
    fault             text,
    message           text,
    samples           json    not null,
    decisions         integer not null,
    warned_before     integer not null,
    warned_after      integer not null,
    breached_before   integer not null,
    breached_after    integer not null,
    escalated_before  integer not null,
    escalated_after   integer not null,
    newly             integer not null,
    constraint studio_trial_group_pk primary key (trial_id, no),
    constraint studio_trial_group_trial_fk foreign key (trial_id) references studio_trial (id),
    constraint studio_trial_group_kind check (kind in ('CHANGED', 'FAILING'))
);

create table studio_trial_case (
    trial_id         bigint      not null,
    no               integer     not null,
    group_no         integer     not null,
    case_no          text        not null,
    decision_id      bigint      not null,
    at               timestamptz not null,
    unknown          boolean     not null,
    limit_unit       text,
    used_seconds     bigint,
    left_seconds     bigint,
    still_open       boolean,
    breached_before  boolean,
    breached_after   boolean,
    constraint studio_trial_case_pk primary key (trial_id, no),
    constraint studio_trial_case_trial_fk foreign key (trial_id) references studio_trial (id)
);
create index studio_trial_case_group_ix on studio_trial_case (trial_id, group_no, no);

-- Consequences per unit and per category: every judged deadline stands in one row of each kind.
create table studio_trial_sum (
    trial_id          bigint  not null,
    kind              text    not null,
    place             text    not null,
    key               text    not null,
    judged            integer not null,
    warned_before     integer not null,
    warned_after      integer not null,
    breached_before   integer not null,
    breached_after    integer not null,
    escalated_before  integer not null,
    escalated_after   integer not null,
    constraint studio_trial_sum_pk primary key (trial_id, kind, place, key),
    constraint studio_trial_sum_trial_fk foreign key (trial_id) references studio_trial (id),
    constraint studio_trial_sum_kind check (kind in ('UNIT', 'CATEGORY'))
);

-- A change that is asked beside the rules in force, deciding nothing. Decisions are taken up to ceiling_id only once every
-- transaction that ran when that was read has ended (ceiling_xid): numbers become visible out of their order.
create table studio_shadow (
    id            bigint generated always as identity,
    draft_id      bigint      not null,
    place         text,
    content_hash  text        not null,
    started_by    text        not null,
    begun_at      timestamptz not null,
    until_at      timestamptz not null,
    ended_at      timestamptz,
    mark_id       bigint      not null,
    ceiling_id    bigint,
    ceiling_xid   bigint,
    ceiling_at    timestamptz,
    same          integer     not null,
    changed       integer     not null,
    failing       integer     not null,
    constraint studio_shadow_pk primary key (id),
    constraint studio_shadow_draft_fk foreign key (draft_id) references studio_draft (id),
    constraint studio_shadow_span check (until_at > begun_at)
);
create unique index studio_shadow_open_uq on studio_shadow (draft_id) where ended_at is null;

create table studio_shadow_file (
    shadow_id  bigint not null,
    name       text   not null,
    content    bytea  not null,
    constraint studio_shadow_file_pk primary key (shadow_id, name),
    constraint studio_shadow_file_shadow_fk foreign key (shadow_id) references studio_shadow (id)
);

-- Where the two part.
create table studio_shadow_case (
    shadow_id    bigint      not null,
    decision_id  bigint      not null,
    case_no      text        not null,
    place        text        not null,
    table_key    text        not null,
    at           timestamptz not null,
    old_owner    text,
    old_version  integer     not null,
    old_rules    text        not null,
    old_outputs  json        not null,
    new_owner    text,
    new_rules    text        not null,
    new_outputs  json        not null,
    fault        text,
    message      text,
    constraint studio_shadow_case_pk primary key (shadow_id, decision_id),
    constraint studio_shadow_case_shadow_fk foreign key (shadow_id) references studio_shadow (id)
);
create index studio_shadow_case_at_ix on studio_shadow_case (shadow_id, at, decision_id);
