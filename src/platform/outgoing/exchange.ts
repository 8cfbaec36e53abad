import http from 'node:http';
import https from 'node:https';
import { OutgoingProblem } from './problem.ts';
import type { Target } from './target.ts';

export type Sent = { method: string; headers: Record<string, string>; body: Buffer | undefined };
export type Received = { status: number; headers: Record<string, string>; body: Buffer };

/** Where to connect for a checked target. Only tests change it, to lead a public address to a local server. */
export type Dial = (target: Target) => { host: string; port: number };
export const dialDirect: Dial = ({ address, port }) => ({ host: address, port });

/** One request and its answer, no redirect followed. Throws OutgoingProblem; stops at `max` bytes or when aborted. */
export function exchange(
	target: Target,
	sent: Sent,
	{ max, signal, dial }: { max: number; signal: AbortSignal; dial: Dial },
) {
	return new Promise<Received>((resolve, reject) => {
		const secure = target.url.protocol === 'https:';
		const request = (secure ? https : http).request({
			...dial(target),
			method: sent.method,
			path: target.url.pathname + target.url.search,
			headers: { ...sent.headers, host: target.url.host, 'accept-encoding': 'identity', connection: 'close' },
			...(secure && { servername: serverName(target), minVersion: 'TLSv1.2' as const }),
			agent: false,
			maxHeaderSize: 16_384,
			signal,
		});
		const fail = (problem: unknown) => reject(asProblem(problem, signal));
		request.on('error', fail);
		request.on(
			'response',
			(response) =>
				void read(response, max)
					.then(resolve, fail)
					.finally(() => request.destroy()),
		);
		request.end(sent.body);
	});
}

/** A certificate is checked against the name asked for, not the address reached. IP addresses have no SNI. */
function serverName({ url, address }: Target): string {
	return url.hostname.includes(address) ? '' : url.hostname;
}

async function read(response: http.IncomingMessage, max: number): Promise<Received> {
	const encoding = response.headers['content-encoding'] ?? 'identity';
	if (encoding !== 'identity') throw new OutgoingProblem('unknown_encoding');
	const pieces: Buffer[] = [];
	let size = 0;
	for await (const piece of response as AsyncIterable<Buffer>) {
		size += piece.byteLength;
		if (size > max) throw new OutgoingProblem('too_large');
		pieces.push(piece);
	}
	if (!response.complete) throw new OutgoingProblem('unreachable');
	const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
	return {
		status: response.statusCode ?? 0,
		headers: Object.fromEntries(headers),
		body: Buffer.concat(pieces),
	};
}

function asProblem(problem: unknown, signal: AbortSignal): OutgoingProblem {
	if (problem instanceof OutgoingProblem) return problem;
	return new OutgoingProblem(signal.aborted ? 'too_slow' : 'unreachable');
}
