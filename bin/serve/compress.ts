import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';

type Coding = 'br' | 'gzip';
type Squeeze = ReturnType<typeof createBrotliCompress> | ReturnType<typeof createGzip>;

// Event streams are left alone: each line must leave at once, and they live for hours.
const squeezable = /^(text\/(?!event-stream)|image\/svg|application\/([\w.-]+\+)?(json|xml|javascript)\b)/;
const smallest = 1000;

/** Compresses what pages answer, as it streams. Call it before anything is written to `response`. */
export function compress(request: IncomingMessage, response: ServerResponse): void {
	const coding = chooseCoding(String(request.headers['accept-encoding'] ?? ''));
	if (!coding || request.method === 'HEAD') return;
	const plain = { writeHead: response.writeHead, write: response.write, end: response.end };
	let squeeze: Squeeze | undefined;

	response.writeHead = ((status: number, ...rest: (string | OutgoingHttpHeaders)[]) => {
		for (const [name, value] of Object.entries(Object(rest.at(-1) ?? {}) as OutgoingHttpHeaders)) {
			if (typeof rest.at(-1) === 'object') response.setHeader(name, value ?? '');
		}
		if (isWorthIt(status, response)) squeeze = attach(coding, response, plain);
		return plain.writeHead.call(response, status);
	}) as typeof response.writeHead;

	response.write = ((chunk: Uint8Array, ...rest: [BufferEncoding]) => {
		if (!response.headersSent) response.writeHead(response.statusCode);
		return squeeze ? squeeze.write(chunk, ...rest) : plain.write.call(response, chunk, ...rest);
	}) as typeof response.write;

	response.end = ((chunk?: Uint8Array, ...rest: [BufferEncoding]) => {
		if (!response.headersSent) response.writeHead(response.statusCode);
		return squeeze ? squeeze.end(chunk, ...rest) : plain.end.call(response, chunk, ...rest);
	}) as unknown as typeof response.end;
}

/** The coding a browser prefers among those worth our time; nothing when it wants neither. */
export function chooseCoding(accepted: string): Coding | undefined {
	const refused = /\b(br|gzip)\s*;\s*q=0(\.0*)?\s*(,|$)/g;
	const left = accepted.replace(refused, '');
	return /\bbr\b/.test(left) ? 'br' : /\bgzip\b/.test(left) ? 'gzip' : undefined;
}

function isWorthIt(status: number, response: ServerResponse): boolean {
	if (status < 200 || [204, 206, 304].includes(status) || response.hasHeader('content-encoding'))
		return false;
	const length = response.getHeader('content-length');
	if (length !== undefined && Number(length) < smallest) return false;
	if (String(response.getHeader('cache-control') ?? '').includes('no-transform')) return false;
	return squeezable.test(String(response.getHeader('content-type') ?? ''));
}

type Plain = Pick<ServerResponse, 'write' | 'end'>;

function attach(coding: Coding, response: ServerResponse, plain: Plain): Squeeze {
	// A known length means the whole page is there; without it, what is written must reach the reader now.
	const squeeze = startSqueeze(coding, !response.hasHeader('content-length'));
	response.removeHeader('content-length');
	response.setHeader('content-encoding', coding);
	response.appendHeader('vary', 'Accept-Encoding');
	weakenTag(response);
	squeeze.on('data', (chunk) => {
		if (!plain.write.call(response, chunk, 'buffer' as BufferEncoding)) squeeze.pause();
	});
	squeeze.on('end', () => plain.end.call(response, undefined, 'buffer' as BufferEncoding));
	squeeze.on('drain', () => response.emit('drain'));
	squeeze.on('error', (error) => response.destroy(error));
	response.on('drain', () => squeeze.resume());
	response.on('close', () => squeeze.destroy());
	return squeeze;
}

// Little effort on purpose: pages are made for each reader, so their compression is paid at each reading.
function startSqueeze(coding: Coding, flushes: boolean): Squeeze {
	if (coding === 'gzip') return createGzip({ level: 5, flush: flushes ? constants.Z_SYNC_FLUSH : undefined });
	return createBrotliCompress({
		flush: flushes ? constants.BROTLI_OPERATION_FLUSH : constants.BROTLI_OPERATION_PROCESS,
		params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 18 },
	});
}

function weakenTag(response: ServerResponse): void {
	const tag = response.getHeader('etag');
	if (typeof tag === 'string' && !tag.startsWith('W/')) response.setHeader('etag', `W/${tag}`);
}
