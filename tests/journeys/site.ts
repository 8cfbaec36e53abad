import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '#bin/sources.ts';

const patience = 120_000;

/** A running Coopol, as `npm start` gives it: its address, its data folder, and how to end it. */
export type Site = {
	address: string;
	folder: string;
	/** What it wrote as errors. */
	complaints: string[];
	stop: () => Promise<void>;
};

/**
 * Vitest calls this once per run: the demonstration, and an organisation that nobody has founded yet, each the real program
 * on a data folder of its own. `COOPOL_SITE` (and `COOPOL_NEW_SITE`) name sites that already run, while one writes a story.
 */
export default async function prepare(): Promise<() => Promise<void>> {
	const sites: Site[] = [];
	let model: string | undefined;
	if (!process.env.COOPOL_SITE) {
		await build();
		model = await loadModel();
		const [demo, fresh] = await Promise.all([start(), start(['--new'])]);
		sites.push(demo, fresh);
		Object.assign(process.env, { COOPOL_SITE: demo.address, COOPOL_NEW_SITE: fresh.address });
	}
	return async () => {
		await Promise.all(sites.map((site) => site.stop()));
		if (model) rmSync(model, { recursive: true, force: true });
	};
}

/** Loads the demonstration once, by its command; each site of a story begins with a copy of it. */
async function loadModel(): Promise<string> {
	const model = mkdtempSync(join(tmpdir(), 'coopol-model-'));
	await done('The demonstration was not loaded', ['bin/coopol.ts', 'demo'], { COOPOL_DATA: model });
	process.env.COOPOL_MODEL = model;
	return model;
}

/** Starts the program on a fresh folder and waits until it says that it is ready; `settings` of its port are added; throws with what it printed if it does not. */
export async function start(
	words: string[] = [],
	settings: (port: number) => Record<string, string> = () => ({}),
): Promise<Site> {
	const folder = mkdtempSync(join(tmpdir(), 'coopol-journey-'));
	// As it is: the database belongs to an account of its own where we are the system's.
	if (!words.includes('--new') && process.env.COOPOL_MODEL)
		spawnSync('cp', ['-a', `${process.env.COOPOL_MODEL}/.`, folder]);
	const port = await freePort();
	const child = run(['bin/start.ts', ...words], {
		COOPOL_DATA: folder,
		PORT: String(port),
		NODE_ENV: 'production',
		// Everybody in a story comes from an address of their own (see `someone`).
		COOPOL_PROXIES: '1',
		...settings(port),
	});
	const ended = once(child, 'exit');
	const stop = async () => {
		child.kill('SIGTERM');
		await ended;
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		const complaints: string[] = [];
		child.stderr.on('data', (piece) => complaints.push(String(piece)));
		return { address: await readyAddress(child), folder, complaints, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** The address after "Ready in … :", with the key of the first page when nobody has founded the organisation. */
async function readyAddress(child: ReturnType<typeof run>): Promise<string> {
	const printed: string[] = [];
	child.stderr.on('data', (piece) => {
		printed.push(String(piece));
		// What a story only sees as a 500 has its cause here.
		process.stderr.write(piece);
	});
	const late = setTimeout(() => child.kill(), patience);
	for await (const line of createInterface(child.stdout)) {
		printed.push(line);
		const found = line.match(/^Ready in [^:]+: (http\S+)$/)?.[1];
		if (!found) continue;
		clearTimeout(late);
		child.stdout.resume();
		return found;
	}
	clearTimeout(late);
	throw new Error(`The program did not start:\n${printed.join('\n')}`);
}

const build = () => done('The build failed', ['bin/build.ts'], {});

/** Runs a program to its end. Throws with what it printed if it fails. */
async function done(otherwise: string, words: string[], env: Record<string, string>): Promise<void> {
	const child = run(words, env);
	const printed: string[] = [];
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (piece) => printed.push(String(piece)));
	const [code] = await once(child, 'exit');
	if (code !== 0) throw new Error(`${otherwise}:\n${printed.join('')}`);
}

// Vitest's own variables would change what the program does: it must start as it starts for everybody.
function run(words: string[], env: Record<string, string>) {
	const own = { ...process.env };
	for (const name of ['NODE_ENV', 'VITEST', 'TEST', 'DATABASE_URL', 'HOST']) delete own[name];
	return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...words], {
		cwd: root,
		env: { ...own, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
}

async function freePort(): Promise<number> {
	const probe = createServer();
	probe.listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const { port } = probe.address() as { port: number };
	probe.close();
	return port;
}
