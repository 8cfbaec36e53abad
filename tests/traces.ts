import { setImmediate } from 'node:timers/promises';
import { asSystem, read, type Tx } from '#platform/db.ts';
import { Refusal } from '#platform/errors.ts';
import { parse } from '#platform/http/form.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { type CastName, cast, idOf } from './party.ts';

const sentence = ({ name, problems }: Refusal) =>
	[name, ...problems.map(({ field, key }) => (field ? `${field} ${key}` : key))].join(': ');

/** Why it is refused, with its sentences: `Invalid: until territory.term_until_past`. What is no refusal is a bug, and passes on. */
export async function told(work: Promise<unknown>): Promise<string> {
	try {
		await work;
		return 'done';
	} catch (error) {
		if (error instanceof Refusal) return sentence(error);
		throw error;
	}
}

/** What a form says of what was typed, before anybody acts: its problems, or nothing. */
export function faults(schema: Parameters<typeof parse>[0], typed: object): string[] {
	try {
		parse(schema, typed);
		return [];
	} catch (error) {
		return (error as Refusal).problems.map(({ field, key }) => `${field} ${key}`);
	}
}

const print = (tables: readonly string[]) =>
	asSystem('test', async (tx) => {
		const prints: string[] = [];
		for (const table of tables)
			prints.push(
				(await tx.one<{ rows: string }>(
					sql`select md5(coalesce(string_agg(kept.xmin::text || kept::text, ',' order by kept::text), '')) as rows from ${sql.raw(table)} as kept`,
				))!.rows,
			);
		return prints;
	});

/** Tries what must not be: gives why it is refused, and fails if a row of these tables, or the journal, moved meanwhile. */
export async function refused(tables: readonly string[], work: () => Promise<unknown>): Promise<string> {
	const watched = [...tables, 'audit.entry'];
	const before = await print(watched);
	const why = await told(work());
	const after = await print(watched);
	const moved = watched.filter((_, at) => before[at] !== after[at]);
	return moved.length ? `${why}, yet changed ${moved.join(' and ')}` : why;
}

export interface Line {
	actor: string | null;
	subject: string | null;
	unit: string | null;
	reason: string | null;
	detail: Record<string, unknown>;
}

/** What the journal says of an act, oldest first. */
export const journal = (act: string) =>
	asSystem('test', (tx) =>
		tx.many<Line>(sql`select actor_id as actor, subject_id as subject, unit_id as unit, reason, detail
			from audit.entry where act = ${act} order by seq`),
	);

/** Who of the cast was told of something of this type, once the waiting work is done. */
export async function toldOf(type: string): Promise<CastName[]> {
	await drainJobs();
	const rows = await asSystem('test', (tx) =>
		tx.many<{ person_id: string }>(
			sql`select distinct person_id from notices.notice where notice.type = ${type}`,
		),
	);
	const ids = new Set(rows.map(({ person_id }) => person_id));
	return (Object.keys(cast) as CastName[]).filter((name) => ids.has(idOf(name)));
}

/** Runs statements as the house, to set a scene that no verb makes (time that passed, somebody who left). */
export const scene = (...statements: ReturnType<typeof sql>[]) =>
	asSystem('test', async (tx) => {
		for (const statement of statements) await tx.run(statement);
	});

// Within one transaction, only who was connected when it first asked is seen.
const waitersIn = async (tx: Tx): Promise<number> =>
	(await tx.one<{ n: number }>(sql`select count(distinct pg_locks.pid)::int as n from pg_locks
		join pg_stat_activity on pg_stat_activity.pid = pg_locks.pid and pg_stat_activity.datname = current_database()
		where not pg_locks.granted`))!.n;

/** How many wait for a lock in this database. */
export const waiters = (): Promise<number> => asSystem('test', waitersIn);

/** Until somebody waits for a lock. Throws when nobody comes. */
export async function waited(): Promise<void> {
	for (let asked = 0; !(await waiters()); asked++) {
		await setImmediate();
		if (asked > 10_000) throw new Error('nobody waits');
	}
}

const nothing = (tx: Tx) => tx.run(sql`select pg_sleep(0.05)`);

/** Starts all of this against a table held still, and lets go once each waits: they meet for sure, and not by chance. */
export async function meeting<T>(table: string, ...works: (() => Promise<T>)[]): Promise<T[]> {
	let going: Promise<T>[] = [];
	await Promise.all(works.flatMap(() => [asSystem('test', nothing), read(visitor, nothing)]));
	await asSystem('test', async (tx) => {
		await tx.run(sql`lock table ${sql.ref(table)} in share mode`);
		going = works.map((work) => work());
		for (const one of going) one.catch(() => {});
		for (let n = 0, asked = 0; n < works.length; asked++) {
			n = await waitersIn(tx);
			await setImmediate();
			if (asked > 1000) throw new Error(`only ${n} of ${works.length} wait for ${table}`);
		}
	});
	return Promise.all(going);
}
