import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { closeDatabase } from '#platform/db.ts';
import { startEmbedded } from '#platform/embedded/index.ts';
import { migrate } from '#platform/migrate.ts';
import { isBuilt, root } from '../sources.ts';

/** A database of one's own for a measure: migrated, empty, thrown away after. */
export async function withDatabase<T>(work: (owner: postgres.Sql) => Promise<T>): Promise<T> {
	const folder = mkdtempSync(join(tmpdir(), 'coopol-bench-'));
	process.env.COOPOL_DATA = folder;
	const embedded = await startEmbedded({ dataFolder: join(folder, 'database'), throwAway: true });
	const owner = postgres(embedded.url, { max: 1, onnotice: () => {} });
	try {
		const { appUrl, systemUrl } = await migrate(embedded.url, {
			secretsFolder: folder,
			sockets: embedded.sockets,
		});
		Object.assign(process.env, {
			COOPOL_APP_URL: appUrl,
			COOPOL_SYSTEM_URL: systemUrl,
			COOPOL_OWNER_URL: embedded.url,
		});
		return await work(owner);
	} finally {
		await owner.end();
		await closeDatabase();
		await embedded.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Builds the pages when they are not. */
export function buildPages(): void {
	if (isBuilt()) return;
	const { status, stderr } = spawnSync(process.execPath, [join(root, 'bin/build.ts')], { encoding: 'utf8' });
	if (status !== 0) throw new Error(`the build failed:\n${stderr}`);
}

/** A running server and the processor time it took. */
export interface Running {
	url: string;
	/** To ask it for something else than pages. */
	child: ChildProcess;
	/** Seconds of processor since it started. */
	cpuSeconds(): Promise<number>;
	stop(): Promise<void>;
}

/** Starts the built pages (or a bare "hello") in a process of their own. */
export async function runServer(kind: 'pages' | 'hello'): Promise<Running> {
	const child: ChildProcess = fork(join(import.meta.dirname, 'server.ts'), [kind], {
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
	const died = once(child, 'exit').then(() => Promise.reject(new Error('the measured server stopped')));
	died.catch(() => {});
	const [{ port }] = (await Promise.race([once(child, 'message'), died])) as [{ port: number }];
	return {
		url: `http://127.0.0.1:${port}`,
		child,
		cpuSeconds: async () => {
			child.send('cpu');
			const [{ user, system }] = (await once(child, 'message')) as [NodeJS.CpuUsage];
			return (user + system) / 1e6;
		},
		stop: async () => {
			child.disconnect();
			await once(child, 'exit');
		},
	};
}
