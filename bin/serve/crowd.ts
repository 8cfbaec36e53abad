import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export type CrowdLimits = {
	/** Open connections of one address. A congress hall may share one. */
	perAddress: number;
	/** Among them, those that have asked nothing yet: the weapon of slow attacks. */
	silentPerAddress: number;
};

type Count = { open: number; silent: number };

/** Closes the connections of an address above its limits. Other addresses notice nothing. */
export function limitCrowd(server: Server, limits: CrowdLimits): void {
	const counts = new Map<string, Count>();
	const silent = new WeakSet<Socket>();

	server.on('connection', (socket) => {
		const address = socket.remoteAddress ?? '';
		const count = counts.get(address) ?? { open: 0, silent: 0 };
		if (count.open >= limits.perAddress || count.silent >= limits.silentPerAddress) {
			socket.destroy();
			return;
		}
		count.open += 1;
		count.silent += 1;
		silent.add(socket);
		counts.set(address, count);
		socket.once('close', () => {
			count.open -= 1;
			if (silent.has(socket)) count.silent -= 1;
			if (count.open === 0) counts.delete(address);
		});
	});

	server.on('request', ({ socket }) => {
		const count = counts.get(socket.remoteAddress ?? '');
		if (count && silent.delete(socket)) count.silent -= 1;
	});
}
