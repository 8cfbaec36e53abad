import { record } from '#platform/audit.ts';
import { read, type Tx, write } from '#platform/db.ts';
import { forbidden, invalidField } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
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

/** Who organises in the viewer's units, by name: whom to ask. */
export const organisersNear = (viewer: Viewer): Promise<{ id: string; name: string; unit: string }[]> =>
	read(viewer, (tx) =>
		tx.many(sql`select distinct person.id, person.name, unit.name as unit from territory.held_power
			join people.person on person.id = held_power.person_id and person.erased_at is null
			join territory.unit on unit.id = held_power.unit_id
			where held_power.power = 'event.create' and unit.closed_at is null and unit.id = any (array(
				select unnest(own.ancestors) from territory.unit as own where own.id = any (platform.viewer_units())))
			order by unit.name, person.name limit 6`),
	);

/** Makes an event, and its dates when it comes back; gives the id of the first. Throws Forbidden, Invalid. */
export const create = (viewer: Viewer, input: Creation): Promise<string> =>
	write(viewer, async (tx) => {
		const host = await tx.one(sql`select 1 as yes from territory.unit
			where unit.id = ${input.unit}::uuid and ${hosts.see(viewer)}`);
		if (!host) throw forbidden('events.not_host');
		const plan = await planFrom(tx, input);
		checkComing(plan);
		if (input.until && input.repeat && input.until < input.day)
			throw invalidField('until', 'events.until_before');
		const id = await insertEvent(tx, viewer.id!, input.unit, plan);
		if (input.repeat) await startSeries(tx, id, input);
		await record(tx, {
			actorId: viewer.id,
			act: 'events.create',
			subject: 'event',
			subjectId: id,
			unitId: input.unit,
		});
		await announce(tx, 'events.created', { eventId: id, unitId: input.unit, byId: viewer.id });
		return id;
	});

/** Writes one event as planned. */
export async function insertEvent(tx: Tx, byId: string, unitId: string, plan: Plan): Promise<string> {
	const id = newId();
	await tx.run(sql`insert into events.event (id, unit_id, by_id, title, text, place_name, address, zone_id, online_url,
			starts_at, ends_at, time_zone, visibility, capacity, guests_allowed, folded)
		values (${id}, ${unitId}::uuid, ${byId}::uuid, ${plan.title}, ${plan.text}, ${plan.placeName}, ${plan.address}, ${plan.zoneId},
			${plan.onlineUrl}, ${plan.startsAt}, ${plan.endsAt}, ${plan.timeZone}, ${plan.visibility}, ${plan.capacity}::int,
			${plan.guestsAllowed}, ${plan.folded})`);
	return id;
}
