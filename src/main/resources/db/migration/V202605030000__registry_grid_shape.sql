create table grid_shape (
	id bigint generated always as identity,
	place text not null,
	grid text not null,
	geometry text not null,
	longitude numeric not null,
	latitude numeric not null,
	valid_from date not null,
	valid_to date,
	opened_by bigint not null,
	closed_by bigint,
	constraint grid_shape_pk primary key (id),
	constraint grid_shape_valid_ck check (valid_to >= valid_from),
	constraint grid_shape_longitude_ck check (longitude between -180 and 180),
	constraint grid_shape_latitude_ck check (latitude between -90 and 90),
	constraint grid_shape_opened_by_fk foreign key (opened_by) references registry_load (id),
	constraint grid_shape_closed_by_fk foreign key (closed_by) references registry_load (id)
);
comment on column grid_shape.geometry is 'GeoJSON Polygon or MultiPolygon, WGS 84, six decimals';
comment on column grid_shape.longitude is 'with latitude a point inside, where its name and cases without a position are shown';
create unique index grid_shape_open_uk on grid_shape (grid) where valid_to is null;
create index grid_shape_place_ix on grid_shape (place);
