-- Organisations made before missions get what new ones have: offices that speak for a unit call for help on the ground too.
-- Only offices that are still as the first structure made them, whatever powers came since; one that somebody changed is theirs.
with known (power) as (values ('members.see'), ('members.contact'), ('members.welcome'), ('members.export'), ('members.import'),
	('unit.edit'), ('unit.speak'), ('units.create'), ('offices.appoint'), ('claims.decide'), ('posts.moderate'),
	('settings.edit'), ('kinds.edit'), ('gates.edit'), ('audit.read'), ('map.load')),
made (kind, key, powers) as (values
	('section', 'secretary', array['members.see', 'members.contact', 'members.welcome', 'unit.edit', 'unit.speak', 'posts.moderate']),
	('federation', 'secretary', array['members.see', 'members.contact', 'members.welcome', 'unit.edit', 'unit.speak',
		'posts.moderate', 'claims.decide', 'offices.appoint', 'units.create', 'members.import', 'members.export', 'map.load']),
	('region', 'secretary', array['members.see', 'unit.edit', 'unit.speak', 'claims.decide']),
	('national', 'secretary', array['members.see', 'members.contact', 'members.welcome', 'unit.edit', 'unit.speak',
		'posts.moderate', 'claims.decide', 'offices.appoint', 'units.create', 'members.import', 'members.export', 'map.load']))
update territory.office set powers = office.powers || array['mission.create']
from territory.unit_kind, made
where unit_kind.id = office.kind_id and unit_kind.key = made.kind and office.key = made.key
	and office.powers @> made.powers and office.retired_at is null and not 'mission.create' = any (office.powers)
	and not exists (select from known where known.power = any (office.powers) and not known.power = any (made.powers));
