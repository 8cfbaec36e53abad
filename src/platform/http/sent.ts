import type { RequestEvent } from '@sveltejs/kit';
import { plainBodyMax } from './body.ts';
import { isSecret, isWritten } from './written.ts';

/** A form that a page sent and that is refused before any page reads it: its texts. */
export interface Sent {
	type: string;
	body: ArrayBuffer;
}

type Keeping = { sent?: Promise<Sent | null> };

/**
 * What was typed in the form that comes with this request, read once. Files are let go as they come, whatever they weigh.
 * Null when there is no form, when it cannot be read, or when its texts are too long to be given back.
 */
export function sentWith({
	request,
	locals,
}: Pick<RequestEvent, 'request' | 'locals'>): Promise<Sent | null> {
	const keeping = locals as Keeping;
	keeping.sent ??= readSent(request).catch(() => null);
	return keeping.sent;
}

/** Whether somebody wrote something in it, apart from what its page sends of itself. */
export async function hasWords({ type, body }: Sent): Promise<boolean> {
	const form = await new Response(body, { headers: { 'content-type': type } }).formData().catch(() => []);
	return [...form].some(
		([name, value]) => typeof value === 'string' && !isSecret(name) && isWritten(name, value),
	);
}

async function readSent(request: Request): Promise<Sent | null> {
	const type = request.headers.get('content-type') ?? '';
	if (request.method !== 'POST' || !request.body || request.bodyUsed) return null;
	const boundary = /^multipart\/form-data\b.*?\bboundary="?([^\s";]{1,70})/i.exec(type)?.[1];
	if (boundary) return asForm(type, await textsOf(request.body, boundary));
	const isSmall = Number(request.headers.get('content-length') ?? Number.NaN) <= plainBodyMax;
	const isForm = /^application\/x-www-form-urlencoded\b/.test(type);
	return isForm && isSmall ? { type, body: await request.arrayBuffer() } : null;
}

const asForm = (type: string, body: Buffer | null): Sent | null =>
	body && { type, body: new Uint8Array(body).buffer };

const headMax = 16_384;
const headEnd = Buffer.from('\r\n\r\n');
const isFile = (head: Buffer) => /;\s*filename\*?=/i.test(head.toString('latin1'));

/** Where one is in a form that arrives. */
interface Reading {
	mark: Buffer;
	/** What came and is not understood yet. */
	rest: Buffer;
	/** Whether this part holds text; undefined between a mark and the end of the head that follows it. */
	keeps: boolean | undefined;
	kept: Buffer[];
	size: number;
	/** More text came than is given back. */
	isOver: boolean;
}

/** The parts that hold text, as a form of their own. Null when they are too long, or malformed. */
async function textsOf(stream: ReadableStream<Uint8Array>, boundary: string): Promise<Buffer | null> {
	const mark = Buffer.from(`\r\n--${boundary}`);
	// Before the first mark: as if a part that nobody keeps.
	const at: Reading = { mark, rest: Buffer.from('\r\n'), keeps: false, kept: [], size: 0, isOver: false };
	// Read to its end even when there is too much: let go half way, it would take with it the answer that says why.
	for await (const chunk of stream) if (!at.isOver) take(at, chunk);
	return at.kept.length && !at.isOver
		? Buffer.concat([...at.kept, mark, Buffer.from('--\r\n')]).subarray(2)
		: null;
}

function take(at: Reading, chunk: Uint8Array): void {
	at.rest = Buffer.concat([at.rest, chunk]);
	while (goOn(at));
	if (at.keeps === false) at.rest = at.rest.subarray(Math.max(0, at.rest.length - at.mark.length));
	at.isOver = at.rest.length > (at.keeps === undefined ? headMax : plainBodyMax - at.size);
}

/** Understands the next head, or the next part; false when it has not come whole. */
function goOn(at: Reading): boolean {
	const end = at.rest.indexOf(at.keeps === undefined ? headEnd : at.mark);
	if (end < 0) return false;
	if (at.keeps === undefined) at.keeps = !isFile(at.rest.subarray(0, end));
	else endPart(at, end);
	return true;
}

function endPart(at: Reading, end: number): void {
	if (at.keeps) {
		at.kept.push(at.mark, at.rest.subarray(0, end));
		at.size += end;
	}
	at.rest = at.rest.subarray(end + at.mark.length);
	at.keeps = undefined;
}
