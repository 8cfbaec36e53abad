import * as v from 'valibot';
import { asSystemOnce, read, type Tx, write } from '#platform/db.ts';
import { forbidden, invalidField } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';
import { addMembership } from './membership.ts';

/** Where a newcomer is on their way in. */
export interface Arrival {
	invitation: string | null;
	zone_id: string | null;
	settled_at: Date | null;
	finished_at: Date | null;
	/** Key of the membership in force. */
	type: string | null;
}

/** The viewer's way in; somebody who came before this existed has none. */
export const arrivalOf = (viewer: Viewer): Promise<Arrival | undefined> =>
	read(viewer, (tx) =>
		tx.one(sql`select arrival.invitation, arrival.zone_id, arrival.settled_at, arrival.finished_at,
			(select membership_type.key from people.membership join people.membership_type on membership_type.id = membership.type_id
				where membership.person_id = arrival.person_id and membership.ended_at is null) as type
			from people.arrival where arrival.person_id = ${viewer.id}::uuid`),
	);

/** The page where a newcomer goes on, or null once they are in. */
export function nextStep(arrival: Arrival | undefined): '/bienvenue/section' | '/bienvenue/reglages' | null {
	if (!arrival || arrival.finished_at) return null;
	return arrival.settled_at ? '/bienvenue/reglages' : '/bienvenue/section';
}

/** Keeps the commune a newcomer typed, so that the search is found again on another device. */
export const keepZone = (viewer: Viewer, zoneId: string): Promise<void> =>
	write(viewer, async (tx) => {
		await tx.run(sql`insert into people.arrival (person_id, zone_id) values (${viewer.id}::uuid, ${zoneId})
			on conflict (person_id) do update set zone_id = excluded.zone_id`);
	});

export const SettleForm = v.object({
	unit: v.optional(
		v.union([v.literal(''), v.pipe(v.string(), v.uuid('app.invalid_value'))], 'app.invalid_value'),
		'',
	),
	type: v.pipe(v.string('people.type_missing'), v.maxLength(60, 'people.type_missing')),
});

/** How the floor above attaches a person to a unit; runs as the house, in the same transaction. */
export type Join = (tx: Tx, personId: string, unitId: string) => Promise<void>;

/**
 * A newcomer says which section is theirs (or none yet) and as what they come. A verified membership is never replaced
 * by a declared one. Throws Forbidden, Invalid.
 */
export const settleIn = (
	viewer: Viewer,
	{ unit, type }: v.InferOutput<typeof SettleForm>,
	join: Join,
): Promise<void> => {
	if (!viewer.id || !isActive(viewer)) throw forbidden();
	const personId = viewer.id;
	return asSystemOnce(viewer, 'arrival', async (tx) => {
		const chosen = await tx.one<{ id: string }>(
			sql`select id from people.membership_type where key = ${type} and offered`,
		);
		if (!chosen) throw invalidField('type', 'people.type_missing');
		const held = await tx.one<{ type_id: string; verified: boolean }>(sql`
			select type_id, verified_at is not null as verified from people.membership where person_id = ${personId}::uuid and ended_at is null for update`);
		if (!held?.verified && held?.type_id !== chosen.id)
			await addMembership(tx, personId, { typeId: chosen.id });
		if (unit) await join(tx, personId, unit);
		await tx.run(sql`insert into people.arrival (person_id, settled_at) values (${personId}, now())
			on conflict (person_id) do update set settled_at = now()`);
	});
};
