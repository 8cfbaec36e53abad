-- Organisations made before events get what new ones have: secretaries organise. Only offices that are still as the first
-- structure made them: one that somebody changed since is theirs to change.
update territory.office set powers = office.powers || array['event.create']
from territory.unit_kind, (values
	('section', array['members.see', 'members.contact', 'members.welcome', 'unit.edit', 'unit.speak', 'posts.moderate']),
	('federation', array['members.see', 'members.contact', 'members.welcome', 'unit.edit', 'unit.speak', 'posts.moderate',
		'claims.decide', 'offices.appoint', 'units.create', 'members.import', 'members.export', 'map.load']),
	('region', array['members.see', 'unit.edit', 'unit.speak', 'claims.decide']),
	('national', array['members.see', 'members.contact', 'members.welcome', 'unit.edit', 'unit.speak', 'posts.moderate',
		'claims.decide', 'offices.appoint', 'units.create', 'members.import', 'members.export', 'map.load'])) as made (kind, powers)
where unit_kind.id = office.kind_id and unit_kind.key = made.kind and office.key = 'secretary'
	and office.powers @> made.powers and office.powers <@ made.powers and office.retired_at is null;
