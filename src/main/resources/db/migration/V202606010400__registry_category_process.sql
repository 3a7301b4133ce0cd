-- A kind of case may run through a process of its own, and may be a matter of the house itself.
alter table category add column process text;
comment on column category.process is 'key of the diagram its cases run through; null: the loop of all cases';
alter table category add column internal boolean;
comment on column category.internal is 'a matter of the house: nobody reports one, and boards, ledgers and reports count none';
