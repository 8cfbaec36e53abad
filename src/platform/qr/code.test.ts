import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { qrCode } from './code.ts';
import { qrPicture } from './picture.ts';

const rowsOf = (text: string) => qrCode(text).map((row) => row.map((dark) => (dark ? '#' : '.')).join(''));

// Drawn by an independent program; 218 texts of every length were also read back by an independent reader.
const known = [
	'#######...##..#######',
	'#.....#..####.#.....#',
	'#.###.#.###...#.###.#',
	'#.###.#.###...#.###.#',
	'#.###.#.#####.#.###.#',
	'#.....#.##..#.#.....#',
	'#######.#.#.#.#######',
	'........#.###........',
	'#.#####..##.#.#####..',
	'....##.#..#.#..#.#..#',
	'#.###.#.####.#..##.#.',
	'####...#.......######',
	'#.#.#####..#.#..#....',
	'........#.######.#..#',
	'#######...#.#.##.#.#.',
	'#.....#.#..#####.##.#',
	'#.###.#.###.#...##.#.',
	'#.###.#.#...#..##.#..',
	'#.###.#.####.#....#..',
	'#.....#.........###..',
	'#######.#..#.#..#..#.',
];

test('a short text is drawn as other programs draw it', () => expect(rowsOf('coopol')).toEqual(known));

test.each([
	['x'.repeat(100), 41, '79076e2d3a0990aedc4dc4a532e4f530c86574936f0e6cf6514e896957b96bf9'],
	['é'.repeat(106), 57, 'a65fdc7db0d7a004b831f21386e81d8153e0ea2354da2e3b4707e4d2cd1a9446'],
])('so is a longer one, in several blocks (%#)', (text, size, hash) => {
	const rows = rowsOf(text);
	expect(rows).toHaveLength(size);
	expect(createHash('sha256').update(rows.join('\n')).digest('hex')).toBe(hash);
});

test('a text that does not fit is refused', () => expect(() => qrCode('x'.repeat(214))).toThrow(RangeError));

test('the picture has a name and a margin', () => {
	const picture = qrPicture('coopol', 'Code <à lire>');
	expect(picture).toContain('aria-label="Code &#60;à lire&#62;"');
	expect(picture).toContain('viewBox="0 0 29 29"');
});
