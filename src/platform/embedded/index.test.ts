import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import postgres from 'postgres';
import { afterAll, expect, test } from 'vitest';
import { migrate } from '../migrate.ts';
import { type Embedded, startEmbedded } from './index.ts';
import { findPostmaster } from './postmaster.ts';

const folders: string[] = [];
const started: Embedded[] = [];

function newFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'coopol-embedded-'));
	folders.push(folder);
	return folder;
}

async function start(dataFolder: string, throwAway = true, keep = false): Promise<Embedded> {
	const database = await startEmbedded({ dataFolder, throwAway, keep });
	started.push(database);
	return database;
}

const pidOn = (folder: string) => findPostmaster(join(folder, 'cluster'))?.pid;

async function ask(database: Embedded, query: string): Promise<unknown> {
	const sql = postgres(database.url, { max: 1 });
	try {
		return Object.values((await sql.unsafe(query))[0] ?? {})[0];
	} finally {
		await sql.end();
	}
}

/** As the app asks: with the library it uses. */
async function asked(url: string, query: string): Promise<unknown[]> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		return (await client.query(query)).rows;
	} finally {
		await client.end();
	}
}

/** Another program that starts the database; it answers whether it adopted it, then waits to be killed. */
async function startElsewhere(folder: string) {
	const child = fork(join(import.meta.dirname, 'elsewhere.fixture.ts'), [folder], { execArgv: [] });
	const [{ adopted }] = (await once(child, 'message')) as [{ adopted: boolean }];
	const kill = async () => {
		child.kill('SIGKILL');
		await once(child, 'exit');
	};
	return { adopted, kill };
}

afterAll(async () => {
	for (const database of started) await database.stop();
	for (const folder of folders) rmSync(folder, { recursive: true });
});

test('starts, keeps what was written, and ends', async () => {
	const folder = newFolder();
	const first = await start(folder);
	await ask(first, 'create table kept as select 42 as answer');
	await first.stop();
	expect(pidOn(folder)).toBeUndefined();

	const second = await start(folder);
	expect(second.adopted).toBe(false);
	expect(await ask(second, 'select answer from kept')).toBe(42);
	await second.stop();
});

test('letters and sorting are those of Unicode on every machine, and the password is ours alone', async () => {
	const folder = newFolder();
	const database = await start(folder);
	expect(await ask(database, `select upper('été')`)).toBe('ÉTÉ');
	expect(await ask(database, 'show server_encoding')).toBe('UTF8');
	expect(statSync(join(folder, 'password')).mode & 0o777).toBe(0o600);
	await expect(
		ask({ ...database, url: database.url.replace(/:[^:]+@/, ':wrong@') }, 'select 1'),
	).rejects.toThrow('password');
	await database.stop();
});

test('the roles of the app go through its socket, where their password is asked all the same', async () => {
	const folder = newFolder();
	const database = await start(folder);
	const { appUrl, systemUrl } = await migrate(database.url, {
		secretsFolder: folder,
		sockets: database.sockets,
	});
	for (const url of [appUrl, systemUrl]) {
		// By the network, PostgreSQL would know the address of who asks.
		expect(await asked(url, 'select inet_client_addr() as address')).toEqual([{ address: null }]);
		await expect(asked(url.replace(/:[^:]+@/, ':wrong@'), 'select 1')).rejects.toThrow('password');
	}
	await database.stop();
});

test('a folder with a long name has no socket: the network serves', async () => {
	const folder = join(newFolder(), 'a-folder-with-a-long-name'.repeat(4));
	const database = await start(folder);
	expect(database.sockets).toBeUndefined();
	const { appUrl } = await migrate(database.url, { secretsFolder: folder, sockets: database.sockets });
	expect(await asked(appUrl, 'select host(inet_client_addr()) as address')).toEqual([
		{ address: '127.0.0.1' },
	]);
	await database.stop();
});

test('who joins leaves it running; the last to leave ends it', async () => {
	const folder = newFolder();
	const [server, tool] = [await start(folder), await start(folder)];
	expect([server.adopted, tool.adopted]).toEqual([false, true]);
	await tool.stop();
	expect(await ask(server, 'select 1')).toBe(1);
	await server.stop();
	expect(pidOn(folder)).toBeUndefined();
});

test('a program killed without warning leaves its database to the next one', async () => {
	const folder = newFolder();
	const killed = await startElsewhere(folder);
	const pid = pidOn(folder);
	await killed.kill();
	const next = await start(folder);
	expect([next.adopted, pidOn(folder)]).toEqual([true, pid]);
	await next.stop();
	expect(pidOn(folder)).toBeUndefined();
});

test('a database killed without warning starts again with what was committed', async () => {
	const folder = newFolder();
	const first = await start(folder, false);
	await ask(first, 'create table kept as select 7 as answer');
	process.kill(pidOn(folder) as number, 'SIGKILL');
	await expect.poll(() => pidOn(folder)).toBeUndefined();
	const second = await start(folder, false);
	expect(second.adopted).toBe(false);
	expect(await ask(second, 'select answer from kept')).toBe(7);
});

test('a database that is watched comes back on its port when it is killed', async () => {
	const folder = newFolder();
	const watched = await start(folder, false, true);
	await ask(watched, 'create table kept as select 7 as answer');
	const killed = pidOn(folder) as number;
	process.kill(killed, 'SIGKILL');
	await expect.poll(() => pidOn(folder) ?? killed, { timeout: 15_000 }).not.toBe(killed);
	await expect
		.poll(() => ask(watched, 'select answer from kept').catch(() => null), { timeout: 15_000 })
		.toBe(7);
	await watched.stop();
	expect(pidOn(folder)).toBeUndefined();
});

test('two programs that start at once share one database', async () => {
	const folder = newFolder();
	const both = await Promise.all([startElsewhere(folder), startElsewhere(folder)]);
	expect(both.map((one) => one.adopted).toSorted()).toEqual([false, true]);
	await Promise.all(both.map((one) => one.kill()));
	await start(folder);
});
