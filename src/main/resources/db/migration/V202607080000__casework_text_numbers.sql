-- House numbers are looked for as well ("树村西路 45"): too short for a term of three digits, each stands for itself,
-- whatever zeros it is written with.
create function text_numbers(words text) returns text[] language sql immutable parallel safe strict as $$
  select coalesce(array_agg(distinct found[1]), '{}') from regexp_matches(words, '(?<![0-9])0*([0-9]{1,2})(?![0-9])', 'g') found
$$;

create or replace function case_text_keep() returns trigger language plpgsql as $$
declare
  words text := concat_ws(' ', new.case_no, new.title, new.address);
begin
  insert into case_text (case_no, terms) values (new.case_no, text_terms(words) || text_numbers(words))
    on conflict (case_no) do update set terms = excluded.terms;
  return null;
end $$;

update case_text set terms = terms || text_numbers(concat_ws(' ', f.case_no, f.title, f.address))
  from case_file f where f.case_no = case_text.case_no;
