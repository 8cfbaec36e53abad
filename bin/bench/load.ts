import { Agent, get, type IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';

/** The value under which a share of the measures are; `share` from 0 to 1. */
export function quantile(values: number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Milliseconds of each of `times` runs, after some that do not count. */
export async function timed(
	times: number,
	work: () => Promise<unknown>,
	warmUp = Math.min(50, times),
): Promise<number[]> {
	for (let n = 0; n < warmUp; n++) await work();
	const taken: number[] = [];
	for (let n = 0; n < times; n++) {
		const from = performance.now();
		await work();
		taken.push(performance.now() - from);
	}
	return taken;
}

export const rounded = (value: number, digits = 2) => Number(value.toFixed(digits));

/** What asking a page many times gave. */
export interface Asked {
	ms: number[];
	bytes: number;
	bytesGz: number;
}

/** Asks one address `times` times, `together` at once, on kept connections. Throws on any answer but 200. */
export async function ask(
	url: string,
	times: number,
	together: number,
	headers: Record<string, string> = {},
): Promise<Asked> {
	const agent = new Agent({ keepAlive: true, maxSockets: together });
	const ms: number[] = [];
	let last = Buffer.alloc(0);
	let left = times;
	const askAlone = async () => {
		while (left-- > 0) {
			const from = performance.now();
			last = await one(url, agent, headers);
			ms.push(performance.now() - from);
		}
	};
	await Promise.all(Array.from({ length: together }, askAlone));
	agent.destroy();
	return { ms, bytes: last.length, bytesGz: gzipSync(last).length };
}

function one(url: string, agent: Agent, headers: Record<string, string>): Promise<Buffer<ArrayBuffer>> {
	return new Promise((resolve, reject) => {
		get(url, { agent, headers }, (response: IncomingMessage) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () =>
				response.statusCode === 200
					? resolve(Buffer.concat(chunks))
					: reject(new Error(`${url} answered ${response.statusCode}`)),
			);
			response.on('error', reject);
		}).on('error', reject);
	});
}
