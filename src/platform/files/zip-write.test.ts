import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readZip } from './zip.ts';
import { type Packed, zipOf } from './zip-write.ts';

const bytesOf = async (files: Packed[]) => Buffer.concat(await Array.fromAsync(zipOf(files)));

test('what was packed is read again by our strict reader, whole and in order', () =>
	fc.assert(
		fc.asyncProperty(
			fc.uniqueArray(fc.stringMatching(/^[a-zé0-9][a-zé0-9 -]{0,20}$/), { minLength: 1, maxLength: 5 }),
			fc.uint8Array({ maxLength: 300 }),
			async (names, bytes) => {
				const files = names.map((path, n) => ({ path, content: Buffer.from(bytes.slice(n)) }));
				const found = readZip(await bytesOf(files));
				expect(found.map(({ name, packed }) => ({ path: name, content: Buffer.from(packed) }))).toEqual(
					files,
				);
			},
		),
	));
