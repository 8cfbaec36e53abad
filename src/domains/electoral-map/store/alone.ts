import type { Tx } from '#platform/db.ts';

/**
 * Work done as a role of PostgreSQL that can reach this domain and nothing else: no list of people answers, whatever a
 * query says. A statement has a minute: files are written by thousands of rows.
 */
export const alone =
	<T>(work: (tx: Tx) => Promise<T>) =>
	async (tx: Tx): Promise<T> => {
		await tx.raw("set local role coopol_map; set local statement_timeout = '60s'");
		return work(tx);
	};
