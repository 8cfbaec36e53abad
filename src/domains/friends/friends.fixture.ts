import { asSystem } from '#platform/db.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';

/** One blocks the other, as the domain of safety does. */
export const setApart = (personId: string, blockedId: string) =>
	asSystem('test', async (tx) => {
		await tx.run(sql`insert into safety.block (person_id, blocked_id) values (${personId}, ${blockedId})`);
		await announce(tx, 'safety.blocked', { personId, blockedId });
	});
