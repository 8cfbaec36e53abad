-- A person may be slowed down: they still write, little, until this moment.
alter table safety.decision add column slow_until timestamptz;
alter table safety.decision drop constraint decision_outcome_check;
alter table safety.decision add constraint decision_outcome_check
	check (outcome in ('keep', 'hide', 'warn', 'slow', 'suspend'));
create index decision_slow on safety.decision (author_id, slow_until) where slow_until is not null and reversed_at is null;
