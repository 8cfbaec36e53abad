-- One row per postcode of a zone, so that the beginning of a postcode is enough to find a commune.
create table territory.zone_postcode (
	postcode text collate "C" not null,
	zone_id text not null references territory.zone on delete cascade,
	primary key (postcode, zone_id)
);
create index zone_postcode_zone on territory.zone_postcode (zone_id);

-- Who last wrote the page: two officers editing at once are told of each other.
alter table territory.unit add column edited_at timestamptz, add column edited_by uuid;
create index unit_by_name on territory.unit (folded_name, id) where closed_at is null;

-- The words a newcomer was welcomed with; shown to them alone.
alter table territory.attachment add column greeting text not null default '';
create index attachment_person on territory.attachment (person_id) where until is null;

-- A person enters a unit and leaves it by themselves; only officers mark a welcome.
create policy own_join on territory.attachment for insert to coopol_app
	with check (person_id = platform.viewer() and until is null and welcomed_at is null and greeting = '');
create policy own_leave on territory.attachment for update to coopol_app
	using (person_id = platform.viewer()) with check (person_id = platform.viewer() and until is not null);

-- An invitation ties a person to a unit: only its author and the house read it.
alter table territory.invitation enable row level security;
alter table territory.invitation force row level security;
create policy house on territory.invitation to coopol_system
	using (platform.purpose() is not null) with check (platform.purpose() is not null);
create policy own on territory.invitation to coopol_app
	using (inviter_id = platform.viewer())
	with check (inviter_id = platform.viewer() and unit_id = any (platform.viewer_units()));
create index invitation_unit on territory.invitation (unit_id);
