import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Account } from './account.ts';
import { program } from './binaries.ts';
import { asAccount } from './cluster.ts';
import { findPostmaster, type Postmaster, untilReady } from './postmaster.ts';

type Launch = {
	folder: string;
	binaries: string;
	account: Account;
	throwAway: boolean;
	/** The port it had before; otherwise a free one. */
	port?: number;
};

// For a small machine. `jit` costs more than it gives on short queries.
const settings = {
	listen_addresses: '127.0.0.1',
	shared_buffers: '128MB',
	max_connections: '60',
	jit: 'off',
	log_statement: 'none',
	log_min_duration_statement: '-1',
	wal_compression: 'pglz',
	max_wal_size: '512MB',
	max_logical_replication_workers: '0',
	random_page_cost: '1.1',
};

const hurry = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_wal_size: '2GB' };

/**
 * Starts PostgreSQL on a prepared cluster and waits until it answers. Tries again for a few seconds: after a
 * `kill -9` the old processes may still hold its memory, and the port may be taken between choice and use.
 */
export async function launch(given: Launch): Promise<Postmaster> {
	const cluster = join(given.folder, 'cluster');
	const log = join(given.folder, 'postgres.log');
	// What is left by one that died: PostgreSQL alone would refuse if its number is worn by another program.
	if (!findPostmaster(cluster)) rmSync(join(cluster, 'postmaster.pid'), { force: true });
	for (let tries = 0; tries < 8; tries += 1) {
		const ready = await tryLaunch(given, cluster, log, given.port ?? (await freePort()));
		if (ready) return ready;
		if (!isPassing(readFileSync(log, 'utf8'))) break;
		await pause(50 * 2 ** tries);
	}
	throw new Error(`PostgreSQL did not start. The end of ${log}:\n${readFileSync(log, 'utf8').slice(-2000)}`);
}

const isPassing = (log: string) => /already in use|still in use|could not bind|already exists/.test(log);

async function tryLaunch(given: Launch, cluster: string, log: string, port: number) {
	const { uid, gid } = given.account;
	const words = ['-D', cluster, '-p', String(port), ...options({ ...settings, ...sockets(cluster) })];
	if (given.throwAway) words.push(...options(hurry));
	const out = openSync(log, 'w', 0o600);
	// In its own group: Ctrl-C in a terminal must let the server finish before its database does.
	const child = spawn(...asAccount(given.account, program(given.binaries, 'postgres'), words), {
		uid,
		gid,
		cwd: '/',
		detached: true,
		stdio: ['ignore', out, out],
	});
	closeSync(out);
	child.once('error', () => {});
	child.unref();
	return untilReady(cluster, () => child.exitCode !== null || child.signalCode !== null || !child.pid);
}

// The system allows about a hundred bytes for the name of a socket.
function sockets(cluster: string): Record<string, string> {
	const usable = process.platform !== 'win32' && Buffer.byteLength(cluster) < 80;
	return { unix_socket_directories: usable ? cluster : '' };
}

function options(values: Record<string, string>): string[] {
	return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer().once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as AddressInfo;
			probe.close(() => resolve(port));
		});
	});
}
