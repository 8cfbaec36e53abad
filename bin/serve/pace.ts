import type { IncomingMessage } from 'node:http';

export interface Pace {
	/** How often it is looked at, in milliseconds. */
	every: number;
	/** Bytes that have to come in between. */
	least: number;
}

/**
 * What is sent may take its time on a weak network, as long as it goes on: a photo from the countryside takes a minute. One that
 * hardly comes holds a connection for nothing, and is cut.
 */
export function keepPace(request: IncomingMessage, { every, least }: Pace): void {
	const { socket, headers } = request;
	if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return;
	let before = socket.bytesRead;
	const watch = setInterval(() => {
		if (request.complete) return clearInterval(watch);
		if (socket.bytesRead - before < least) socket.destroy();
		before = socket.bytesRead;
	}, every).unref();
	request.once('close', () => clearInterval(watch));
}
