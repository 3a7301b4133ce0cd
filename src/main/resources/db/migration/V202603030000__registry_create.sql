-- Every registry row says for which days it holds: [valid_from, valid_to), open while valid_to is null.
-- A row is never overwritten: a load closes it and opens a new one. A row replaced on the day it began holds for no day and stays as a trace.

create table registry_load (
	id bigint generated always as identity,
	kind text not null,
	place text,
	valid_from date not null,
	loaded_by text not null,
	loaded_at timestamptz not null,
	added integer not null,
	changed integer not null,
	closed integer not null,
	constraint registry_load_pk primary key (id)
);

create table place (
	id bigint generated always as identity,
	code text not null,
	name text not null,
	case_prefix text not null,
	admin_code text,
	calendar text not null,
	household_limits text,
	demo boolean not null,
	note text,
	valid_from date not null,
	valid_to date,
	opened_by bigint not null,
	closed_by bigint,
	constraint place_pk primary key (id),
	constraint place_valid_ck check (valid_to >= valid_from),
	constraint place_opened_by_fk foreign key (opened_by) references registry_load (id),
	constraint place_closed_by_fk foreign key (closed_by) references registry_load (id)
);
create unique index place_open_uk on place (code) where valid_to is null;
create unique index place_open_prefix_uk on place (case_prefix) where valid_to is null;

create table tier (
	id bigint generated always as identity,
	place text not null,
	tier text not null,
	level integer not null,
	name text not null,
	loop text,
	valid_from date not null,
	valid_to date,
	opened_by bigint not null,
	closed_by bigint,
	constraint tier_pk primary key (id),
	constraint tier_valid_ck check (valid_to >= valid_from),
	constraint tier_level_ck check (level >= 1),
	constraint tier_opened_by_fk foreign key (opened_by) references registry_load (id),
	constraint tier_closed_by_fk foreign key (closed_by) references registry_load (id)
);
create unique index tier_open_uk on tier (place, tier) where valid_to is null;

create table grid (
	id bigint generated always as identity,
	place text not null,
	code text not null,
	parent text,
	name text not null,
	kind text not null,
	tier text,
	type text not null,
	households integer,
	path text,
	note text,
	valid_from date not null,
	valid_to date,
	opened_by bigint not null,
	closed_by bigint,
	constraint grid_pk primary key (id),
	constraint grid_valid_ck check (valid_to >= valid_from),
	constraint grid_households_ck check (households >= 0),
	constraint grid_opened_by_fk foreign key (opened_by) references registry_load (id),
	constraint grid_closed_by_fk foreign key (closed_by) references registry_load (id)
);
comment on column grid.path is 'codes from the root down to this grid, each followed by a slash; kept by the loader';
create unique index grid_open_uk on grid (code) where valid_to is null;
create index grid_place_ix on grid (place);

create table unit (
	id bigint generated always as identity,
	place text not null,
	code text not null,
	name text not null,
	functions text not null,
	tier text not null,
	grid text not null,
	phone text,
	active boolean not null,
	valid_from date not null,
	valid_to date,
	opened_by bigint not null,
	closed_by bigint,
	constraint unit_pk primary key (id),
	constraint unit_valid_ck check (valid_to >= valid_from),
	constraint unit_opened_by_fk foreign key (opened_by) references registry_load (id),
	constraint unit_closed_by_fk foreign key (closed_by) references registry_load (id)
);
comment on column unit.functions is 'function keys separated by a space, the main one first';
comment on column unit.grid is 'the part of the place the unit serves, with everything below it';
create unique index unit_open_uk on unit (code) where valid_to is null;

