import { Agent, request } from 'node:http';
import type { Answer } from './verdict.ts';

/** A request as it goes on the wire, whatever a browser would think of it. */
export interface Wire {
	method: string;
	path: string;
	headers: Record<string, string>;
	body: Buffer | null;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
const patience = 30_000;

/** Sends it and waits for the whole answer. A live stream is left as soon as it opens. A closed connection is status 0. */
export function send(
	origin: string,
	wire: Wire,
	through = agent,
): Promise<Answer & { location: string; cookies: string[] }> {
	const { method, path, headers, body } = wire;
	const { hostname, port } = new URL(origin);
	const from = performance.now();
	return new Promise((resolve) => {
		const over = (status: number, text: string, location = '', cookies: string[] = []) =>
			resolve({ status, ms: performance.now() - from, text, location, cookies });
		const asked = request(
			{ agent: through, hostname, port, method, path, headers: sized(headers, body), timeout: patience },
			(response) => {
				const { statusCode = 0, headers: got } = response;
				if (String(got['content-type']).includes('event-stream')) {
					over(statusCode, '');
					return response.destroy();
				}
				const pieces: Buffer[] = [];
				response.on('data', (piece: Buffer) => pieces.push(piece));
				response.on('end', () =>
					over(statusCode, Buffer.concat(pieces).toString(), got.location, got['set-cookie']),
				);
				response.on('error', (error) => over(0, error.message));
				return undefined;
			},
		);
		asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
		asked.on('error', (error: NodeJS.ErrnoException) => {
			// A kept connection that the server was closing: a browser asks again on another one, and so do we.
			if (asked.reusedSocket && error.code === 'ECONNRESET') resolve(send(origin, wire, new Agent()));
			else over(0, error.message);
		});
		asked.end(body ?? undefined);
	});
}

// Node would send a body without length in pieces; a browser always says how long it is.
const sized = (headers: Wire['headers'], body: Buffer | null) =>
	body && !headers['transfer-encoding'] ? { ...headers, 'content-length': String(body.length) } : headers;
