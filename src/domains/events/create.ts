import { circles } from '#domains/groups/index.ts';
import { unitsAbove } from '#domains/territory/index.ts';
import { read, type Tx, write } from '#platform/db.ts';
import { forbidden, invalidField } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { checkShown, note } from './circle.ts';
import type { Creation } from './input.ts';
import { checkComing, type Plan, planFrom } from './plan.ts';
import { hosts } from './policy.ts';
import { startSeries } from './series.ts';

/** A unit where one organises. */
export interface Host {
	id: string;
	name: string;
	/** People of it and of those below. */
	size: number;
}

const hostColumns = sql`unit.id, unit.name, unit.member_count + unit.sympathiser_count as size`;

/** The units where the viewer holds an office that organises: those only, not what is below, which they name by its address. */
export const hostsOf = (viewer: Viewer): Promise<Host[]> =>
	read(viewer, (tx) =>
		tx.many(sql`select ${hostColumns} from territory.unit join territory.unit_kind on unit_kind.id = unit.kind_id
			where unit.id in (select held_power.unit_id from territory.held_power
				where held_power.person_id = ${viewer.id}::uuid and held_power.power = 'event.create') and ${hosts.see(viewer)}
			order by unit_kind.depth, unit.folded_name`),
	);

/** One unit, if the viewer organises there. */
export const hostAt = (viewer: Viewer, unitId: string): Promise<Host | undefined> =>
	read(viewer, (tx) =>
		tx.one(
			sql`select ${hostColumns} from territory.unit where unit.id = ${unitId}::uuid and ${hosts.see(viewer)}`,
		),
	);

/** Who organises in the viewer's units and above, closest first: whom to ask. */
export const organisersNear = (viewer: Viewer): Promise<{ id: string; name: string; unit: string }[]> =>
	read(viewer, (tx) =>
		tx.many(sql`select distinct on (cardinality(unit.ancestors), unit.name, person.name, person.id) person.id, person.name, unit.name as unit
			from territory.held_power
			join people.person on person.id = held_power.person_id and person.erased_at is null
			join territory.unit on unit.id = held_power.unit_id
			where held_power.power = 'event.create' and unit.closed_at is null and unit.id = any (${unitsAbove(viewer)})
			order by cardinality(unit.ancestors) desc, unit.name, person.name, person.id limit 6`),
	);

/** Who organises: a unit, or a group. */
export type Organiser = { unitId: string; groupId: null } | { unitId: null; groupId: string };

/** Makes an event, and its dates when it comes back; gives the id of the first. Throws NotFound, Forbidden, Invalid. */
export const create = (viewer: Viewer, input: Creation): Promise<string> =>
	write(viewer, async (tx) => {
		const organiser = await organiserOf(tx, viewer, input);
		await checkShown(tx, viewer, { visibility: input.visibility, groupId: organiser.groupId });
		const plan = await planFrom(tx, input);
		checkComing(plan);
		if (input.until && input.repeat && input.until < input.day)
			throw invalidField('until', 'events.until_before');
		const id = await insertEvent(tx, viewer.id!, organiser, plan);
		if (input.repeat) await startSeries(tx, id, input);
		await note(tx, viewer, 'events.create', id);
		await announce(tx, 'events.created', { eventId: id, ...organiser, byId: viewer.id });
		return id;
	});

/** The group's row is held: put to sleep at the same moment, it is asleep before, or calls off what was planned. */
async function organiserOf(tx: Tx, viewer: Viewer, { unit, group }: Creation): Promise<Organiser> {
	if (group) {
		await circles.guard(tx, viewer, 'plan', group);
		return { unitId: null, groupId: group };
	}
	const host =
		unit &&
		(await tx.one(
			sql`select 1 as yes from territory.unit where unit.id = ${unit}::uuid and ${hosts.see(viewer)}`,
		));
	if (!host) throw forbidden('events.not_host');
	return { unitId: unit, groupId: null };
}

/** Writes one event as planned. */
export async function insertEvent(
	tx: Tx,
	byId: string,
	{ unitId, groupId }: Organiser,
	plan: Plan,
): Promise<string> {
	const id = newId();
	await tx.run(sql`insert into events.event (id, unit_id, group_id, by_id, title, text, place_name, address, access, zone_id, online_url,
			starts_at, ends_at, time_zone, visibility, capacity, guests_allowed, folded)
		values (${id}, ${unitId}::uuid, ${groupId}::uuid, ${byId}::uuid, ${plan.title}, ${plan.text}, ${plan.placeName}, ${plan.address}, ${plan.access}, ${plan.zoneId},
			${plan.onlineUrl}, ${plan.startsAt}, ${plan.endsAt}, ${plan.timeZone}, ${plan.visibility}, ${plan.capacity}::int,
			${plan.guestsAllowed}, ${plan.folded})`);
	return id;
}
