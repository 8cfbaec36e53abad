-- Voting places come in as a file too: one more kind, switched and put back like the others.
alter table electoral_map.source drop constraint source_kind_check,
	add constraint source_kind_check
		check (kind in ('outlines', 'addresses', 'places', 'iris', 'census', 'results', 'weights'));
-- Null for places that were made up to show.
alter table electoral_map.voting_place add column source_id uuid references electoral_map.source on delete cascade,
	add column address text not null default '',
	drop constraint voting_place_pkey;
create unique index voting_place_once on electoral_map.voting_place (key, source_id) nulls not distinct;
create index voting_place_source on electoral_map.voting_place (source_id);
