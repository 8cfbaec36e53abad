import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Kind } from '../files/recognise.ts';
import type { FileReport } from '../import.ts';

/** Waiting for the job; asked: the file does not say what it is of; ready to be put in place; and what became of it. */
export type State = 'waiting' | 'asked' | 'ready' | 'refused' | 'failed' | 'placed' | 'dropped';

/** A file sent by a page, as its row is. */
export interface Sending {
	id: string;
	by_name: string;
	file_name: string;
	bytes: number;
	stored_id: string | null;
	kind: Kind | null;
	vintage: string;
	election: string;
	state: State;
	ask: 'vintage' | 'election' | null;
	done: number;
	total: number;
	tries: number;
	sources: string[];
	reports: FileReport[];
	created_at: Date;
}

export const columnsOf = sql`sending.id, sending.by_name, sending.file_name, sending.bytes::float8 as bytes, sending.stored_id,
	sending.kind, sending.vintage, sending.election, sending.state, sending.ask, sending.done, sending.total, sending.tries,
	sending.sources, sending.reports, sending.created_at`;

/** The largest file a page takes: the server's own limit is just above. Commands take larger ones. */
export const BYTES_MAX = 60 * 1024 * 1024;

/** The row, kept from changing until the end of the transaction. */
export const hold = (tx: Tx, id: string): Promise<Sending | undefined> =>
	tx.one<Sending>(
		sql`select ${columnsOf} from electoral_map.sending where sending.id = ${id}::uuid for update`,
	);

/** Throws away what was written for it and read by nobody. */
export async function dropSources(tx: Tx, id: string): Promise<void> {
	await tx.run(sql`delete from electoral_map.source using electoral_map.sending
		where sending.id = ${id}::uuid and source.id = any (sending.sources) and source.state = 'checked'`);
}
