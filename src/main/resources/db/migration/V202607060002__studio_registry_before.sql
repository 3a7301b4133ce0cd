-- What the catalogue and the holidays were like before a release changed them: the file that puts it back. Null where there is no way back.
create table studio_registry_before (
    release_id bigint not null,
    key        text   not null,
    content    bytea,
    constraint studio_registry_before_pk primary key (release_id, key),
    constraint studio_registry_before_release_fk foreign key (release_id) references policy_release (id)
);
