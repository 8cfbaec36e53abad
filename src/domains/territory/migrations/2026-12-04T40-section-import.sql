-- Who answers for a section brings its list in, as in an organisation made today; an office that somebody changed is left. With this
-- power that office is unchanged from now on, so that later ones come to it too.
create or replace function territory.give_power(wanted text, offices text[]) returns int language sql
	set search_path = pg_catalog, pg_temp as $$
	with running (powers) as (values (array['members.see', 'members.contact', 'members.welcome', 'unit.edit', 'unit.speak', 'posts.moderate'])),
	steering (powers) as (select running.powers || array['claims.decide', 'offices.appoint', 'units.create', 'members.import',
		'members.export', 'map.load'] from running),
	made (office, powers) as (
		select 'section secretary', running.powers || array['members.import'] from running
		union all select 'federation secretary', steering.powers from steering
		union all select 'region secretary', array['members.see', 'unit.edit', 'unit.speak', 'claims.decide']
		union all select 'national secretary', steering.powers from steering
		union all select kind || ' treasurer', array['members.see'] from unnest(array['section', 'federation']) as kind
		union all select kind || ' moderator', array['posts.moderate'] from unnest(array['federation', 'national']) as kind
		union all select 'national web_officer', array['settings.edit', 'kinds.edit', 'gates.edit', 'units.create', 'offices.appoint',
			'members.import', 'map.load', 'audit.read', 'unit.edit']),
	-- Powers that existed when the first structure was made: later ones, given as here, do not make an office a changed one.
	first_ones (powers) as (values (array['members.see', 'members.contact', 'members.welcome', 'members.export', 'members.import', 'unit.edit',
		'unit.speak', 'units.create', 'offices.appoint', 'claims.decide', 'posts.moderate', 'settings.edit', 'kinds.edit', 'gates.edit',
		'audit.read', 'map.load'])),
	given as (update territory.office set powers = office.powers || array[wanted]
		from territory.unit_kind, made, first_ones
		where not current_user = any (array['coopol_app', 'coopol_system']) and unit_kind.id = office.kind_id and made.office = unit_kind.key || ' ' || office.key and made.office = any (offices)
			and office.retired_at is null and not wanted = any (office.powers) and office.powers @> array_remove(made.powers, wanted)
			and not exists (select from unnest(office.powers) as held (power)
				where held.power = any (first_ones.powers) and not held.power = any (made.powers))
		returning 1)
	select count(*)::int from given $$;

select territory.give_power('members.import', array['section secretary']);
