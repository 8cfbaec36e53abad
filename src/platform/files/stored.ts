import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { seal, unseal } from '../seal.ts';
import { folderStore } from './folder-store.ts';
import { refuseIf } from './problem.ts';
import { openSegments, type Part, SEGMENT, sealedSize, sealSegments, segmentsFor } from './segments.ts';
import type { FileStore } from './storage.ts';

let opened: { root: string; store: FileStore } | undefined;

/** Where the bytes of this installation are. */
export function store(): FileStore {
	const root = resolve(process.env.COOPOL_FILES ?? join(process.env.COOPOL_DATA ?? '.coopol', 'files'));
	if (opened?.root !== root) opened = { root, store: folderStore(root) };
	return opened.store;
}

/** Bytes that were stored, as `platform.rendition` says it: their plain length, and the sealed key of those kept sealed. */
export interface StoredBytes {
	storedId: string;
	bytes: number;
	sealedKey: string | null;
}

const use = (storedId: string) => `file ${storedId}`;
const keyOf = ({ storedId, sealedKey }: StoredBytes) =>
	Buffer.from(unseal(use(storedId), sealedKey!), 'base64url');

/** Stores bytes, `sealed` by a key of their own or as they are. Throws FileProblem past `max` bytes. */
export async function putBytes(content: Uint8Array, max: number, sealed: boolean): Promise<StoredBytes> {
	if (!sealed) {
		const { id, size } = await store().put(content, max);
		return { storedId: id, bytes: size, sealedKey: null };
	}
	refuseIf(content.byteLength > max, 'too_large');
	const key = randomBytes(32);
	const { id } = await store().put(Readable.from(sealSegments(key, content)), sealedSize(max));
	return { storedId: id, bytes: content.byteLength, sealedKey: seal(use(id), key.toString('base64url')) };
}

/**
 * The bytes as they were given, whole or a part. Throws FileProblem `missing`, and `broken` when what is kept is not as long as it
 * must be; a segment that was altered breaks the stream before any byte of it.
 */
export async function getBytes(stored: StoredBytes, part?: Part): Promise<Readable> {
	const { storedId, bytes, sealedKey } = stored;
	if (!sealedKey) return store().get(storedId, part);
	refuseIf((await store().size(storedId)) !== sealedSize(bytes), 'broken');
	const wanted = part ?? { start: 0, end: Math.max(0, bytes - 1) };
	const { first, start, end } = segmentsFor(bytes, wanted);
	const from = await store().get(storedId, { start, end });
	const open = openSegments(keyOf(stored), bytes, from, first);
	const length = bytes ? wanted.end - wanted.start + 1 : 0;
	return Readable.from(cut(open, wanted.start - first * SEGMENT, length), { objectMode: false });
}

/** So many bytes, after those that come before them in the first segment. */
async function* cut(
	segments: AsyncIterable<Buffer>,
	skipped: number,
	length: number,
): AsyncGenerator<Buffer> {
	let [from, left] = [skipped, length];
	for await (const segment of segments) {
		const piece = segment.subarray(from, from + left);
		from = 0;
		left -= piece.length;
		if (piece.length) yield piece;
	}
}
