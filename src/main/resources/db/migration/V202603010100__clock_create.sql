-- The rehearsal clock: at most one row.
create table rehearsal_clock (
	only_row boolean not null,
	offset_millis bigint not null,
	constraint rehearsal_clock_pk primary key (only_row),
	constraint rehearsal_clock_one_ck check (only_row),
	constraint rehearsal_clock_forward_ck check (offset_millis >= 0)
);

create table working_calendar (
	code text not null,
	name text not null,
	day_list text not null,
	constraint working_calendar_pk primary key (code)
);
comment on column working_calendar.day_list is 'which holidays and make-up days apply: a list of calendar_day';

-- Hours hold on the dates [valid_from, valid_to); a load closes the ones before and never overwrites them.
create table working_hours (
	id bigint generated always as identity,
	calendar text not null,
	weekday smallint not null,
	opens time not null,
	closes time not null,
	valid_from date not null,
	valid_to date,
	constraint working_hours_pk primary key (id),
	constraint working_hours_calendar_fk foreign key (calendar) references working_calendar (code),
	constraint working_hours_weekday_ck check (weekday between 0 and 7),
	constraint working_hours_span_ck check (closes > opens),
	constraint working_hours_valid_ck check (valid_to >= valid_from)
);
comment on column working_hours.weekday is '1 Monday to 7 Sunday; 0 the standard office day';
create index working_hours_calendar_ix on working_hours (calendar);

-- A day that differs from its weekday, as a yearly notice says; a corrected notice replaces rows and never overwrites them.
create table calendar_day (
	id bigint generated always as identity,
	day_list text not null,
	day date not null,
	name text not null,
	works boolean not null,
	notice_year integer not null,
	recorded_at timestamptz not null,
	replaced_at timestamptz,
	constraint calendar_day_pk primary key (id)
);
create unique index calendar_day_present_uk on calendar_day (day_list, day) where replaced_at is null;
