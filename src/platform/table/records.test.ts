import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode, detectEncoding } from './encoding.ts';
import { recordBatches } from './records.ts';

const line = fc.array(fc.stringMatching(/^[aé";\n ]{0,6}$/), { minLength: 1, maxLength: 4 });

test('where the file is cut loses no letter, whatever the quotes', () => {
	fc.assert(
		fc.property(fc.array(line, { maxLength: 30 }), fc.integer({ min: 1, max: 40 }), (lines, size) => {
			const text = lines.map((cells) => cells.join(';')).join('\n');
			const pieces: string[] = [];
			for (let at = 0; at < text.length; at += size) pieces.push(text.slice(at, at + size));
			const cut = [...recordBatches(pieces, ';', 3)].flat();
			expect(lettersOf(cut.flatMap(({ cells }) => cells).join(''))).toBe(lettersOf(text));
		}),
		{ numRuns: 500 },
	);
});

function lettersOf(text: string): number {
	return text.split(/[aé]/).length;
}

test('where the bytes are cut changes nothing to the text', () => {
	fc.assert(
		fc.property(
			fc.string({ unit: 'binary' }).filter((text) => !text.includes('\ufeff')),
			fc.constantFrom('utf8' as const, 'utf16le' as const),
			fc.integer({ min: 1, max: 9 }),
			(text, encoding, slice) => {
				const bytes = Buffer.from(`\ufeff${text}`, encoding);
				const decoded = [...decode(bytes, detectEncoding(bytes), slice)].join('');
				expect(decoded).toBe(text.replace(/\r\n?/g, '\n'));
			},
		),
	);
});

test('a quote that nothing closes does not hold the lines back until the end', () => {
	const pieces = Array.from({ length: 100 }, () => 'Valmorin;Villebrume\n'.repeat(1000));
	let batches = 0;
	for (const records of recordBatches(['"Valmorin;Gué\n', ...pieces], ';', 2)) {
		batches++;
		if (records.length > 0) break;
	}
	expect(batches).toBeLessThan(30);
});

test('an end of line cut in two is one end of line', () => {
	const bytes = Buffer.from('a\r\nb\r\n');
	expect([...decode(bytes, detectEncoding(bytes), 2)].join('')).toBe('a\nb\n');
});