create table work_group (
	id bigint generated always as identity,
	place text not null,
	code text not null,
	name text not null,
	unit text not null,
	members text,
	note text,
	valid_from date not null,
	valid_to date,
	opened_by bigint not null,
	closed_by bigint,
	constraint work_group_pk primary key (id),
	constraint work_group_valid_ck check (valid_to >= valid_from),
	constraint work_group_opened_by_fk foreign key (opened_by) references registry_load (id),
	constraint work_group_closed_by_fk foreign key (closed_by) references registry_load (id)
);
comment on column work_group.unit is 'the unit that acts for the group';
comment on column work_group.members is 'codes of the member units separated by a space';
create unique index work_group_open_uk on work_group (place, code) where valid_to is null;

create table staff (
	id bigint generated always as identity,
	place text not null,
	login text not null,
	name text not null,
	title text,
	unit text,
	phone text,
	active boolean not null,
	demo boolean not null,
	valid_from date not null,
	valid_to date,
	opened_by bigint not null,
	closed_by bigint,
	constraint staff_pk primary key (id),
	constraint staff_valid_ck check (valid_to >= valid_from),
	constraint staff_opened_by_fk foreign key (opened_by) references registry_load (id),
	constraint staff_closed_by_fk foreign key (closed_by) references registry_load (id)
);
create unique index staff_open_uk on staff (login) where valid_to is null;

-- Not in a file and without history: what a person signs in with.
create table staff_password (
	login text not null,
	password_hash text not null,
	set_at timestamptz not null,
	constraint staff_password_pk primary key (login)
);

create table duty (
	id bigint generated always as identity,
	place text not null,
	staff text not null,
	role text not null,
	grid text,
	unit text,
	since date,
	until date,
	valid_from date not null,
	valid_to date,
	opened_by bigint not null,
	closed_by bigint,
	constraint duty_pk primary key (id),
	constraint duty_valid_ck check (valid_to >= valid_from),
	constraint duty_scope_ck check (num_nonnulls(grid, unit) = 1),
	constraint duty_until_ck check (until > since),
	constraint duty_opened_by_fk foreign key (opened_by) references registry_load (id),
	constraint duty_closed_by_fk foreign key (closed_by) references registry_load (id)
);
comment on column duty.since is 'first day on duty; null: from the day the row holds';
comment on column duty.until is 'first day no longer on duty; null: as long as the row holds';
create unique index duty_open_uk on duty (staff, role, coalesce(grid, unit), coalesce(since, '-infinity')) where valid_to is null;

create table category (
	id bigint generated always as identity,
	place text,
	code text not null,
	class_code text not null,
	class_name text not null,
	name text not null,
	kind text not null,
	filing_condition text,
	closing_condition text,
	valid_from date not null,
	valid_to date,
	opened_by bigint not null,
	closed_by bigint,
	constraint category_pk primary key (id),
	constraint category_valid_ck check (valid_to >= valid_from),
	constraint category_opened_by_fk foreign key (opened_by) references registry_load (id),
	constraint category_closed_by_fk foreign key (closed_by) references registry_load (id)
);
comment on column category.place is 'null: shared by every place';
create unique index category_open_uk on category (coalesce(place, ''), code) where valid_to is null;

create table category_condition (
	id bigint generated always as identity,
	place text,
	category text not null,
	condition_no text not null,
	filing_condition text not null,
	closing_condition text not null,
	limit_text text,
	limit_value numeric,
	limit_unit text,
	handling_unit text,
	supervising_unit text,
	valid_from date not null,
	valid_to date,
	opened_by bigint not null,
	closed_by bigint,
	constraint category_condition_pk primary key (id),
	constraint category_condition_valid_ck check (valid_to >= valid_from),
	constraint category_condition_opened_by_fk foreign key (opened_by) references registry_load (id),
	constraint category_condition_closed_by_fk foreign key (closed_by) references registry_load (id)
);
comment on column category_condition.limit_unit is 'as the source has it; HOUR_AS_WRITTEN and DAY_AS_WRITTEN where it only says 小时 or 天';
create unique index category_condition_open_uk on category_condition (coalesce(place, ''), category, condition_no) where valid_to is null;
