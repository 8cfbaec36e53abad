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
	{ method, path, headers, body }: Wire,
): Promise<Answer & { location: string }> {
	const { hostname, port } = new URL(origin);
	const from = performance.now();
	return new Promise((resolve) => {
		const over = (status: number, text: string, location = '') =>
			resolve({ status, ms: performance.now() - from, text, location });
		const asked = request(
			{ agent, hostname, port, method, path, headers: sized(headers, body), timeout: patience },
			(response) => {
				const { statusCode = 0, headers: got } = response;
				if (String(got['content-type']).includes('event-stream')) {
					over(statusCode, '');
					return response.destroy();
				}
				const pieces: Buffer[] = [];
				response.on('data', (piece: Buffer) => pieces.push(piece));
				response.on('end', () => over(statusCode, Buffer.concat(pieces).toString(), got.location ?? ''));
				response.on('error', (error) => over(0, error.message));
				return undefined;
			},
		);
		asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
		asked.on('error', (error) => over(0, error.message));
		asked.end(body ?? undefined);
	});
}

// Node would send a body without length in pieces; a browser always says how long it is.
const sized = (headers: Wire['headers'], body: Buffer | null) =>
	body && !headers['transfer-encoding'] ? { ...headers, 'content-length': String(body.length) } : headers;
