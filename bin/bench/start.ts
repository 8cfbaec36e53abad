// `npm start` from an empty data folder, then again: until the address answers, and what it weighs at rest.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findPostmaster } from '#platform/embedded/postmaster.ts';
import { root } from '../sources.ts';
import type { Measured, Options } from './index.ts';
import { quantile, rounded } from './load.ts';
import { buildPages } from './scene.ts';

const again = 5;
const restMs = 5000;

/** The first start (database made, migrated, demonstration loaded; packages installed and pages built before), then the next ones. */
export async function measure({ say }: Options): Promise<Measured> {
	buildPages();
	const data = mkdtempSync(join(tmpdir(), 'coopol-bench-start-'));
	try {
		say('first start');
		const first = await startOnce(data, restMs);
		const next: Started[] = [];
		for (let n = 1; n <= again; n++) {
			say(`start ${n + 1}`);
			next.push(await startOnce(data, n === again ? restMs : 0));
		}
		const ms = next.map((one) => one.ms);
		return {
			rows: [
				{ start: 'first', ms: first.ms, ...first.weight },
				{
					start: 'second',
					ms: rounded(quantile(ms, 0.5), 0),
					fastest: Math.min(...ms),
					slowest: Math.max(...ms),
					...next.at(-1)!.weight,
				},
			],
			raw: { bareNode: rounded(await bareNode(), 0) },
		};
	} finally {
		rmSync(data, { recursive: true, force: true });
	}
}

interface Started {
	ms: number;
	weight: { programMb: number; databaseMb: number; totalMb: number };
}

async function startOnce(data: string, rest: number): Promise<Started> {
	const { DATABASE_URL: _, ...env } = process.env;
	const from = performance.now();
	const child = spawn(
		process.execPath,
		['--disable-warning=ExperimentalWarning', join(root, 'bin/start.ts')],
		{
			env: { ...env, COOPOL_DATA: data, PORT: '3987', HOST: '127.0.0.1' },
			stdio: ['ignore', 'pipe', 'inherit'],
		},
	);
	await ready(child);
	const ms = Math.round(performance.now() - from);
	await pause(rest);
	const weight = weigh(child.pid!, join(data, 'database/cluster'));
	child.kill('SIGTERM');
	await once(child, 'exit');
	return { ms, weight };
}

function ready(child: ChildProcess): Promise<void> {
	return new Promise((resolve, reject) => {
		child.stdout!.on('data', (piece: Buffer) => piece.includes('Ready in') && resolve());
		child.once('exit', () => reject(new Error('it did not start')));
	});
}

/** Memory of the program and of its PostgreSQL, in MB; what several processes share is counted once. */
function weigh(pid: number, cluster: string): Started['weight'] {
	const parent = findPostmaster(cluster)!.pid;
	const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8')
		.trim()
		.split(' ')
		.map(Number);
	const programMb = ownMb(pid);
	const databaseMb = [parent, ...children].reduce((sum, one) => sum + ownMb(one), 0);
	return {
		programMb: rounded(programMb, 0),
		databaseMb: rounded(databaseMb, 0),
		totalMb: rounded(programMb + databaseMb, 0),
	};
}

const ownMb = (pid: number) =>
	Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;

/** The limit of the machine now: a Node that does nothing. */
async function bareNode(): Promise<number> {
	const from = performance.now();
	await once(spawn(process.execPath, ['-e', '0']), 'exit');
	return performance.now() - from;
}
