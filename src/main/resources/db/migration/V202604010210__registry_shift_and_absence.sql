-- Times of day are those of the platform's time zone, as people write them in a roster.

create table shift (
	id bigint generated always as identity,
	place text not null,
	role text not null,
	grid text,
	unit text,
	staff text not null,
	starts timestamp not null,
	ends timestamp not null,
	valid_from date not null,
	valid_to date,
	opened_by bigint not null,
	closed_by bigint,
	constraint shift_pk primary key (id),
	constraint shift_valid_ck check (valid_to >= valid_from),
	constraint shift_scope_ck check (num_nonnulls(grid, unit) = 1),
	constraint shift_ends_ck check (ends > starts),
	constraint shift_opened_by_fk foreign key (opened_by) references registry_load (id),
	constraint shift_closed_by_fk foreign key (closed_by) references registry_load (id)
);
comment on table shift is 'while a role of a grid or unit has rows, only the people whose shift covers the moment are on duty for it';
create unique index shift_open_uk on shift (role, coalesce(grid, unit), staff, starts) where valid_to is null;

create table absence (
	id bigint generated always as identity,
	place text not null,
	staff text not null,
	since timestamp not null,
	until timestamp not null,
	substitute text not null,
	reason text,
	valid_from date not null,
	valid_to date,
	opened_by bigint not null,
	closed_by bigint,
	constraint absence_pk primary key (id),
	constraint absence_valid_ck check (valid_to >= valid_from),
	constraint absence_until_ck check (until > since),
	constraint absence_substitute_ck check (substitute <> staff),
	constraint absence_opened_by_fk foreign key (opened_by) references registry_load (id),
	constraint absence_closed_by_fk foreign key (closed_by) references registry_load (id)
);
comment on column absence.until is 'first moment back';
create unique index absence_open_uk on absence (staff, since) where valid_to is null;
