-- The log is read newest first: by place, and where nothing but a place is asked for without going through the others'.
create index access_log_place on access_log ((coalesce(place, '')), id desc);
create index access_log_person_newest on access_log (login, id desc);
create index access_log_subject_newest on access_log (subject, id desc);
drop index access_log_subject;
