-- Folded words of a petition, for the search; French stems. Those already there are folded here as `fold` does for French letters.
alter table missions.petition add column folded text not null default '';
alter table missions.petition add column search tsvector generated always as (to_tsvector('french', folded)) stored;
update missions.petition set folded = left(translate(replace(lower(title || ' ' || addressed_to || ' ' || text), 'œ', 'oe'),
	'àâäçéèêëîïôöùûüÿ’', 'aaaceeeeiioouuuy'''), 10000);
create index petition_search on missions.petition using gin (search);
