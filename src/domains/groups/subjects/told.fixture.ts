import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';

/** Kinds of notices about subjects that somebody was told, once all work is done. */
export async function told(name: CastName): Promise<string[]> {
	await drainJobs();
	const rows = await asSystem('test', (tx) =>
		tx.many<{ type: string }>(
			sql`select type from notices.notice where person_id = ${idOf(name)}::uuid and type like 'subject%' order by type`,
		),
	);
	return rows.map(({ type }) => type);
}
