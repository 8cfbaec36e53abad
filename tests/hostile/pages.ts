import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPages } from '#bin/bench/scene.ts';
import { root } from '#bin/sources.ts';

/** The built pages in a process of their own, on the database of this test. */
export interface Pages {
	origin: string;
	/** What it said on its error stream: the traces of its own bugs. */
	said(): string;
	isAlive(): boolean;
	stop(): Promise<void>;
}

/** Starts them; builds first when the build is not of these sources. */
export async function openPages(): Promise<Pages> {
	buildPages();
	const files = mkdtempSync(join(tmpdir(), 'coopol-hostile-'));
	const env = {
		...process.env,
		COOPOL_DATA: files,
		COOPOL_FILES: files,
		COOPOL_MODE: 'demo',
		NODE_ENV: 'production',
		COOPOL_POOL: '8',
	};
	const child: ChildProcess = fork(join(root, 'bin/bench/server.ts'), ['pages'], {
		env,
		execArgv: ['--disable-warning=ExperimentalWarning'],
		stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
	});
	let said = '';
	child.stderr!.on('data', (piece: Buffer) => {
		said = (said + piece.toString()).slice(-200_000);
	});
	const died = once(child, 'exit').then(() => Promise.reject(new Error(`the pages did not open:\n${said}`)));
	died.catch(() => {});
	const [{ port }] = (await Promise.race([once(child, 'message'), died])) as [{ port: number }];
	return {
		origin: `http://127.0.0.1:${port}`,
		said: () => said,
		isAlive: () => child.exitCode === null && child.signalCode === null,
		stop: async () => {
			if (child.exitCode === null && child.signalCode === null) {
				child.disconnect();
				await once(child, 'exit');
			}
			rmSync(files, { recursive: true, force: true });
		},
	};
}
