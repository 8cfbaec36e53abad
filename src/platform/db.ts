import { Socket } from 'node:net';
import pg from 'pg';
import { conflict, Refusal } from './errors.ts';
import { giveWayLikewise } from './give-way.ts';
import { isId } from './ids.ts';
import { isLeaving } from './leaving.ts';
import { forgetOldest, nameOn } from './prepared.ts';
import { rehearsal } from './rehearsal.ts';
import { type Sql, sql } from './sql.ts';
import type { Viewer } from './viewer.ts';

/** An open transaction. Queries run in order; any error rolls everything back. */
export interface Tx {
	many<T>(query: Sql): Promise<T[]>;
	one<T>(query: Sql): Promise<T | undefined>;
	/** Runs a statement and gives the number of rows it touched. */
	run(query: Sql): Promise<number>;
	/** Runs text made by a library (the job queue); our own queries use the `sql` tag. */
	raw(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
	/** Runs this once what was done is there for everybody; never when it is undone. */
	afterCommit(act: () => unknown): void;
}

// A calendar day is a day wherever the server stands: read as midnight UTC, not as local midnight.
pg.types.setTypeParser(1082, (text) => new Date(text));

const pools = new Map<string, pg.Pool>();
/** Queries sent since the process started; benchmarks read it to count queries per page. */
export const counters = { queries: 0, transactions: 0 };

/** Where this role of the database answers. Throws when the program was not started by ours. */
export function addressOf(role: 'APP' | 'SYSTEM'): string {
	const url = process.env[`COOPOL_${role}_URL`];
	if (!url) throw new Error(`COOPOL_${role}_URL is not set: start through bin/start.ts or bin/coopol.ts`);
	return url;
}

/** A socket that sends as one packet all that is written in one go: each packet costs the system as much as a small query. */
function gatheringSocket(): Socket {
	const socket = new Socket();
	const write = socket.write.bind(socket) as (...given: unknown[]) => boolean;
	let isHeld = false;
	const release = () => {
		isHeld = false;
		socket.uncork();
	};
	const hold = (...given: unknown[]) => {
		if (!isHeld) {
			isHeld = true;
			socket.cork();
			process.nextTick(release);
		}
		return write(...given);
	};
	// Not sooner: `connect` puts the ordinary `write` back.
	return socket.once('connect', () => {
		socket.write = hold;
	});
}

function pool(role: 'APP' | 'SYSTEM'): pg.Pool {
	const url = addressOf(role);
	let open = pools.get(url);
	if (!open) {
		open = new pg.Pool({
			connectionString: url,
			max: Number(process.env.COOPOL_POOL ?? 6),
			idleTimeoutMillis: 60_000,
			connectionTimeoutMillis: 10_000,
			application_name: 'coopol',
			stream: gatheringSocket,
			// Queries asked without waiting for one another are sent at once; PostgreSQL still runs them in order.
			pipeline: true,
			statement_timeout: 5000,
			// Rules make large statements: planning takes many times their running, and PostgreSQL would plan each for its
			// values five times on every connection before it keeps a plan for all of them.
			options: '-c plan_cache_mode=force_generic_plan',
			idle_in_transaction_session_timeout: 30_000,
		});
		// An idle connection that the server closed; the pool opens another when asked.
		open.on('error', (error) => {
			if (!isLeaving()) console.error('database:', error.message);
		});
		// The same of one in use: its query is told, and that is enough; unheard, it would end the program.
		open.on('connect', (client) => {
			client.on('error', () => {});
			giveWayLikewise(client);
		});
		pools.set(url, open);
	}
	return open;
}

function transactionOn(connection: pg.PoolClient, after: (() => unknown)[] = []): Tx {
	const send = async (query: Sql) => {
		counters.queries++;
		const { text, values } = query;
		return connection.query({ name: nameOn(connection, text), text, values });
	};
	return {
		many: async <T>(query: Sql) => (await send(query)).rows as T[],
		one: async <T>(query: Sql) => (await send(query)).rows[0] as T | undefined,
		run: async (query) => (await send(query)).rowCount ?? 0,
		// Several statements at once give several results.
		raw: async (text, values = []) =>
			[await connection.query(text, values)].flat().flatMap(({ rows }) => rows as Record<string, unknown>[]),
		afterCommit: (act) => void after.push(act),
	};
}

/** A connection for one transaction: given back after, or thrown away when it cannot even roll back; PostgreSQL forgets what it held. */
async function onConnection<T>(from: pg.Pool, work: (connection: pg.PoolClient) => Promise<T>): Promise<T> {
	const connection = await from.connect();
	counters.transactions++;
	let broken: Error | undefined;
	try {
		return await work(connection);
	} catch (error) {
		await connection.query('rollback').catch((failure: Error) => {
			broken = failure;
		});
		throw error;
	} finally {
		if (!broken) forgetOldest(connection);
		connection.release(broken);
	}
}

const inTransaction = <T>(
	from: pg.Pool,
	opening: string,
	work: (tx: Tx) => Promise<T>,
	isReading = false,
): Promise<T> =>
	onConnection(from, async (connection) => {
		const opened = connection.query(opening);
		// A reading goes with its opening, in one packet; what writes first waits to know that it can be undone.
		if (isReading) opened.catch(() => {});
		else await opened;
		const after: (() => unknown)[] = [];
		const tx = transactionOn(connection, after);
		const result = await work(tx);
		await opened;
		const { rollback, look } = rehearsal();
		await look?.(tx);
		await connection.query(rollback ? 'rollback' : 'commit');
		if (!rollback) for (const act of after) await act();
		return result;
	});

/** What row-level security reads: who asks, the units they are attached to, and whether their offices act. */
function identity(viewer: Viewer): string {
	const id = isId(viewer.id) ? viewer.id : '';
	const units = viewer.units.filter(isId).join(',');
	const officer = viewer.secondFactor ? id : '';
	return `set local coopol.viewer='${id}'; set local coopol.units='${units}'; set local coopol.officer='${officer}'`;
}

function asViewer<T>(
	viewer: Viewer,
	begin: string,
	work: (tx: Tx) => Promise<T>,
	isReading = false,
): Promise<T> {
	const opening = `${begin}; ${identity(viewer)}`;
	if (rehearsal().knock.getStore()?.rowsOff)
		return inTransaction(pool('SYSTEM'), `${opening}; set local coopol.purpose='rehearsal'`, work, isReading);
	return inTransaction(pool('APP'), opening, work, isReading).catch(rightGone);
}

/** A row that row-level security refuses once the rule let it in: most often an office that ended between the two. */
function rightGone(error: Error & { code?: string }): never {
	if (error.code !== '42501' || !error.message.includes('row-level security')) throw error;
	// Noted all the same: a rule that forgot a case looks like this too.
	console.warn('database:', error.message);
	throw new Refusal('Forbidden', [{ field: '', key: 'app.right_gone' }], error.message);
}

const reading = 'begin isolation level repeatable read read only';

/** Reads as this person, in one snapshot. Row-level security holds even where a query forgets its filter. */
export function read<T>(viewer: Viewer, work: (tx: Tx) => Promise<T>): Promise<T> {
	return asViewer(viewer, reading, work, true);
}

/** As `read`, planning each statement for its values: where a word that everybody says and a rare one want other ways. */
export function readByValues<T>(viewer: Viewer, work: (tx: Tx) => Promise<T>): Promise<T> {
	return asViewer(viewer, `${reading}; set local plan_cache_mode = force_custom_plan`, work, true);
}

/**
 * Changes something as this person: all of it or nothing, and acknowledged only after commit.
 * When the request carries a one-time key, a repeat gives the first result again and changes nothing; the key with something else
 * asked under it is refused (Conflict).
 */
export function write<T>(viewer: Viewer, work: (tx: Tx) => Promise<T>): Promise<T> {
	return asViewer(viewer, 'begin', underKey(viewer, '', work));
}

/**
 * Acts for the house itself (sign-in, mail, imports, erasure), under the database role made for it.
 * The purpose is written in the session, so that the database knows why personal rows are read.
 */
export function asSystem<T>(purpose: string, work: (tx: Tx) => Promise<T>): Promise<T> {
	return inTransaction(pool('SYSTEM'), openingFor(purpose), work);
}

function openingFor(purpose: string): string {
	if (!/^[a-z][a-z-]*$/.test(purpose)) throw new Error(`a purpose is a plain word, not ${purpose}`);
	return `begin; set local coopol.purpose='${purpose}'`;
}

/** One question as the house itself: its opening, the question and the end go to PostgreSQL in one packet. */
export const askAsSystem = <T>(purpose: string, query: Sql): Promise<T | undefined> =>
	onConnection(pool('SYSTEM'), async (connection) => {
		const [, answer] = await Promise.all([
			connection.query(`${openingFor(purpose)}; set transaction read only`),
			transactionOn(connection).one<T>(query),
			connection.query('commit'),
		]);
		return answer;
	});

/** As `asSystem`, but a repeat of the viewer's request gives the first result again and changes nothing. No secret in the result: it is kept. */
export function asSystemOnce<T>(viewer: Viewer, purpose: string, work: (tx: Tx) => Promise<T>): Promise<T> {
	return asSystem(purpose, underKey(viewer, `${purpose}:`, work));
}

/** The work, once under the key of the request. Takes the key away: the first write alone is under it. */
function underKey<T>(viewer: Viewer, place: string, work: (tx: Tx) => Promise<T>): (tx: Tx) => Promise<T> {
	const { requestKey: key, requestAsked: asked = '' } = viewer;
	delete viewer.requestKey;
	return key ? (tx) => onlyOnce(tx, `${place}${viewer.id ?? ''}:${key}`, asked, work) : work;
}

type Once = (work: (tx: Tx) => Promise<null>) => Promise<null>;

// What a repeated request gives again is kept: of a secret, nothing is.
async function shownOnce<T>(once: Once, work: (tx: Tx) => Promise<T>): Promise<T> {
	let made: { secret: T } | undefined;
	await once(async (tx) => {
		made = { secret: await work(tx) };
		return null;
	});
	if (!made) throw conflict('app.shown_once');
	return made.secret;
}

/** As `write`, for what is made and shown once (a key, an address): a repeat of the request makes nothing. Throws Conflict then. */
export const writeSecret = <T>(viewer: Viewer, work: (tx: Tx) => Promise<T>): Promise<T> =>
	shownOnce((once) => write(viewer, once), work);

/** The same, as the house. Throws Conflict. */
export const asSystemSecret = <T>(
	viewer: Viewer,
	purpose: string,
	work: (tx: Tx) => Promise<T>,
): Promise<T> => shownOnce((once) => asSystemOnce(viewer, purpose, once), work);

async function onlyOnce<T>(tx: Tx, key: string, asked: string, work: (tx: Tx) => Promise<T>): Promise<T> {
	const isFirst = await tx.run(
		sql`insert into platform.receipt (key, asked) values (${key}, ${asked}) on conflict do nothing`,
	);
	if (!isFirst) {
		const receipt = await tx.one<{ result: T; asked: string }>(
			sql`select result, asked from platform.receipt where key = ${key}`,
		);
		if (receipt && receipt.asked !== asked) throw conflict('app.key_reused');
		return receipt?.result as T;
	}
	const result = await work(tx);
	await tx.run(
		sql`update platform.receipt set result = ${JSON.stringify(result ?? null)}::jsonb where key = ${key}`,
	);
	return result;
}

/** Closes every connection; for commands and tests, and when the server drains. */
export async function closeDatabase(): Promise<void> {
	const open = [...pools.values()];
	pools.clear();
	await Promise.all(open.map((each) => each.end()));
}
