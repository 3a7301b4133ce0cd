-- A step changes stage, light, limit and facts of a case, none of them indexed any more: with room on its page the row is
-- changed in place, no index is touched and the log takes only what differs. Whoever owns many cases has them sorted by limit on
-- the fly.
drop index case_file_owned;
alter table case_file set (fillfactor = 50);
