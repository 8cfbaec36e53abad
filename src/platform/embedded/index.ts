import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { chooseAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { prepareCluster, readPassword, superuser } from './cluster.ts';
import { keepAlive } from './keep.ts';
import { launch } from './launch.ts';
import { alone } from './lock.ts';
import { enter, isOccupied } from './occupants.ts';
import { end, findPostmaster, type Postmaster, untilReady } from './postmaster.ts';

export type Embedded = {
	/** `postgres://…` of the superuser, over 127.0.0.1. */
	url: string;
	/** The folder of its socket, where the system has them: half the price of a packet over 127.0.0.1. */
	sockets?: string;
	/** True when a PostgreSQL already ran on this folder: another process's, or one that outlived its own. */
	adopted: boolean;
	/** Says this process is done. PostgreSQL ends with the last living process that uses it. */
	stop(): Promise<void>;
};

export type EmbeddedOptions = {
	dataFolder: string;
	/** For tests: much faster writes; a crash may lose the last commits, or the whole cluster. */
	throwAway?: boolean;
	/** Starts it again, on the same port, when it is killed: for the program that serves. */
	keep?: boolean;
};

/**
 * Starts the PostgreSQL that npm installed, or joins the one that runs on the folder. Several processes may
 * call it at once: one starts, the others join. Throws with the end of PostgreSQL's own log when it fails.
 */
export async function startEmbedded({
	dataFolder,
	throwAway = false,
	keep = false,
}: EmbeddedOptions): Promise<Embedded> {
	mkdirSync(dataFolder, { recursive: true, mode: 0o711 });
	const folder = realpathSync(dataFolder);
	const cluster = join(folder, 'cluster');
	return alone(folder, async () => {
		const running = await findRunning(cluster);
		const { port, sockets } = running ?? (await startHere(folder, throwAway));
		const leave = enter(folder);
		const again = () =>
			alone(folder, async () => (await findRunning(cluster)) ?? startHere(folder, throwAway, port));
		const unwatch = keep ? keepAlive(cluster, again) : () => {};
		return {
			url: `postgres://${superuser}:${readPassword(folder)}@127.0.0.1:${port}/postgres`,
			...(sockets && { sockets }),
			adopted: Boolean(running),
			stop: () => {
				unwatch();
				return alone(folder, () => leaveAndEnd(folder, leave));
			},
		};
	});
}

// One that is starting is waited for; one that is stopping is waited for too, then replaced.
async function findRunning(cluster: string): Promise<Postmaster | undefined> {
	return existsSync(cluster) ? untilReady(cluster) : undefined;
}

async function startHere(folder: string, throwAway: boolean, port?: number): Promise<Postmaster> {
	const binaries = findBinaries();
	const account = chooseAccount(binaries, folder);
	await prepareCluster(folder, binaries, account, throwAway);
	return launch({ folder, binaries, account, throwAway, ...(port && { port }) });
}

async function leaveAndEnd(folder: string, leave: () => void): Promise<void> {
	leave();
	const running = findPostmaster(join(folder, 'cluster'));
	if (running && !isOccupied(folder)) await end(running.pid);
}
