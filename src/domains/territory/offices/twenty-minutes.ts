import { read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { holdsPower } from '../rules.ts';
import { claimsToDecide, type OpenClaim, type OpenHandover, ownHandovers } from './responsibilities.ts';

/** Somebody who arrived and whom nobody greeted yet. */
export interface Newcomer {
	/** Of the attachment. */
	id: string;
	personId: string;
	name: string;
	unitId: string;
	unit: string;
	at: Date;
}

/** Something that waits for the viewer and closes in place. */
export type Task =
	| { kind: 'handover'; of: OpenHandover }
	| { kind: 'claim'; of: OpenClaim }
	| { kind: 'newcomer'; of: Newcomer };

/** Never more at once: the rest waits its turn. */
export const atOnce = 3;

const newcomers = (viewer: Viewer) =>
	read(viewer, async (tx) => {
		const rows = await tx.many<Newcomer & { n: number }>(sql`
			select attachment.id, person.id as "personId", person.name, unit.id as "unitId", unit.name as unit, attachment.since as at, count(*) over ()::int as n
			from territory.attachment join people.person on person.id = attachment.person_id join territory.unit on unit.id = attachment.unit_id
			where attachment.until is null and attachment.welcomed_at is null and person.confirmed_at is not null and person.left_at is null
				and person.erased_at is null and person.id <> ${viewer.id}::uuid and unit.closed_at is null
				and ${holdsPower('members.welcome', sql`attachment.unit_id`)(viewer)}
			order by attachment.since, attachment.id limit ${atOnce}`);
		return { rows: rows.map(({ n, ...one }) => one), count: rows[0]?.n ?? 0 };
	});

/** What the week asks of an officer: handovers to finish, claims to decide, people to greet; three at once, and how many wait. */
export async function twentyMinutes(viewer: Viewer): Promise<{ tasks: Task[]; count: number }> {
	const [passing, claims, arrived] = [
		await ownHandovers(viewer),
		await claimsToDecide(viewer),
		await newcomers(viewer),
	];
	const mine = passing.filter(({ mine, accepted }) => (mine === 'to' ? !accepted : accepted));
	const tasks: Task[] = [
		...mine.map((of) => ({ kind: 'handover' as const, of })),
		...claims.rows.map((of) => ({ kind: 'claim' as const, of })),
		...arrived.rows.map((of) => ({ kind: 'newcomer' as const, of })),
	];
	return { tasks: tasks.slice(0, atOnce), count: mine.length + claims.count + arrived.count };
}
