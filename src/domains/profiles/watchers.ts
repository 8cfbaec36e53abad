import type { Noun } from '#domains/territory/index.ts';
import { read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';

/** An office that reaches one's record now, and who holds it. */
export interface Watcher {
	personId: string;
	name: string;
	unit: string;
	depth: number;
	levels: number;
	/** Null for powers lent by somebody. */
	office: Noun | null;
	/** Sees name, unit and membership; opens how to write. */
	sees: boolean;
	contacts: boolean;
}

/** Something that was read about one. */
export interface Opening {
	at: Date;
	by: string | null;
	byId: string | null;
	what: 'profile' | 'email' | 'phone' | 'list' | 'act';
	byOffice: boolean;
	/** The offices that the reader holds now. */
	office: Noun | null;
	unit: string | null;
	reason: string;
}

const unitsOver = (viewer: Viewer) => sql`(select unnest(unit.ancestors) from territory.attachment
	join territory.unit on unit.id = attachment.unit_id where attachment.person_id = ${viewer.id}::uuid and attachment.until is null)`;

/** The offices above the viewer's own units that see them or may write to them, with who holds each now. */
export const whoSeesMe = (viewer: Viewer): Promise<Watcher[]> =>
	read(viewer, (tx) =>
		tx.many(sql`
		select person.id as "personId", person.name, unit.name as unit, unit_kind.depth,
			(select max(kind.depth) + 1 from territory.unit_kind as kind) as levels,
			(select office.name from territory.term join territory.office on office.id = term.office_id
				where term.person_id = person.id and term.unit_id = unit.id and office.retired_at is null and term.starts_at <= now()
					and (term.ends_at is null or term.ends_at > now()) and not bool_and(held_power.lent)
				order by office.position limit 1) as office,
			bool_or(held_power.power = 'members.see') as sees, bool_or(held_power.power = 'members.contact') as contacts
		from territory.held_power join territory.unit on unit.id = held_power.unit_id
		join territory.unit_kind on unit_kind.id = unit.kind_id join people.person on person.id = held_power.person_id
		where held_power.power in ('members.see', 'members.contact') and unit.id in ${unitsOver(viewer)}
			and person.id <> ${viewer.id}::uuid and person.left_at is null and person.erased_at is null
		group by person.id, unit.id, unit_kind.depth order by unit_kind.depth, person.folded_name limit 200`),
	);

const reader = sql`
	(select office.name from territory.term join territory.office on office.id = term.office_id
		where term.person_id = seen.by_id and term.starts_at <= seen.at and (term.ends_at is null or term.ends_at > seen.at)
		order by office.position limit 1)`;

/** What was opened of the viewer within a year, latest first: by people, by officers, and lists where they stand. */
export const whoOpenedMe = (viewer: Viewer): Promise<Opening[]> =>
	read(viewer, (tx) =>
		tx.many(sql`
		with seen as (
			select opening.at, opening.by_id, opening.what, opening.by_office, opening.reason, null::uuid as unit_id from profiles.opening
				where opening.person_id = ${viewer.id}::uuid
			union all
			select entry.at, entry.actor_id, case when entry.act = 'territory.read_members' then 'list' else 'act' end, true,
				coalesce(entry.reason, ''), entry.unit_id from audit.entry
				where entry.actor_id is distinct from ${viewer.id}::uuid and entry.act not like 'profiles.open%'
					and ((entry.subject = 'person' and entry.subject_id = ${viewer.id}::uuid)
						or (entry.act = 'territory.read_members' and entry.unit_id in ${unitsOver(viewer)}))
		)
		select seen.at, person.name as by, person.id as "byId", seen.what, seen.by_office as "byOffice", seen.reason,
			case when seen.by_office then ${reader} end as office, unit.name as unit
		from seen left join people.person on person.id = seen.by_id and person.erased_at is null
		left join territory.unit on unit.id = seen.unit_id
		where seen.at > now() - interval '1 year' order by seen.at desc limit 200`),
	);
