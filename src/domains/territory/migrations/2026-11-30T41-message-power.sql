-- Organisations made before letters to a whole unit get what new ones have: who leads a unit and welcomes its people may write to them.
-- Only offices that are still as the first structure made them, or that got new powers since as this one is got.
update territory.office set powers = office.powers || array['message.unit']
from territory.unit_kind, (values
	('section', 'secretary', array['members.see', 'members.contact', 'members.welcome', 'unit.edit', 'unit.speak', 'posts.moderate']),
	('federation', 'secretary', array['members.see', 'members.contact', 'members.welcome', 'unit.edit', 'unit.speak',
		'posts.moderate', 'claims.decide', 'offices.appoint', 'units.create', 'members.import', 'members.export', 'map.load']),
	('national', 'secretary', array['members.see', 'members.contact', 'members.welcome', 'unit.edit', 'unit.speak',
		'posts.moderate', 'claims.decide', 'offices.appoint', 'units.create', 'members.import', 'members.export', 'map.load'])) as made (kind, key, powers)
where unit_kind.id = office.kind_id and unit_kind.key = made.kind and office.key = made.key
	and office.powers @> made.powers and office.retired_at is null and not office.powers @> array['message.unit']
	and not exists (select from unnest(office.powers) as held (power) where held.power <> all (made.powers)
		and held.power = any (array['members.see', 'members.contact', 'members.welcome', 'members.export', 'members.import', 'unit.edit',
			'unit.speak', 'units.create', 'offices.appoint', 'claims.decide', 'posts.moderate', 'settings.edit', 'kinds.edit', 'gates.edit',
			'audit.read', 'map.load']));
