import type { Tx } from '../db.ts';
import { sql } from '../sql.ts';

/** What travels on a channel: a count for the browser, and who caused it, which stays in the house. */
export interface News {
	/** How many more (posts), or how many in all (notices), as the topic says. */
	count: number;
	/** The person whose act it is; neither they nor who is apart from them hear of it. */
	by?: string;
}

/**
 * Tells every process, once the transaction commits; who hears several of the channels hears it once. Ids and counts only:
 * never a text, never a name.
 */
export async function emit(tx: Tx, channels: string | string[], { count, by }: News): Promise<void> {
	await tx.run(sql`select pg_notify('live', ${JSON.stringify({ channels: [channels].flat(), count, by })})`);
}
