import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';

/** Who is suspended, by whom, for how many days, why. The caller has checked the right and writes the audit. */
export interface Suspension {
	personId: string;
	byId: string;
	days: number;
	reason: string;
}

/** Closes the network to a person for some days; open pages and streams follow within seconds. Gives the suspension's id. */
export async function suspend(tx: Tx, { personId, byId, days, reason }: Suspension): Promise<string> {
	const id = newId();
	await tx.run(sql`insert into people.suspension (id, person_id, ends_at, by_id, reason)
		values (${id}, ${personId}::uuid, now() + make_interval(days => ${days}::int), ${byId}::uuid, ${reason})`);
	await tellRoles(tx, personId);
	await announce(tx, 'people.suspended', { personId, suspensionId: id });
	return id;
}

/** Ends a suspension at once; one that is over or lifted already stays as it is. */
export async function lift(
	tx: Tx,
	{ suspensionId, byId }: { suspensionId: string; byId: string },
): Promise<void> {
	const lifted = await tx.one<{ person_id: string }>(sql`
		update people.suspension set lifted_at = now(), lifted_by = ${byId}::uuid
		where suspension.id = ${suspensionId}::uuid and suspension.lifted_at is null returning person_id`);
	if (lifted) await tellRoles(tx, lifted.person_id);
}

const tellRoles = (tx: Tx, personId: string) => tx.run(sql`select pg_notify('roles', ${personId})`);
