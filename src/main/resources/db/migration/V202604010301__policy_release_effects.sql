-- Whether what a release brings about beside the rules themselves has still to be done; at its effective date.
alter table policy_release add column effects_pending boolean not null default false;
create index policy_release_pending on policy_release (effective_from) where effects_pending;
