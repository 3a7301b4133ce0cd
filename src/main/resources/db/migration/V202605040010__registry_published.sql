-- What residents may be told. Nothing is published that does not say so.
alter table staff add column published text;
comment on column staff.published is 'fields of the person residents may see: name, or name and phone';
alter table unit add column published text;
comment on column unit.published is 'phone: residents may see the telephone';
alter table category add column published boolean;
comment on column category.published is 'whether anybody may see that there is such a case, where and how far it is';
