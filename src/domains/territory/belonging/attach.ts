import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { counting, grantsOf, lockBranches } from './counts.ts';

/** One person in one unit. */
export interface Belonging {
	personId: string;
	unitId: string;
}

const BATCH = 5_000;
const branchesOf = (pairs: readonly Belonging[]) => [...new Set(pairs.map(({ unitId }) => unitId))];
const given = (pairs: readonly Belonging[]) => {
	const rows = pairs.map(({ personId, unitId }) => ({ id: newId(), person_id: personId, unit_id: unitId }));
	return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, person_id uuid, unit_id uuid)`;
};
const named = (rows: { person_id: string; unit_id: string }[]): Belonging[] =>
	rows.map(({ person_id, unit_id }) => ({ personId: person_id, unitId: unit_id }));

/** Attaches people to units and counts them; those already there stay as they are. Gives only what is new. */
export async function attachMany(tx: Tx, pairs: readonly Belonging[]): Promise<Belonging[]> {
	await lockBranches(tx, branchesOf(pairs));
	const added: Belonging[] = [];
	for (let at = 0; at < pairs.length; at += BATCH) {
		added.push(
			...named(
				await tx.many(
					counting(sql`
			insert into territory.attachment (id, person_id, unit_id, counted_as)
			select given.id, given.person_id, given.unit_id, ${grantsOf(sql`given.person_id`)} from ${given(pairs.slice(at, at + BATCH))}
			on conflict (person_id, unit_id) where until is null do nothing
			returning person_id, unit_id, null, counted_as`),
				),
			),
		);
	}
	return added;
}

/** Ends attachments and counts them out; gives those that were current. History is kept. */
export async function detachMany(tx: Tx, pairs: readonly Belonging[]): Promise<Belonging[]> {
	await lockBranches(tx, branchesOf(pairs));
	const ended: Belonging[] = [];
	for (let at = 0; at < pairs.length; at += BATCH) {
		ended.push(
			...named(
				await tx.many(
					counting(sql`
			update territory.attachment set until = now() from ${given(pairs.slice(at, at + BATCH))}
			where attachment.person_id = given.person_id and attachment.unit_id = given.unit_id and attachment.until is null
			returning attachment.person_id, attachment.unit_id, attachment.counted_as, null`),
				),
			),
		);
	}
	return ended;
}
