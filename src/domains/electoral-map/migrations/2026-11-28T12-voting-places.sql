-- Where the voters of a station go: a public list of the town hall. A station that moves keeps its number.
create table electoral_map.voting_place (
	key text collate "C" primary key,
	commune text collate "C" not null,
	name text not null
);
create index voting_place_commune on electoral_map.voting_place (commune);
grant select, insert, update, delete on electoral_map.voting_place to coopol_map;
