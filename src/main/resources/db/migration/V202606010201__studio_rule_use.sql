-- How often each rule of each table fired, by day and place of the case. Summed from decision_record in the background, so that looking at
-- a table need not read millions of decisions. Rule '' counts the decisions of the table themselves.
create table studio_rule_use (
    place      text    not null,
    table_key  text    not null,
    own        boolean not null,
    rule       text    not null,
    day        date    not null,
    times      bigint  not null,
    constraint studio_rule_use_pk primary key (place, table_key, own, rule, day)
);

-- Decisions up to summed_id are in the sums; up to seen_id they will be next time, when whatever was under way then has ended.
create table studio_rule_use_mark (
    only_row   boolean not null default true,
    summed_id  bigint  not null,
    seen_id    bigint  not null,
    constraint studio_rule_use_mark_pk primary key (only_row),
    constraint studio_rule_use_mark_one_row check (only_row)
);
insert into studio_rule_use_mark (summed_id, seen_id) values (0, 0);
