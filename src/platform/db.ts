import postgres from 'postgres';
import { isId } from './ids.ts';
import { rehearsal } from './rehearsal.ts';
import { compile, type Sql, sql } from './sql.ts';
import type { Viewer } from './viewer.ts';

/** An open transaction. Queries run in order; any error rolls everything back. */
export interface Tx {
	many<T>(query: Sql): Promise<T[]>;
	one<T>(query: Sql): Promise<T | undefined>;
	/** Runs a statement and gives the number of rows it touched. */
	run(query: Sql): Promise<number>;
	/** Runs text made by a library (the job queue); our own queries use the `sql` tag. */
	raw(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}

type Connection = postgres.ReservedSql;

// A text given for a json column is JSON already; anything else is turned into it.
const json = {
	to: 3802,
	from: [114, 3802],
	serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
	parse: (text: string) => JSON.parse(text) as unknown,
};

const pools = new Map<string, postgres.Sql>();
/** Queries sent since the process started; benchmarks read it to count queries per page. */
export const counters = { queries: 0, transactions: 0 };

function pool(role: 'APP' | 'SYSTEM'): postgres.Sql {
	const url = process.env[`COOPOL_${role}_URL`];
	if (!url) throw new Error(`COOPOL_${role}_URL is not set: start through bin/start.ts or bin/coopol.ts`);
	let open = pools.get(url);
	if (!open) {
		open = postgres(url, {
			max: Number(process.env.COOPOL_POOL ?? 10),
			idle_timeout: 60,
			connect_timeout: 10,
			onnotice: () => {},
			types: { json },
			connection: { application_name: 'coopol', statement_timeout: 5000, idle_in_transaction_session_timeout: 30_000 },
		});
		pools.set(url, open);
	}
	return open;
}

function transactionOn(connection: Connection): Tx {
	const send = async (query: Sql) => {
		counters.queries++;
		const { sql: text, parameters } = compile(query);
		return connection.unsafe(text, parameters as never[], { prepare: true });
	};
	return {
		many: async <T>(query: Sql) => [...(await send(query))] as T[],
		one: async <T>(query: Sql) => (await send(query))[0] as T | undefined,
		run: async (query) => (await send(query)).count,
		raw: async (text, values = []) => [...(await connection.unsafe(text, values as never[]))],
	};
}

async function inTransaction<T>(from: postgres.Sql, opening: string, work: (tx: Tx) => Promise<T>): Promise<T> {
	const connection = await from.reserve();
	counters.transactions++;
	try {
		await connection.unsafe(opening);
		const result = await work(transactionOn(connection));
		await connection.unsafe(rehearsal().rollback ? 'rollback' : 'commit');
		return result;
	} catch (error) {
		await connection.unsafe('rollback').catch(() => {});
		throw error;
	} finally {
		connection.release();
	}
}

/** What row-level security reads: who asks, the units they are attached to, and whether their offices act. */
function identity(viewer: Viewer): string {
	const id = isId(viewer.id) ? viewer.id : '';
	const units = viewer.units.filter(isId).join(',');
	const officer = viewer.secondFactor ? id : '';
	return `set local coopol.viewer='${id}'; set local coopol.units='${units}'; set local coopol.officer='${officer}'`;
}

/** Reads as this person, in one snapshot. Row-level security holds even where a query forgets its filter. */
export function read<T>(viewer: Viewer, work: (tx: Tx) => Promise<T>): Promise<T> {
	return inTransaction(pool('APP'), `begin isolation level repeatable read read only; ${identity(viewer)}`, work);
}

/**
 * Changes something as this person: all of it or nothing, and acknowledged only after commit.
 * When the request carries a one-time key, a repeat gives the first result again and changes nothing.
 */
export function write<T>(viewer: Viewer, work: (tx: Tx) => Promise<T>): Promise<T> {
	const key = viewer.requestKey;
	delete viewer.requestKey;
	const once = key ? (tx: Tx) => onlyOnce(tx, `${viewer.id ?? ''}:${key}`, work) : work;
	return inTransaction(pool('APP'), `begin; ${identity(viewer)}`, once);
}

/**
 * Acts for the house itself (sign-in, mail, imports, erasure), under the database role made for it.
 * The purpose is written in the session, so that the database knows why personal rows are read.
 */
export function asSystem<T>(purpose: string, work: (tx: Tx) => Promise<T>): Promise<T> {
	if (!/^[a-z][a-z-]*$/.test(purpose)) throw new Error(`a purpose is a plain word, not ${purpose}`);
	return inTransaction(pool('SYSTEM'), `begin; set local coopol.purpose='${purpose}'`, work);
}

/** As `asSystem`, but a repeat of the viewer's request gives the first result again and changes nothing. No secret in the result: it is kept. */
export function asSystemOnce<T>(viewer: Viewer, purpose: string, work: (tx: Tx) => Promise<T>): Promise<T> {
	const key = viewer.requestKey;
	delete viewer.requestKey;
	return asSystem(purpose, key ? (tx) => onlyOnce(tx, `${purpose}:${viewer.id ?? ''}:${key}`, work) : work);
}

async function onlyOnce<T>(tx: Tx, key: string, work: (tx: Tx) => Promise<T>): Promise<T> {
	const isFirst = await tx.run(sql`insert into platform.receipt (key) values (${key}) on conflict do nothing`);
	if (!isFirst) {
		const receipt = await tx.one<{ result: T }>(sql`select result from platform.receipt where key = ${key}`);
		return receipt?.result as T;
	}
	const result = await work(tx);
	await tx.run(sql`update platform.receipt set result = ${JSON.stringify(result ?? null)}::jsonb where key = ${key}`);
	return result;
}

/** Listens to a channel of the database; `hear` gets each payload. Reconnects by itself. Gives how to stop. */
export async function listen(channel: string, hear: (payload: string) => void): Promise<() => Promise<void>> {
	const { unlisten } = await pool('APP').listen(channel, hear);
	return unlisten;
}

/** Closes every connection; for commands and tests, and when the server drains. */
export async function closeDatabase(): Promise<void> {
	const open = [...pools.values()];
	pools.clear();
	await Promise.all(open.map((each) => each.end({ timeout: 5 })));
}
