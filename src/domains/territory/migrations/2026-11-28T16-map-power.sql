-- Organisations made before the map get what new ones have: offices that bring members in load the files of the map too.
-- Only offices that are still as the first structure made them: one that somebody changed since is theirs to change.
update territory.office set powers = office.powers || array['map.load']
from territory.unit_kind, (values
	('federation', 'secretary', array['members.see', 'members.contact', 'members.welcome', 'unit.edit', 'unit.speak',
		'posts.moderate', 'claims.decide', 'offices.appoint', 'units.create', 'members.import', 'members.export']),
	('national', 'secretary', array['members.see', 'members.contact', 'members.welcome', 'unit.edit', 'unit.speak',
		'posts.moderate', 'claims.decide', 'offices.appoint', 'units.create', 'members.import', 'members.export']),
	('national', 'web_officer', array['settings.edit', 'kinds.edit', 'gates.edit', 'units.create', 'offices.appoint',
		'members.import', 'audit.read', 'unit.edit'])) as made (kind, key, powers)
where unit_kind.id = office.kind_id and unit_kind.key = made.kind and office.key = made.key
	and office.powers @> made.powers and office.powers <@ made.powers and office.retired_at is null;
