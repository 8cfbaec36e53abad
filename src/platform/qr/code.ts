/**
 * QR codes (ISO/IEC 18004), byte mode, correction level M, versions 1 to 10: up to 213 bytes, enough for an address.
 * A code is a square of booleans, true for dark.
 */
import { correction } from './correction.ts';
import { penalty } from './penalty.ts';

/** Per version from 1: correction codewords per block, then data codewords of each block. */
const blocks: readonly (readonly [number, readonly number[]])[] = [
	[10, [16]],
	[16, [28]],
	[26, [44]],
	[18, [32, 32]],
	[24, [43, 43]],
	[16, [27, 27, 27, 27]],
	[18, [31, 31, 31, 31]],
	[22, [38, 38, 39, 39]],
	[22, [36, 36, 36, 37, 37]],
	[26, [43, 43, 43, 43, 44]],
];
const alignments = [
	[],
	[6, 18],
	[6, 22],
	[6, 26],
	[6, 30],
	[6, 34],
	[6, 22, 38],
	[6, 24, 42],
	[6, 26, 46],
	[6, 28, 50],
];
const masks: ((x: number, y: number) => boolean)[] = [
	(x, y) => (x + y) % 2 === 0,
	(_, y) => y % 2 === 0,
	(x) => x % 3 === 0,
	(x, y) => (x + y) % 3 === 0,
	(x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
	(x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
	(x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
	(x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** The code of a text. Throws RangeError when it is too long. */
export function qrCode(text: string): boolean[][] {
	const bytes = Buffer.from(text, 'utf8');
	const version =
		blocks.findIndex(([, data], i) => 4 + (i < 9 ? 8 : 16) + bytes.length * 8 <= sum(data) * 8) + 1;
	if (!version) throw new RangeError('too long for a QR code');
	const words = interleave(version, dataWords(version, bytes));
	const drawn = masks.map((_, mask) => draw(version, words, mask));
	return drawn.reduce((best, one) => (penalty(one) < penalty(best) ? one : best));
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

function dataWords(version: number, bytes: Buffer): number[] {
	const capacity = sum(blocks[version - 1]![1]);
	const length = bytes.length.toString(2).padStart(version < 10 ? 8 : 16, '0');
	let bits = `0100${length}${[...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')}`;
	bits += '0'.repeat(Math.min(4, capacity * 8 - bits.length));
	bits += '0'.repeat((8 - (bits.length % 8)) % 8);
	const words = bits.match(/.{8}/g)!.map((word) => Number.parseInt(word, 2));
	while (words.length < capacity)
		words.push((capacity - words.length) % 2 === (capacity - bits.length / 8) % 2 ? 0xec : 0x11);
	return words;
}

function interleave(version: number, words: number[]): number[] {
	const [extra, sizes] = blocks[version - 1]!;
	const parts = sizes.map((size, i) => words.slice(sum(sizes.slice(0, i)), sum(sizes.slice(0, i)) + size));
	const checks = parts.map((part) => correction(part, extra));
	const longest = Math.max(...sizes);
	const across = (rows: number[][], width: number) =>
		Array.from({ length: width }, (_, i) => rows.flatMap((row) => row[i] ?? [])).flat();
	return [...across(parts, longest), ...across(checks, extra)];
}

function draw(version: number, words: number[], mask: number): boolean[][] {
	const size = version * 4 + 17;
	const dark = Array.from({ length: size }, () => new Array<boolean | undefined>(size).fill(undefined));
	const put = (x: number, y: number, value: boolean) => {
		if (dark[y] && x >= 0 && x < size) dark[y][x] = value;
	};
	drawFinders(size, put);
	for (let i = 8; i < size - 8; i++)
		for (const [x, y] of [
			[i, 6],
			[6, i],
		] as const)
			put(x, y, i % 2 === 0);
	drawAlignments(version, size, put);
	drawFormat(size, mask, put);
	if (version >= 7) drawVersion(version, size, put);
	fill(dark, words, masks[mask]!);
	return dark as boolean[][];
}

type Put = (x: number, y: number, value: boolean) => void;

function drawFinders(size: number, put: Put): void {
	for (const [cx, cy] of [
		[3, 3],
		[size - 4, 3],
		[3, size - 4],
	] as const) {
		for (let dy = -4; dy <= 4; dy++) {
			for (let dx = -4; dx <= 4; dx++) {
				const ring = Math.max(Math.abs(dx), Math.abs(dy));
				put(cx + dx, cy + dy, ring !== 2 && ring !== 4);
			}
		}
	}
}

function drawAlignments(version: number, size: number, put: Put): void {
	const places = alignments[version - 1]!;
	const centres = places.flatMap((x) => places.map((y) => [x, y] as const));
	const isFinder = (x: number, y: number) => [`6 6`, `6 ${size - 7}`, `${size - 7} 6`].includes(`${x} ${y}`);
	for (const [cx, cy] of centres.filter(([x, y]) => !isFinder(x, y))) {
		for (let d = 0; d < 25; d++) {
			const [dx, dy] = [(d % 5) - 2, Math.floor(d / 5) - 2];
			put(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
		}
	}
}

/** Correction level and mask, twice, protected by a BCH code. Level M is 00. */
function drawFormat(size: number, mask: number, put: Put): void {
	const bits = ((mask << 10) | remainder(mask << 10, 0x537, 10)) ^ 0x5412;
	const bit = (i: number) => ((bits >> i) & 1) === 1;
	for (let i = 0; i < 15; i++) {
		const [near, far] = places(i, size);
		put(near[0], near[1], bit(i));
		put(far[0], far[1], bit(i));
	}
	put(8, size - 8, true);
}

/** Where a bit of the format goes: around the first finder, then along the two others, past the timing lines. */
function places(i: number, size: number): readonly [readonly [number, number], readonly [number, number]] {
	if (i < 8)
		return [
			[8, i < 6 ? i : i + 1],
			[size - 1 - i, 8],
		];
	return [
		[i === 8 ? 7 : 14 - i, 8],
		[8, size - 15 + i],
	];
}

function drawVersion(version: number, size: number, put: Put): void {
	const bits = (version << 12) | remainder(version << 12, 0x1f25, 12);
	for (let i = 0; i < 18; i++) {
		const [a, b] = [size - 11 + (i % 3), Math.floor(i / 3)];
		put(a, b, ((bits >> i) & 1) === 1);
		put(b, a, ((bits >> i) & 1) === 1);
	}
}

function remainder(value: number, generator: number, degree: number): number {
	let left = value;
	while (left >>> degree) left ^= generator << (31 - Math.clz32(left) - degree);
	return left;
}

/** Up and down in columns of two, from the right, past the timing column. */
function* path(size: number): Generator<readonly [number, number]> {
	const columns = Array.from({ length: (size - 1) / 2 }, (_, i) => size - 1 - 2 * i).map((x) =>
		x > 6 ? x : x - 1,
	);
	for (const [i, right] of columns.entries()) {
		for (let step = 0; step < size * 2; step++)
			yield [right - (step % 2), i % 2 === 0 ? size - 1 - (step >> 1) : step >> 1];
	}
}

/** Data follows the path, around what is already drawn. */
function fill(
	dark: (boolean | undefined)[][],
	words: number[],
	masked: (x: number, y: number) => boolean,
): void {
	let i = 0;
	for (const [x, y] of path(dark.length)) {
		if (dark[y]![x] !== undefined) continue;
		const bit = (((words[i >> 3] ?? 0) >> (7 - (i & 7))) & 1) === 1;
		dark[y]![x] = bit !== masked(x, y);
		i++;
	}
}
