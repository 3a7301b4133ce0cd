-- A release names the rules it changes, of every kind, and whom it touches; it no longer repeats all tables of its place.
create table policy_release_rule (
    release_id     bigint   not null,
    type           text     not null,
    key            text     not null,
    definition_id  text,
    version        integer  not null,
    content        bytea,
    sha256         text,
    constraint policy_release_rule_pk primary key (release_id, type, key),
    constraint policy_release_rule_release_fk foreign key (release_id) references policy_release (id),
    constraint policy_release_rule_type check (type in ('TABLE', 'FORM', 'DIAGRAM')),
    constraint policy_release_rule_whole_or_removed check ((definition_id is null) = (content is null)
        and (definition_id is null) = (sha256 is null))
);

-- What the decision engine kept until now.
insert into policy_release_rule (release_id, type, key, definition_id, version, content, sha256)
select r.id, 'TABLE', d.key_, d.id_, d.version_, f.resource_bytes_, encode(sha256(f.resource_bytes_), 'hex')
from policy_release r
join act_dmn_decision d on d.deployment_id_ = r.deployment_id
join act_dmn_deployment_resource f on f.deployment_id_ = r.deployment_id and f.name_ = d.resource_name_;

-- A table that a later set of the place had not was no longer in force from then on.
insert into policy_release_rule (release_id, type, key, version)
select r.id, 'TABLE', before.key, 0
from policy_release r
join lateral (
    select b.id from policy_release b
    where b.place is not distinct from r.place and b.id < r.id order by b.id desc limit 1
) last on true
join policy_release_rule before on before.release_id = last.id and before.content is not null
where not exists (select 1 from policy_release_rule u where u.release_id = r.id and u.key = before.key);

alter table policy_release
    drop column deployment_id,
    drop column content_hash,
    add column applies_to text not null default 'ALL',
    add constraint policy_release_applies_to check (applies_to in ('ALL', 'NEW_CASES'));
alter table policy_release alter column applies_to drop default;
