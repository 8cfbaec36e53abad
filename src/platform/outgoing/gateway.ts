import { type Dial, dialDirect, exchange, type Received, type Sent } from './exchange.ts';
import { OutgoingProblem } from './problem.ts';
import { checkedTarget, type Resolve, systemResolve } from './target.ts';

/**
 * The only door to the outside: no other file opens an HTTP connection (a check of the build sees to it). It reaches
 * public addresses only, on 80 and 443; every address of a name is checked and the connection goes to the checked one.
 */

export const REDIRECTS_MAX = 3;
export const BYTES_MAX = 1024 * 1024;
export const MILLISECONDS_MAX = 5_000;

export type Ask = {
	method?: 'GET' | 'HEAD' | 'POST';
	headers?: Record<string, string>;
	body?: Uint8Array | string;
	/** Smaller than the 1 MB default when less is expected. */
	maxBytes?: number;
};
export type Answer = Received & { url: string };
export type Gateway = { request(url: string, ask?: Ask): Promise<Answer>; fetch: typeof globalThis.fetch };

/** A gateway. The options exist for tests; the program uses `makeGateway()`. Its `fetch` suits openid-client. */
export function makeGateway(
	options: { resolve?: Resolve; dial?: Dial; milliseconds?: number } = {},
): Gateway {
	const { resolve = systemResolve, dial = dialDirect, milliseconds = MILLISECONDS_MAX } = options;
	const request = async (url: string, ask: Ask = {}): Promise<Answer> => {
		const signal = AbortSignal.timeout(milliseconds);
		return within(signal, follow(url, ask, { resolve, dial, signal }));
	};
	return { request, fetch: fetchThrough(request) };
}

type Means = { resolve: Resolve; dial: Dial; signal: AbortSignal };

async function follow(start: string, ask: Ask, { resolve, dial, signal }: Means): Promise<Answer> {
	const max = Math.min(ask.maxBytes ?? BYTES_MAX, BYTES_MAX);
	let sent = sentFrom(ask);
	let url = start;
	for (let hops = 0; hops <= REDIRECTS_MAX; hops++) {
		const target = await checkedTarget(url, resolve);
		signal.throwIfAborted();
		const received = await exchange(target, sent, { max, signal, dial });
		const next = redirection(received, target.url);
		if (!next || sent.method === 'POST') return { ...received, url: target.url.href };
		if (next.origin !== target.url.origin) sent = { ...sent, headers: { 'user-agent': USER_AGENT } };
		url = next.href;
	}
	throw new OutgoingProblem('too_many_redirects');
}

const USER_AGENT = 'Coopol';

function sentFrom({ method = 'GET', headers = {}, body }: Ask): Sent {
	const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
	const kept = own.filter(
		([name]) => !/^(?:host|connection|accept-encoding|transfer-encoding|content-length)$/.test(name),
	);
	const content = body === undefined ? undefined : Buffer.from(body as string);
	const length: Record<string, string> = content ? { 'content-length': String(content.byteLength) } : {};
	return {
		method,
		headers: { 'user-agent': USER_AGENT, ...Object.fromEntries(kept), ...length },
		body: content,
	};
}

function redirection({ status, headers }: Received, from: URL): URL | undefined {
	if (![301, 302, 303, 307, 308].includes(status) || !headers.location) return undefined;
	const next = URL.parse(headers.location, from.href);
	if (!next) throw new OutgoingProblem('bad_address');
	return next;
}

/** Ends on time even while a name is being resolved, which cannot be aborted. */
async function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
	const late = new Promise<never>((_, reject) => {
		signal.addEventListener('abort', () => reject(new OutgoingProblem('too_slow')), { once: true });
	});
	work.catch(() => undefined);
	return Promise.race([work, late]);
}

function fetchThrough(request: Gateway['request']): typeof globalThis.fetch {
	return async (input, init) => {
		const asked = new Request(input instanceof Request ? input : String(input), init);
		const body = asked.body ? new Uint8Array(await asked.arrayBuffer()) : undefined;
		const method = asked.method as Ask['method'];
		if (!/^(?:GET|HEAD|POST)$/.test(asked.method)) throw new OutgoingProblem('bad_address');
		const ask: Ask = {
			headers: Object.fromEntries(asked.headers),
			...(method && { method }),
			...(body && { body }),
		};
		const { status, headers, body: content } = await request(asked.url, ask);
		const empty = [101, 204, 205, 304].includes(status);
		return new Response(empty ? null : new Uint8Array(content), { status, headers });
	};
}
