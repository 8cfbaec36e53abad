import { asSystem, type Tx } from '../db.ts';
import { list, type Sql, sql } from '../sql.ts';
import { store } from './stored.ts';

/**
 * Takes off the disk the bytes that these rows named, once the transaction that deletes them is there for everybody: undone, they stay. Stopped
 * between the two, or refused by the disk, they are for the daily sweep (`sweep.ts`): what was done is done, and nobody is told of them.
 */
export function leaveBytes(tx: Tx, rows: readonly { stored_id: string | null }[]): void {
	const gone = rows.flatMap(({ stored_id }) => stored_id ?? []);
	if (gone.length) tx.afterCommit(() => takeOff(gone));
}

/**
 * Takes off the disk bytes that were stored for a row which did not come to be. Those that a row names all the same (a connection lost
 * while it was committed) stay.
 */
export async function giveUp(...storedIds: string[]): Promise<void> {
	const unnamed = await asSystem('files', (tx) => unnamedAmong(tx, storedIds)).catch(said);
	await takeOff(unnamed ?? []);
}

/**
 * Does something with bytes that were stored, which what is done is to name. Those that nothing names after it (it was refused, or done
 * already under the same key) leave the disk.
 */
export async function orGiveUp<T>(
	stored: readonly { storedId: string }[],
	work: () => Promise<T>,
): Promise<T> {
	try {
		return await work();
	} finally {
		if (stored.length) await giveUp(...stored.map(({ storedId }) => storedId));
	}
}

/** What cannot be taken off today is for the sweep. */
async function takeOff(storedIds: readonly string[]): Promise<void> {
	for (const id of storedIds) await store().delete(id).catch(said);
}

const said = (problem: Error): undefined => void console.warn('files:', problem.message);

/** Every table with a column `stored_id` names bytes: none is to be declared, so none can be forgotten. */
const naming = sql`
	select pg_class.oid::regclass::text as "table" from pg_attribute
		join pg_class on pg_class.oid = pg_attribute.attrelid
	where pg_attribute.attname = 'stored_id' and pg_attribute.attisdropped = false and pg_class.relkind in ('r', 'p')
		and pg_class.oid <> 'platform.stored_left'::regclass
	order by 1`;

/** Tables whose rows name bytes, by their column `stored_id`. */
export const namingTables = async (tx: Tx): Promise<string[]> =>
	(await tx.many<{ table: string }>(naming)).map(({ table }) => table);

// What was replaced by its sealed copy a moment ago is still being read.
const stillRead = sql`exists (select from platform.stored_left
	where stored_left.stored_id = kept.id and stored_left.at > now() - interval '1 hour')`;

/** Those of these bytes that no row names. Runs as the house: a row that is not seen would be a file that is lost. */
export async function unnamedAmong(tx: Tx, storedIds: readonly string[]): Promise<string[]> {
	const tables = await namingTables(tx);
	const named = tables.reduce<Sql>(
		(either, table) =>
			sql`${either} or exists (select from ${sql.raw(table)} as naming where naming.stored_id = kept.id)`,
		stillRead,
	);
	const rows = await tx.many<{ id: string }>(
		sql`select kept.id from unnest(${list([...storedIds], 'text')}) as kept (id) where (${named}) = false`,
	);
	return rows.map(({ id }) => id);
}
