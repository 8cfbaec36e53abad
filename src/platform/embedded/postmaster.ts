import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** What PostgreSQL writes about itself in `postmaster.pid`. */
export type Postmaster = {
	pid: number;
	port: number;
	state: string;
	/** The folder of its socket; empty when it has none. */
	sockets: string;
};

export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** The PostgreSQL that runs on this cluster, or nothing when its note was left by one that died. */
export function findPostmaster(cluster: string): Postmaster | undefined {
	let lines: string[];
	try {
		lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
	} catch {
		return undefined;
	}
	const pid = Number(lines[0]);
	if (!(pid > 0) || !isPostgres(pid)) return undefined;
	return {
		pid,
		port: Number(lines[3]),
		state: (lines[7] ?? '').trim(),
		sockets: (lines[4] ?? '').trim(),
	};
}

/** Waits until it accepts connections. Answers nothing when it ended instead, or when `hasEnded` says so. */
export async function untilReady(
	cluster: string,
	hasEnded: () => boolean = () => !findPostmaster(cluster),
): Promise<Postmaster | undefined> {
	while (!hasEnded()) {
		const found = findPostmaster(cluster);
		if (found?.state === 'ready' && (await answers(found.port))) return found;
		await pause(5);
	}
	return undefined;
}

function answers(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => resolve(true));
		socket.once('error', () => resolve(false));
		socket.once('connect', () => socket.destroy());
	});
}

/** Asks it to end, open connections included, and waits for it. */
export async function end(pid: number): Promise<void> {
	try {
		process.kill(pid, 'SIGINT');
	} catch {
		return;
	}
	while (isPostgres(pid)) await pause(5);
}

// A process number comes back after a restart of the machine or of a container: look at who wears it.
function isPostgres(pid: number): boolean {
	if (!isAlive(pid)) return false;
	try {
		return /^postgres.*\) [^ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^\d+ \(/, ''));
	} catch {
		return process.platform !== 'linux';
	}
}
