import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSegments, SEGMENT, sealedSize, sealSegments, segmentsFor } from './segments.ts';

const key = randomBytes(32);
const sealed = (bytes: Buffer) => Buffer.concat([...sealSegments(key, bytes)]);
const whole = SEGMENT + 16;

async function* inChunks(bytes: Buffer, step = 10_007): AsyncGenerator<Buffer> {
	for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
}
const open = (bytes: Buffer, size: number, first = 0, by = key) =>
	buffer(openSegments(by, size, inChunks(bytes), first));
const refused = (work: Promise<unknown>) => expect(work).rejects.toMatchObject({ code: 'broken' });

describe('sealed bytes', () => {
	it('come back as they were, whatever their length', async () => {
		const lengths = [0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT, 3 * SEGMENT + 5];
		for (const length of lengths) {
			const bytes = randomBytes(length);
			expect(sealed(bytes)).toHaveLength(sealedSize(length));
			expect((await open(sealed(bytes), length)).equals(bytes)).toBe(true);
		}
	});

	it('give a part from the segments that hold it alone', async () => {
		const bytes = randomBytes(3 * SEGMENT + 5);
		const kept = sealed(bytes);
		await fc.assert(
			fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(bytes.length - 1), async (one, other) => {
				const [start, end] = [Math.min(one, other), Math.max(one, other)];
				const held = segmentsFor(bytes.length, { start, end });
				const opened = await open(kept.subarray(held.start, held.end + 1), bytes.length, held.first);
				const from = start - held.first * SEGMENT;
				expect(opened.subarray(from, from + end - start + 1).equals(bytes.subarray(start, end + 1))).toBe(
					true,
				);
			}),
			{ numRuns: 40 },
		);
	});

	it('tell nothing of what they hold', () => {
		const kept = sealed(Buffer.from('Un mot secret. '.repeat(10_000)));
		expect(kept.includes('secret')).toBe(false);
		expect(kept.subarray(0, SEGMENT).equals(kept.subarray(whole, whole + SEGMENT))).toBe(false);
	});
});

describe('what was touched is refused', () => {
	const bytes = randomBytes(3 * SEGMENT + 5);
	const kept = sealed(bytes);
	const segment = (n: number) => kept.subarray(n * whole, (n + 1) * whole);

	it('cut, at a segment or within one', async () => {
		await refused(open(kept.subarray(0, kept.length - 1), bytes.length));
		// As long as the row was cut too, the last segment that stays was not the last.
		await refused(open(kept.subarray(0, 2 * whole), 2 * SEGMENT));
		await refused(open(kept.subarray(0, 3 * whole), 3 * SEGMENT));
	});

	it('with two segments swapped, one repeated, one added', async () => {
		await refused(open(Buffer.concat([segment(1), segment(0), segment(2), segment(3)]), bytes.length));
		await refused(open(Buffer.concat([segment(0), segment(0), segment(2), segment(3)]), bytes.length));
		await refused(open(Buffer.concat([kept, segment(0)]), bytes.length));
	});

	it('with one bit changed anywhere, or opened by another key', async () => {
		for (const at of [0, SEGMENT, whole + 3, kept.length - 1]) {
			const touched = Buffer.from(kept);
			touched[at]! ^= 1;
			await refused(open(touched, bytes.length));
		}
		await refused(open(kept, bytes.length, 0, randomBytes(32)));
	});
});
