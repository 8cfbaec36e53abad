import postgres from 'postgres';
import { beforeAll, expect, test } from 'vitest';
import { guarded, shownToAll } from '#domains/admin/guarded.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { makeActors } from './matrix/actors.ts';
import { putThings } from './matrix/things.ts';
import { idOf } from './party.ts';
import { faultsOf, unlisted } from './rls.fixture.ts';
import { stage } from './stage.ts';

stage();

/** Something in every table that can be filled, so that an empty answer means something. */
beforeAll(async () => {
	await makeActors();
	await putThings();
	await asSystem('matrix', async (tx) => {
		const odile = idOf('odile');
		await tx.run(sql`insert into safety.mute (person_id, muted_id) values (${odile}, ${idOf('fanny')})`);
		await tx.run(sql`insert into people.secret (person_id, password_hash) values (${odile}, 'canary')`);
		await tx.run(sql`insert into people.recovery_code (person_id, hash) values (${odile}, 'canary')`);
		await tx.run(
			sql`insert into people.external_identity (issuer, subject, person_id) values ('canary', 'canary', ${odile})`,
		);
		await tx.run(sql`insert into people.arrival (person_id) values (${odile})`);
		await tx.run(
			sql`insert into people.challenge (id, purpose, hash, expires_at) values (${idOf('challenge')}, 'sign-in', 'canary', now() + interval '1 hour')`,
		);
		await tx.run(
			sql`insert into notices.choice (person_id, category, channel, rhythm) values (${odile}, 'answers', 'app', 'each')`,
		);
		await tx.run(
			sql`insert into notices.quiet (person_id, from_time, until_time) values (${odile}, '22:00', '08:00')`,
		);
		await tx.run(
			sql`insert into notices.round (person_id, day, kind) values (${odile}, current_date, 'daily')`,
		);
		await tx.run(sql`insert into notices.device (id, person_id, session_id, endpoint_key, sealed)
			values (${idOf('device')}, ${odile}, ${idOf('session')}, 'canary', 'canary')`);
		await tx.run(sql`insert into notices.fan (id, by_id, news) values (${idOf('fan')}, ${odile}, '{}')`);
		await tx.run(sql`insert into notices.fan_person (fan_id, person_id) values (${idOf('fan')}, ${odile})`);
		await tx.run(
			sql`insert into platform.mail (id, recipient, kind, message) values (${idOf('mail')}, 'x@rive.example', 'canary', '{}')`,
		);
		await tx.run(sql`insert into platform.export (id, person_id) values (${idOf('export')}, ${odile})`);
		await tx.run(
			sql`insert into platform.unsent (id, person_id, sealed) values (${idOf('unsent')}, ${odile}, 'canary')`,
		);
		await tx.run(sql`insert into platform.erasure (person_id, due_at) values (${odile}, now())`);
		await tx.run(
			sql`insert into imports.known (key, kind, subject_id, hash) values ('canary', 'members', ${odile}, 'canary')`,
		);
		await tx.run(
			sql`insert into imports.import (id, kind, unit_id) values (${idOf('canary import')}, 'members', ${idOf('villebrume')})`,
		);
		await tx.run(
			sql`insert into imports.invited (person_id, import_id) values (${odile}, ${idOf('canary import')})`,
		);
	});
});

async function connected<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
	const open = postgres(url, { max: 1, onnotice: () => {} });
	try {
		return await work(open);
	} finally {
		await open.end();
	}
}
const owner = <T>(work: (sql: postgres.Sql) => Promise<T>) => connected(process.env.COOPOL_OWNER_URL!, work);

test('the database itself keeps every table about somebody', async () => {
	expect(await owner(faultsOf)).toEqual([]);
});

test('a table that names somebody is either kept by the database, or open for a reason that is written down', async () => {
	expect(await owner(unlisted)).toEqual([]);
});

