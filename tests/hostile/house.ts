import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { buildPages } from '#bin/bench/scene.ts';
import { root } from '#bin/sources.ts';
import { publishAs } from '#domains/feed/index.ts';
import { createSession } from '#domains/people/index.ts';
import { asSystem, closeDatabase } from '#platform/db.ts';
import { startEmbedded } from '#platform/embedded/index.ts';
import { openQueues, stopWorkers } from '#platform/jobs.ts';
import { migrate } from '#platform/migrate.ts';
import { gatherParty, idOf } from '#tests/party.ts';
import { Writers, writerIds } from './writers.ts';
import '#registry.ts';

/** A whole installation in a folder of its own, started and killed as an operator's would be. */
export interface House {
	origin: string;
	owner: postgres.Sql;
	writers: Writers;
	/** The folder of its PostgreSQL. */
	cluster: string;
	start(): Promise<void>;
	/** Ends the program as a power cut would; waits until it is gone. */
	kill(): Promise<void>;
	isAlive(): boolean;
	said(): string;
	close(): Promise<void>;
}

/** Sets up an installation with the cast in it. Its database is a real one: what is committed is on the disk. */
export async function foundHouse(): Promise<House> {
	buildPages();
	const data = mkdtempSync(join(tmpdir(), 'coopol-house-'));
	writeFileSync(join(data, 'mode'), 'demo\n');
	const folder = join(data, 'database');
	const embedded = await startEmbedded({ dataFolder: folder });
	const writers = await furnish(embedded.url, join(data, 'secrets'));
	const owner = postgres(embedded.url, { max: 2, onnotice: () => {}, idle_timeout: 1 });
	const port = await freePort();
	const origin = `http://127.0.0.1:${port}`;
	// Nobody is slowed down here: only what is written is looked at.
	const forget = setInterval(() => owner`delete from platform.bucket`.catch(() => {}), 200);
	const program = programOn(data, port);
	return {
		...program,
		origin,
		owner,
		writers,
		cluster: join(folder, 'cluster'),
		close: async () => {
			clearInterval(forget);
			await writers.stop();
			await program.kill();
			await owner.end({ timeout: 1 });
			await embedded.stop();
			rmSync(data, { recursive: true, force: true });
		},
	};
}

/** `npm start`, as often as it is started again. */
function programOn(data: string, port: number): Pick<House, 'start' | 'kill' | 'isAlive' | 'said'> {
	const words = ['--disable-warning=ExperimentalWarning', join(root, 'bin/start.ts')];
	let program: ChildProcess | undefined;
	let said = '';
	const note = (piece: Buffer) => {
		said = (said + piece.toString()).slice(-50_000);
	};
	const isAlive = () => program?.exitCode === null && program.signalCode === null;
	return {
		isAlive,
		said: () => said,
		start: async () => {
			program = spawn(process.execPath, words, {
				env: environment(data, port),
				stdio: ['ignore', 'pipe', 'pipe'],
			});
			program.stderr!.on('data', note);
			await opened(program, note, () => said);
		},
		kill: async () => {
			if (!isAlive()) return;
			program!.kill('SIGKILL');
			await once(program!, 'exit');
		},
	};
}

function opened(program: ChildProcess, note: (piece: Buffer) => void, said: () => string): Promise<void> {
	return new Promise((resolve, reject) => {
		program.stdout!.on('data', (piece: Buffer) => {
			note(piece);
			if (piece.includes('Ready in')) resolve();
		});
		program.once('exit', () => reject(new Error(`the house did not open:\n${said()}`)));
	});
}

/** The cast, their sessions, and a post to comment on. */
async function furnish(url: string, secretsFolder: string): Promise<Writers> {
	const { appUrl, systemUrl } = await migrate(url, { secretsFolder });
	Object.assign(process.env, { COOPOL_APP_URL: appUrl, COOPOL_SYSTEM_URL: systemUrl, COOPOL_OWNER_URL: url });
	await openQueues();
	await gatherParty();
	const made = await asSystem('demo', async (tx) => ({
		secrets: await inTurn(writerIds, async (id) => (await createSession(tx, id, 'ledger')).secret),
		postId: await publishAs(tx, {
			authorId: idOf('odile'),
			asUnitId: null,
			unitId: idOf('villebrume'),
			audience: 'network',
			text: 'On en parle ?',
			at: new Date(Date.now() - 3_600_000),
		}),
	}));
	await stopWorkers();
	await closeDatabase();
	return new Writers(made.secrets, made.postId);
}

async function inTurn<In, Out>(list: readonly In[], work: (one: In) => Promise<Out>): Promise<Out[]> {
	const done: Out[] = [];
	for (const one of list) done.push(await work(one));
	return done;
}

function environment(data: string, port: number): NodeJS.ProcessEnv {
	const {
		DATABASE_URL: _1,
		COOPOL_APP_URL: _2,
		COOPOL_SYSTEM_URL: _3,
		COOPOL_OWNER_URL: _4,
		VITEST: _5,
		...env
	} = process.env;
	return {
		...env,
		COOPOL_DATA: data,
		PORT: String(port),
		HOST: '127.0.0.1',
		NODE_ENV: 'production',
		COOPOL_POOL: '8',
	};
}

async function freePort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const { port } = probe.address() as AddressInfo;
	probe.close();
	await once(probe, 'close');
	return port;
}
