-- The same terms as before, found in a quarter of the time: a case is made with them.
create or replace function text_terms(words text) returns text[] language plpgsql immutable parallel safe strict as $$
declare
  letters text[] := regexp_split_to_array(lower(words), '');
  terms text[] := '{}';
  pair text;
begin
  for n in 1 .. cardinality(letters) - 1 loop
    pair := letters[n] || letters[n + 1];
    if pair ~ '^[a-z0-9]{2}$' then
      if letters[n + 2] ~ '^[a-z0-9]$' then
        terms := terms || (pair || letters[n + 2]);
      end if;
    elsif pair !~ '\s' then
      terms := terms || pair;
    end if;
  end loop;
  return (select coalesce(array_agg(distinct term), '{}') from unnest(terms) term);
end $$;
