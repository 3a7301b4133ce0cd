-- A rehearsal may begin at a moment that has passed; from there it only goes forward.
alter table rehearsal_clock drop constraint rehearsal_clock_forward_ck;