/** Rows of each kept table that a role reads when it says nothing of itself. */
const rowsOf = (url: string, setting = 'select 1') =>
	connected(url, async (session) => {
		await session.unsafe(setting);
		const counts: Record<string, number> = {};
		for (const table of guarded)
			counts[table] = Number(
				(
					await session.unsafe(
						`select count(*)::int as n from ${table} where not (${shownToAll[table] ?? 'false'})`,
					)
				)[0]!.n,
			);
		return counts;
	});
const read = (counts: Record<string, number>) => Object.keys(counts).filter((table) => counts[table]! > 0);

test('a session that does not say who asks reads no row of them, in the app nor as the house', async () => {
	expect(read(await rowsOf(process.env.COOPOL_APP_URL!))).toEqual([]);
	expect(read(await rowsOf(process.env.COOPOL_SYSTEM_URL!))).toEqual([]);
});

test('the house reads them once it said why, so the emptiness above means something', async () => {
	const counts = await rowsOf(process.env.COOPOL_SYSTEM_URL!, "set coopol.purpose = 'matrix'");
	expect(read(counts).length).toBeGreaterThanOrEqual(guarded.length - 8);
});

test('saying a purpose opens nothing to the role of the app', async () => {
	expect(read(await rowsOf(process.env.COOPOL_APP_URL!, "set coopol.purpose = 'matrix'"))).toEqual([]);
});

test('the app cannot empty, reshape nor hand on a table', async () => {
	const tried = await connected(process.env.COOPOL_APP_URL!, (session) =>
		Promise.all(
			[
				'truncate people.contact',
				'alter table people.contact disable row level security',
				'set role coopol_system',
				'drop policy own on people.contact',
			].map((statement) =>
				session.unsafe(statement).then(
					() => statement,
					() => 'refused',
				),
			),
		),
	);
	expect(new Set(tried)).toEqual(new Set(['refused']));
});

/** The catalogue as it would be after a mistake; nothing stays of it. */
const after = (mistake: string) =>
	owner(async (sql) => {
		let faults: string[] = [];
		await sql
			.begin(async (tx) => {
				await tx.unsafe(mistake);
				faults = await faultsOf(tx);
				throw new Error('undo');
			})
			.catch((error: Error) => {
				if (error.message !== 'undo') throw error;
			});
		return faults;
	});

test.each([
	['alter table people.contact no force row level security', 'people.contact does not force it on its owner'],
	['alter table groups.circle disable row level security', 'groups.circle has no row-level security'],
	['alter table events.event disable row level security', 'events.event has no row-level security'],
	[
		'alter table missions.mission no force row level security',
		'missions.mission does not force it on its owner',
	],
	['alter table feed.draft disable row level security', 'feed.draft has no row-level security'],
	[
		'create policy all_of_it on people.session to coopol_app using (true)',
		'people.session: all_of_it lets everything through',
	],
	[
		'create policy written on people.token for insert to coopol_app with check (true)',
		'people.token: written lets everything through',
	],
	[
		'alter view territory.held_power reset (security_invoker)',
		"territory.held_power reads with its owner's rights",
	],
	[
		'create view people.directory as select * from people.contact',
		"people.directory reads with its owner's rights",
	],
	['alter table notices.notice owner to coopol_app', 'notices.notice is owned by a role of the app'],
	['alter role coopol_app bypassrls', 'coopol_app may too much'],
	[
		'alter function groups.mine() reset search_path',
		'groups.mine() acts as its owner without a search path of its own',
	],
])('the check sees: %s', async (mistake, fault) => {
	expect(await after(mistake)).toContain(fault);
});

test('the check sees a new table that names somebody', async () => {
	const found = await owner(async (sql) => {
		let names: string[] = [];
		await sql
			.begin(async (tx) => {
				await tx.unsafe('create table people.secret_friend (person_id uuid, text text)');
				names = await unlisted(tx);
				throw new Error('undo');
			})
			.catch(() => {});
		return names;
	});
	expect(found).toEqual(['people.secret_friend']);
});
