import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';

/** Puts the groups of one subject under another: those that who asks may read. Repeatable. */
export async function moveGroups(tx: Tx, fromId: string, intoId: string): Promise<void> {
	await tx.run(sql`insert into groups.circle_subject (circle_id, subject_id) select moved.circle_id, ${intoId}::uuid
		from groups.circle_subject as moved where moved.subject_id = ${fromId}::uuid on conflict do nothing`);
	await tx.run(sql`delete from groups.circle_subject where circle_subject.subject_id = ${fromId}::uuid`);
}
