-- Grows with every change of a calendar, in its transaction: so every node sees that it has to read them anew.
create table calendar_version (
    only_row boolean not null,
    number   bigint  not null,
    constraint calendar_version_pk primary key (only_row),
    constraint calendar_version_one check (only_row)
);
insert into calendar_version values (true, 1);

create function calendar_changed() returns trigger language plpgsql as $$
begin
    update calendar_version set number = number + 1;
    return null;
end $$;
create trigger working_calendar_changed after insert or update or delete or truncate on working_calendar
    for each statement execute function calendar_changed();
create trigger working_hours_changed after insert or update or delete or truncate on working_hours
    for each statement execute function calendar_changed();
create trigger calendar_day_changed after insert or update or delete or truncate on calendar_day
    for each statement execute function calendar_changed();
