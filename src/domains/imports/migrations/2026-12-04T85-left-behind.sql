-- Who put an import back: not always who launched it.
alter table imports.import add column undone_by uuid;

-- Whoever launched it may still act there: an office or a loan lets them, and they are not suspended.
create function imports.still_answers(launcher uuid, kind text, place uuid) returns boolean language sql stable parallel safe
	as $$ select exists (select from territory.held_power join territory.unit on unit.id = place
			where held_power.person_id = launcher and held_power.unit_id = any (unit.ancestors)
				and held_power.power = case kind when 'members' then 'members.import' else 'units.create' end)
		and not exists (select from people.suspension where suspension.person_id = launcher and suspension.lifted_at is null
			and suspension.starts_at <= now() and (suspension.ends_at is null or suspension.ends_at > now())) $$;

-- What was launched by somebody who may not any more is followed by whoever holds that power there today: the import, never its
-- lines. It is undone by the house, once the right is known.
create policy left_behind on imports.import for select to coopol_app
	using (state in ('running', 'done', 'failed', 'undoing', 'undone')
		and territory.acts(case kind when 'members' then 'members.import' else 'units.create' end, unit_id)
		and not imports.still_answers(by_id, kind, unit_id));
