-- A release may hold files of the catalogue and of holidays beside tables, forms and diagrams.
alter table policy_release_rule drop constraint policy_release_rule_type;
alter table policy_release_rule add constraint policy_release_rule_type check (type in ('TABLE', 'FORM', 'DIAGRAM', 'REGISTRY'));
