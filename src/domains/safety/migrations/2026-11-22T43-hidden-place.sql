-- Where a hidden thing stands (the post of a comment; itself otherwise): a count leaves out what is hidden without reading the rest.
alter table safety.hidden add column place_id uuid;
update safety.hidden set place_id = coalesce((select decision.place_id from safety.decision where decision.id = hidden.decision_id), hidden.subject_id);
alter table safety.hidden alter column place_id set not null;
create index hidden_place on safety.hidden (place_id, kind);
