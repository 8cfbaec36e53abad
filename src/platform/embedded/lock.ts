import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Runs `work` while no other process of this machine works on the same folder. The lock is a listening
 * socket, so the system frees it when its holder dies, however it dies. Waits at most 60 s.
 */
export async function alone<T>(folder: string, work: () => Promise<T>): Promise<T> {
	const lock = await take(nameOf(folder), Date.now() + 60_000);
	try {
		return await work();
	} finally {
		await new Promise((done) => lock.close(done));
	}
}

async function take(name: string, deadline: number): Promise<Server> {
	for (;;) {
		const lock = await listen(name);
		if (lock) return lock;
		if (Date.now() > deadline)
			throw new Error('Another process has been starting this database for a minute.');
		if (isFile(name) && (await isDead(name))) rmSync(name, { force: true });
		await pause(20);
	}
}

function listen(name: string): Promise<Server | undefined> {
	return new Promise((resolve, reject) => {
		const server = createServer((socket) => socket.destroy());
		server.once('error', (error: NodeJS.ErrnoException) =>
			error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
		);
		server.listen(name, () => resolve(server));
	});
}

// Linux and Windows have names that are no files; elsewhere a dead holder leaves its file behind.
function nameOf(folder: string): string {
	const name = `coopol-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
	if (process.platform === 'linux') return `\0${name}`;
	return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name);
}

const isFile = (name: string) => !name.startsWith('\0') && !name.startsWith('\\');

function isDead(name: string): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(name, () => resolve(false));
		socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'));
		socket.once('close', () => resolve(false));
	});
}
