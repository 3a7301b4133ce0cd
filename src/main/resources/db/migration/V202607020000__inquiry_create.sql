-- What auditors found in cases. A finding never changes; what became of it is told by rows of its own and by the case that is
-- its rectification.
create table inquiry_finding (
  id bigint generated always as identity constraint inquiry_finding_pk primary key,
  place varchar(32) not null,
  case_no varchar(32) not null,
  steps integer[] not null,
  kind varchar(32) not null,
  severity varchar(16) not null,
  text text not null,
  demand text not null,
  unit varchar(32) not null,
  person varchar(64),
  written_by varchar(64) not null,
  written_at timestamptz not null
);
comment on column inquiry_finding.steps is 'numbers of the events of the case that are marked';
create index inquiry_finding_case on inquiry_finding (case_no, id);
create index inquiry_finding_place on inquiry_finding (place, id);

create table inquiry_rectification (
  finding_id bigint not null constraint inquiry_rectification_pk primary key,
  case_no varchar(32) not null,
  sent_by varchar(64) not null,
  sent_at timestamptz not null,
  constraint inquiry_rectification_finding_fk foreign key (finding_id) references inquiry_finding (id),
  constraint inquiry_rectification_case_uk unique (case_no)
);

create table inquiry_revocation (
  finding_id bigint not null constraint inquiry_revocation_pk primary key,
  reason text not null,
  revoked_by varchar(64) not null,
  revoked_at timestamptz not null,
  constraint inquiry_revocation_finding_fk foreign key (finding_id) references inquiry_finding (id)
);

-- A sample: what it was drawn from is kept, so that anybody can draw it again from seed and list.
create table inquiry_sample (
  id bigint generated always as identity constraint inquiry_sample_pk primary key,
  place varchar(32) not null,
  title text not null,
  from_day date not null,
  to_day date not null,
  scope varchar(16) not null,
  strata varchar(16) not null,
  size integer not null,
  percent numeric,
  seed varchar(128) not null,
  population integer not null,
  population_sha256 bytea not null,
  population_list bytea not null,
  drawn_by varchar(64) not null,
  drawn_at timestamptz not null
);
comment on column inquiry_sample.population_list is 'gzip of the list: one line case number TAB stratum for each case, by case number';
create index inquiry_sample_place on inquiry_sample (place, id);

create table inquiry_sample_case (
  sample_id bigint not null,
  no integer not null,
  case_no varchar(32) not null,
  stratum text not null,
  verdict varchar(16),
  note text,
  finding_id bigint,
  looked_by varchar(64),
  looked_at timestamptz,
  constraint inquiry_sample_case_pk primary key (sample_id, no),
  constraint inquiry_sample_case_uk unique (sample_id, case_no),
  constraint inquiry_sample_case_sample_fk foreign key (sample_id) references inquiry_sample (id),
  constraint inquiry_sample_case_finding_fk foreign key (finding_id) references inquiry_finding (id),
  constraint inquiry_sample_case_verdict check (verdict in ('IN_ORDER', 'FINDING')),
  constraint inquiry_sample_case_looked check ((verdict is null) = (looked_by is null) and (verdict is null) = (looked_at is null))
);

create function inquiry_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
end $$;

create trigger inquiry_finding_no_change before update or delete on inquiry_finding
  for each row execute function inquiry_is_append_only();
create trigger inquiry_rectification_no_change before update or delete on inquiry_rectification
  for each row execute function inquiry_is_append_only();
create trigger inquiry_revocation_no_change before update or delete on inquiry_revocation
  for each row execute function inquiry_is_append_only();
create trigger inquiry_sample_no_change before update or delete on inquiry_sample
  for each row execute function inquiry_is_append_only();

-- What the lists of the last hours ask for.
create index deadline_breached on deadline (breached_at) where breached_at is not null;
create index hand_over_forced on hand_over (at) where answer = 'FORCED';
create index case_event_watched on case_event (kind, at) where kind in ('OWN_DECISION_REFUSED', 'UNMASKED', 'OPERATOR_ALERTED');

-- Office time up to a moment, in microseconds, by openings that the caller gives: when each begins (microseconds since 1970), what
-- lies before it, how long it lasts.
create function office_time(moment timestamptz, opens bigint[], before bigint[], lasts bigint[]) returns bigint
language sql stable parallel safe as $$
  select case when width_bucket((date_part('epoch', moment) * 1000000)::bigint, opens) = 0 then 0
    else before[width_bucket((date_part('epoch', moment) * 1000000)::bigint, opens)]
      + least(lasts[width_bucket((date_part('epoch', moment) * 1000000)::bigint, opens)],
        (date_part('epoch', moment) * 1000000)::bigint - opens[width_bucket((date_part('epoch', moment) * 1000000)::bigint, opens)]) end
$$;
