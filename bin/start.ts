// `npm start`: from a fresh clone to a page, or from a stopped server to a running one. `-- --new`: no demo.
import { spawn } from 'node:child_process';
import { type EventEmitter, once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { asOwner } from '#platform/owner.ts';
import { bringUpToDate, chooseMode, type Database, dataFolder, openDatabase } from './database.ts';
import { readFlags } from './flags.ts';
import { adapterSettings, readStanding } from './serve/forwarded.ts';
import { type Answer, type Serving, serve } from './serve/index.ts';
import { keepToThisComputer, setupPath } from './setup.ts';
import { buildName, isBuilt, root } from './sources.ts';
import { since, step } from './steps.ts';

const { values: asked } = readFlags(
	`Usage: npm start -- [--new]
  --new  a real organisation, founded by the page whose address is printed; without it, the demonstration
PORT, COOPOL_DATA (folder of data) and DATABASE_URL (a database server of yours) are read from the environment: docs/guides/host-it.md`,
	{ new: { type: 'boolean', default: false } },
);
const began = performance.now();
const port = Number(process.env.PORT ?? 3000);
let host = process.env.HOST ?? '0.0.0.0';
const grace = 10_000;

process.chdir(root);
process.env.NODE_ENV ??= 'production';

try {
	await start();
} catch (error) {
	console.error(error instanceof Error ? explain(error) : error);
	process.exit(1);
}

async function start(): Promise<void> {
	await refuseTakenPort();
	const mode = chooseMode(asked.new);
	process.env.COOPOL_MODE = mode;
	process.env.COOPOL_DATA = dataFolder();
	const isAlone = keepToThisComputer(mode);
	if (isAlone) host = '127.0.0.1';
	const built = buildIfNeeded();
	built.catch(() => {});
	const database = await openDatabase();
	let setup: string | null = null;
	await stopOnFailure(database, async () => {
		await built;
		await bringUpToDate(database);
		if (mode === 'demo' && (await isEmpty(database.ownerUrl))) await loadDemo();
		if (mode === 'new') setup = await setupPath(database.ownerUrl);
		const serving = await listen();
		leaveCleanly(serving, database);
	});
	const address = process.env.COOPOL_ORIGIN ?? `http://localhost:${port}`;
	console.log(`\nReady in ${since(began)}: ${address}${setup ?? ''}\n`);
	if (setup)
		console.log('Open this address to found your organisation. Its key works until then: give it to nobody.');
	if (isAlone)
		console.log(
			'Only this computer reaches it. To open it to others: COOPOL_ORIGIN=https://…, behind a TLS proxy.',
		);
}

async function refuseTakenPort(): Promise<void> {
	const probe = createServer();
	probe.listen(port, host);
	await once(probe, 'listening');
	probe.close();
	await once(probe, 'close');
}

async function buildIfNeeded(): Promise<void> {
	if (isBuilt()) return;
	await step('Build', async () => {
		// In a process of its own: the bundler's memory goes with it. What it prints matters only when it fails.
		const words = [...process.execArgv, join(root, 'bin/build.ts')];
		const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
		const [out, err, [code]] = await Promise.all([
			text(child.stdout),
			text(child.stderr),
			once(child, 'exit'),
		]);
		if (/Cannot find package/.test(err))
			throw new Error('What builds the pages is not installed: run npm ci, then the same command again.');
		if (code !== 0) throw new Error(`The build failed:\n${out}${err}`);
	});
}

function isEmpty(ownerUrl: string): Promise<boolean> {
	return asOwner(ownerUrl, async (owner) => {
		const { rows } = await owner.query<{ known: boolean }>(
			`select to_regclass('people.person') is not null as known`,
		);
		if (!rows[0]?.known) return false;
		return (await owner.query('select from people.person limit 1')).rowCount === 0;
	});
}

async function loadDemo(): Promise<void> {
	const { seedDemo } = (await import('#bin/demo.ts')) as { seedDemo: () => Promise<void> };
	await step('Demo', async () => {
		await seedDemo();
		return 'loaded';
	});
}

async function listen(): Promise<Serving> {
	Object.assign(process.env, adapterSettings, { COOPOL_BUILD: buildName() });
	const { handler } = (await import(join(root, 'build/handler.js'))) as { handler: Answer };
	return serve(handler, { port, host, standing: readStanding() });
}

async function stopOnFailure(database: Database, work: () => Promise<void>): Promise<void> {
	try {
		await work();
	} catch (error) {
		await database.stop();
		throw error;
	}
}

/** Answers what was asked, closes the database, then ends; a second signal ends at once. */
function leaveCleanly(serving: Serving, database: Database): void {
	let leaving = 0;
	const leave = async (reason: string) => {
		leaving += 1;
		if (leaving > 2) process.exit(1);
		if (leaving > 1) return;
		const from = performance.now();
		await serving.drain(grace);
		await leaveAll(reason);
		await database.stop();
		console.log(`Stopped in ${since(from)}.`);
		process.exit(0);
	};
	for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => leave(signal));
	// The bootstrap died without a word: nobody could stop us any more.
	process.on('disconnect', () => leave('SIGTERM'));
}

/** What the pages opened (jobs under way, connections) is ended by them, as far as the time given goes. */
async function leaveAll(reason: string): Promise<void> {
	const held: Promise<void>[] = [];
	(process as EventEmitter).emit('sveltekit:shutdown', reason, (work: Promise<void>) => held.push(work));
	await Promise.race([Promise.all(held), setTimeout(grace, undefined, { ref: false })]);
}

function explain(error: Error & { code?: string; address?: string }): string {
	if (error.code === 'EADDRINUSE') {
		return `Port ${port} is already used, perhaps by another Coopol. Choose another: PORT=${port + 1} npm start`;
	}
	if (error.code === 'EACCES' && port < 1024)
		return `Port ${port} is reserved: choose one above 1023 with PORT.`;
	return process.env.COOPOL_TRACE ? (error.stack ?? error.message) : error.message;
}
