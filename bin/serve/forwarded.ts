import type { IncomingMessage } from 'node:http';

// Names only we write, read by SvelteKit's server (see `adapterSettings`). What a visitor sends under them is replaced.
const names = { protocol: 'x-coopol-protocol', host: 'x-coopol-host', address: 'x-coopol-address' } as const;

export type Standing = {
	/** Public address of the site, `https://coopol.example`; without it, the Host header is believed. */
	origin?: URL | undefined;
	/** Public address of the uploads' host, when they have one: the only other name that is believed. */
	files?: URL | undefined;
	/** How many proxies of ours stand in front and append to `x-forwarded-for`. */
	proxies: number;
};

/** Reads `COOPOL_ORIGIN`, `COOPOL_FILES_URL` and `COOPOL_PROXIES`. Throws when an address is none. */
export function readStanding(env = process.env): Standing {
	const origin = env.COOPOL_ORIGIN ? new URL(env.COOPOL_ORIGIN) : undefined;
	const files = env.COOPOL_FILES_URL ? new URL(env.COOPOL_FILES_URL) : undefined;
	return { origin, files, proxies: Number(env.COOPOL_PROXIES ?? 0) };
}

/** Environment by which adapter-node reads our headers; set it before importing its handler. */
export const adapterSettings = {
	PROTOCOL_HEADER: names.protocol,
	HOST_HEADER: names.host,
	ADDRESS_HEADER: names.address,
	// Four photos and a document; routes that take no file refuse far less (src/platform/http/body.ts).
	BODY_SIZE_LIMIT: '64M',
};

/** Writes from where, to which site and over what a request came, for what SvelteKit checks of forms. */
export function stateOrigin(request: IncomingMessage, standing: Standing): void {
	const { headers } = request;
	const { proxies } = standing;
	const origin = isForFiles(request, standing) ? standing.files : standing.origin;
	const forwarded =
		proxies > 0
			? String(headers['x-forwarded-proto'] ?? '')
					.split(',')
					.at(-1)
					?.trim()
			: undefined;
	headers[names.protocol] = origin?.protocol.slice(0, -1) ?? (forwarded === 'https' ? 'https' : 'http');
	headers[names.host] = origin?.host ?? headers.host ?? 'localhost';
	headers[names.address] = addressOf(request, proxies);
	// A mail program that unsubscribes (RFC 8058) has no page to come from; the word in the address is all its right.
	if (request.method === 'POST' && request.url?.startsWith('/desabonnement/') && !headers.cookie) {
		headers.origin ??= `${headers[names.protocol]}://${headers[names.host]}`;
	}
}

/** Whether a request came to the uploads' host. */
export const isForFiles = ({ headers }: IncomingMessage, { files }: Standing): boolean =>
	files !== undefined && headers.host?.toLowerCase() === files.host;

/** The visitor's address: what the outermost of our proxies saw, never what the visitor pretends. */
export function addressOf(request: IncomingMessage, proxies: number): string {
	const direct = request.socket.remoteAddress ?? '';
	if (proxies === 0) return direct;
	const seen = String(request.headers['x-forwarded-for'] ?? '').split(',');
	return seen.at(-proxies)?.trim() || direct;
}
