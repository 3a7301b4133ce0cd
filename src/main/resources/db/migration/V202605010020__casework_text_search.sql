-- Words of a case to find it by. Two neighbouring characters are a term, three for letters and digits: Chinese words have
-- two characters mostly, which trigrams cannot find, and trigrams of the database's own extension know no Chinese where
-- its language is "C".
create function text_terms(words text) returns text[] language sql immutable parallel safe strict as $$
  select coalesce(array_agg(distinct term), '{}') from (
    select substr(t, n, case when substr(t, n, 2) ~ '^[a-z0-9]{2}$' then 3 else 2 end) term
    from (select lower(words) t) whole, generate_series(1, length(t) - 1) n) parts
  where term !~ '\s' and (term ~ '^[a-z0-9]{3}$' or (length(term) = 2 and term !~ '^[a-z0-9]{2}$'))
$$;

create table case_text (
  case_no varchar(32) constraint case_text_pk primary key constraint case_text_case_fk references case_file,
  terms text[] not null
);
insert into case_text (case_no, terms) select case_no, text_terms(concat_ws(' ', case_no, title, address)) from case_file;
create index case_text_terms on case_text using gin (terms);

create function case_text_keep() returns trigger language plpgsql as $$
begin
  insert into case_text (case_no, terms) values (new.case_no, text_terms(concat_ws(' ', new.case_no, new.title, new.address)))
    on conflict (case_no) do update set terms = excluded.terms;
  return null;
end $$;
create trigger case_file_text_new after insert on case_file for each row execute function case_text_keep();
create trigger case_file_text_changed after update of facts on case_file for each row
  when (old.title is distinct from new.title or old.address is distinct from new.address) execute function case_text_keep();
