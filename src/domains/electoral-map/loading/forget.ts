import type { Tx } from '#platform/db.ts';
import { leaveBytes } from '#platform/files/leave.ts';
import { sql } from '#platform/sql.ts';

/** Files sent that nobody put in place go after thirty days, with what was written for them. Gives how many. */
export async function forgetSendings(tx: Tx, now: Date, dry: boolean): Promise<Record<string, number>> {
	const old = sql`electoral_map.sending where sending.state <> 'placed'
		and sending.created_at < ${now}::timestamptz - interval '30 days'`;
	const found = await tx.many<{ stored_id: string | null }>(sql`select sending.stored_id from ${old}`);
	if (dry || !found.length) return { 'electoral_map.sending': found.length };
	await tx.run(sql`delete from electoral_map.source where source.state = 'checked'
		and source.id in (select unnest(sending.sources) from ${old})`);
	await tx.run(sql`delete from ${old}`);
	leaveBytes(tx, found);
	return { 'electoral_map.sending': found.length };
}
