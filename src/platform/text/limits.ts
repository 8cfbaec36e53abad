/**
 * The guard before `JSON.parse`: a small body may still freeze the process (two million brackets cost two seconds)
 * or say two things at once (duplicate keys read differently by two programs).
 */

export const JSON_LIMITS = { bytes: 256 * 1024, depth: 32, digits: 40 } as const;

export type JsonProblemCode =
	| 'too_large'
	| 'too_deep'
	| 'duplicate_key'
	| 'forbidden_key'
	| 'bad_number'
	| 'malformed';

/** Why a JSON body was refused. `code` is also the wording key. */
export class JsonProblem extends Error {
	readonly code: JsonProblemCode;
	constructor(code: JsonProblemCode) {
		super(`json refused: ${code}`);
		this.name = 'JsonProblem';
		this.code = code;
	}
}

/** Keys that change what an object is when a careless merge copies them. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The value of a JSON body of `most` bytes at most. Throws {@link JsonProblem}; size, depth and keys are judged before anything
 * is built.
 */
export function parseJson(body: string | Uint8Array, most: number = JSON_LIMITS.bytes): unknown {
	const bytes = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
	if (bytes > most) throw new JsonProblem('too_large');
	try {
		const text = typeof body === 'string' ? body : utf8.decode(body);
		inspect(text);
		return JSON.parse(text, refuseSigns);
	} catch (problem) {
		throw problem instanceof JsonProblem ? problem : new JsonProblem('malformed');
	}
}

/**
 * Strings, numbers and structure, in reading order; JSON.parse judges the grammar afterwards. An unfinished string runs
 * to the end (`|$`): trying again from each of its quotes would cost the square of its length.
 */
const PIECE = /"[^"\\]*(?:\\.[^"\\]*)*(?:"(\s*:)?|\\?$)|-?\d[\d.eE+-]*|[{}[\]]/gs;

/** One entry per open bracket: the keys seen so far in an object, nothing in a list. */
type Open = (Set<string> | undefined)[];

function inspect(text: string): void {
	const open: Open = [];
	for (const [piece, colon] of text.matchAll(PIECE)) {
		if (/^[{}[\]]/.test(piece)) enterOrLeave(piece, open);
		else if (colon !== undefined) checkKey(piece.slice(0, -colon.length), open.at(-1));
		else if (!piece.startsWith('"')) checkNumber(piece);
	}
}

function enterOrLeave(bracket: string, open: Open): void {
	if (bracket === '}' || bracket === ']') open.pop();
	else if (open.push(bracket === '{' ? new Set() : undefined) > JSON_LIMITS.depth)
		throw new JsonProblem('too_deep');
}

function checkKey(quoted: string, seen: Set<string> | undefined): void {
	const key = String(JSON.parse(quoted));
	if (FORBIDDEN.has(key)) throw new JsonProblem('forbidden_key');
	if (seen?.has(key)) throw new JsonProblem('duplicate_key');
	seen?.add(key);
}

// No database keeps them, and half a pair is no text at all.
function refuseSigns(key: string, value: unknown): unknown {
	for (const text of [key, value])
		if (typeof text === 'string' && (text.includes('\0') || !text.isWellFormed()))
			throw new JsonProblem('malformed');
	return value;
}

function checkNumber(digits: string): void {
	if (digits.length > JSON_LIMITS.digits || !Number.isFinite(Number(digits)))
		throw new JsonProblem('bad_number');
}
