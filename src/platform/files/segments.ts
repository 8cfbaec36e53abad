import { createCipheriv, createDecipheriv } from 'node:crypto';
import { FileProblem, refuseIf } from './problem.ts';

/** Plain bytes in each segment but the last, and what sealing adds to each. */
export const SEGMENT = 64 * 1024;
const TAG = 16;
const CIPHER = 'aes-256-gcm';

/** How many segments so many plain bytes make; an empty file has one. */
const segmentsOf = (size: number) => Math.max(1, Math.ceil(size / SEGMENT));
/** Bytes on disk of so many plain bytes. */
export const sealedSize = (size: number): number => size + segmentsOf(size) * TAG;

/** Where a segment stands: its number, and whether it is the last. Said in the nonce and authenticated with the segment. */
function placeOf(number: number, isLast: boolean): Buffer {
	const place = Buffer.alloc(12);
	place.writeUInt32BE(number, 7);
	place[11] = isLast ? 1 : 0;
	return place;
}

/**
 * Seals bytes segment by segment, so that a part can be opened without the rest: the STREAM construction (Hoang, Reyhanitabar,
 * Rogaway, Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", CRYPTO 2015) over AES-256-GCM. A segment
 * opens only in its place, and only the last one as the last: what is cut, swapped or added is refused. The key is random and
 * seals one content alone, so that no nonce comes twice under it.
 */
export function* sealSegments(key: Buffer, content: Uint8Array): Generator<Buffer> {
	const count = segmentsOf(content.byteLength);
	for (let number = 0; number < count; number++) {
		const place = placeOf(number, number === count - 1);
		const cipher = createCipheriv(CIPHER, key, place).setAAD(place);
		yield cipher.update(content.subarray(number * SEGMENT, (number + 1) * SEGMENT));
		cipher.final();
		yield cipher.getAuthTag();
	}
}

/** Plain bytes, first and last included. */
export interface Part {
	start: number;
	end: number;
}

/** Bytes on disk that hold this part, first and last included, and the number of the first segment. */
export function segmentsFor(size: number, { start, end }: Part): Part & { first: number } {
	const first = Math.floor(start / SEGMENT);
	const last = Math.floor(end / SEGMENT);
	const whole = SEGMENT + TAG;
	return { first, start: first * whole, end: Math.min((last + 1) * whole, sealedSize(size)) - 1 };
}

/**
 * Opens what `sealSegments` made, of `size` plain bytes: the segments that come, the first being number `first`. Throws FileProblem
 * `broken` when one was altered, moved or cut, before any byte of it is given.
 */
export async function* openSegments(
	key: Buffer,
	size: number,
	sealed: AsyncIterable<Uint8Array>,
	first = 0,
): AsyncGenerator<Buffer> {
	const count = segmentsOf(size);
	let number = first;
	for await (const segment of pieces(sealed)) {
		refuseIf(number >= count, 'broken');
		yield openSegment(key, placeOf(number, number === count - 1), segment);
		number++;
	}
}

function openSegment(key: Buffer, place: Buffer, segment: Buffer): Buffer {
	refuseIf(segment.length < TAG, 'broken');
	try {
		const decipher = createDecipheriv(CIPHER, key, place, { authTagLength: TAG }).setAAD(place);
		decipher.setAuthTag(segment.subarray(segment.length - TAG));
		return Buffer.concat([decipher.update(segment.subarray(0, -TAG)), decipher.final()]);
	} catch {
		throw new FileProblem('broken');
	}
}

/** The same bytes, in pieces of one sealed segment each; the last may be shorter. */
async function* pieces(from: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
	const whole = SEGMENT + TAG;
	let held: Buffer = Buffer.alloc(0);
	for await (const chunk of from) {
		held = Buffer.concat([held, chunk]);
		for (; held.length >= whole; held = held.subarray(whole)) yield held.subarray(0, whole);
	}
	if (held.length) yield held;
}
