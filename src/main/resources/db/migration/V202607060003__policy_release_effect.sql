-- Grows when a release takes effect at a later moment, in the same transaction: so every node sees its rules, catalogue and holidays at once.
alter table policy_release_counter add column last_effect bigint not null default 0;
