import fc from 'fast-check';
import type { MultiPolygon } from 'geojson';
import { describe, expect, test } from 'vitest';
import { themes } from '../census/columns.ts';
import { addressOf, criteriaFor, criterionIn, criterionName, goalNames, questionIn } from './asked.ts';
import { type Drawing, draw, type Shape } from './drawing.ts';
import { neighboursOf } from './neighbours.ts';

const asked = ['abstention', 'our_share', 'falling', 'volatile', 'reserve', ...Object.keys(themes)];
const criterion = fc.record({
	asked: fc.constantFrom(...asked),
	toward: fc.constantFrom('high', 'low'),
	weight: fc.integer({ min: 1, max: 5 }),
});
const goal = fc.constantFrom(...(Object.keys(goalNames) as (keyof typeof goalNames)[]));

describe('an address is a question, and a question an address', () => {
	test('what is written in the address is what is read again', () => {
		fc.assert(
			fc.property(
				goal,
				fc.tuple(criterion, criterion),
				fc.option(fc.constantFrom('75056', 'X01001'), { nil: null }),
				fc.option(fc.constantFrom('2017_pres_t1'), { nil: null }),
				fc.constantFrom(null, 'ours' as const, 'absent' as const),
				(what, pair, at, election, circles) => {
					const criteria = pair as Parameters<typeof addressOf>[1]['criteria'];
					const address = addressOf('/carte', { at, goal: what, criteria, election, circles });
					const read = questionIn(new URL(address, 'http://coopol.test').searchParams);
					expect(read).toEqual({ at, goal: what, criteria, election, circles, sort: 'rank' });
				},
			),
		);
	});

	test('what is not understood is as if it were not there, and never an error', () => {
		const part = fc.constantFrom('ou', 'but', 'c1', 'p1', 'c2', 'p2', 'scrutin', 'tri', 'autre');
		fc.assert(
			fc.property(fc.array(fc.tuple(part, fc.string({ maxLength: 30 })), { maxLength: 8 }), (parts) => {
				const read = questionIn(new URLSearchParams(parts));
				expect(Object.keys(goalNames)).toContain(read.goal);
				expect([0, 2]).toContain(read.criteria.length);
				for (const one of read.criteria) expect(asked).toContain(one.asked);
			}),
		);
	});

	test.each([
		['abstention-high', '3', 'abstention-high', 3],
		['abstention-low', '9', 'abstention-low', 3],
		['abstention-low', '2.5', 'abstention-low', 3],
		['abstention-low', '', 'abstention-low', 3],
		['retired-high', '1', 'retired-high', 1],
	])('%s with a weight of %s is %s, %i', (text, weight, name, kept) => {
		const read = criterionIn(text, weight);
		expect([read && criterionName(read), read?.weight]).toEqual([name, kept]);
	});

	test.each([
		'',
		'abstention',
		'abstention-up',
		'religion-high',
		'-high',
		'constructor-high',
		'__proto__-low',
	])('%j is no criterion', (text) => {
		expect(criterionIn(text, '3')).toBeNull();
	});

	test('two different criteria are always found where two can be answered', () => {
		fc.assert(
			fc.property(
				goal,
				fc.array(criterion, { minLength: 0, maxLength: 2 }),
				fc.subarray(asked, { minLength: 1 }),
				(what, pair, possible) => {
					const question = { at: null, goal: what, criteria: pair, election: null, sort: 'rank' };
					const found = criteriaFor(question as never, (one) => possible.includes(one));
					const usable = possible.filter((one) => one === 'abstention' || one in themes);
					expect(found.length).toBeGreaterThanOrEqual(Math.min(2, usable.length));
					expect(new Set(found.map((one) => one.asked)).size).toBe(found.length);
					for (const one of found) expect(possible).toContain(one.asked);
				},
			),
		);
	});
});

type Box = { west: number; south: number; wide: number; high: number };
const box = fc.record({
	west: fc.double({ min: -4, max: 8, noNaN: true }),
	south: fc.double({ min: 42, max: 51, noNaN: true }),
	wide: fc.double({ min: 0.001, max: 0.2, noNaN: true }),
	high: fc.double({ min: 0.001, max: 0.2, noNaN: true }),
});
const outlineOf = ({ west, south, wide, high }: Box): MultiPolygon => ({
	type: 'MultiPolygon',
	coordinates: [
		[
			[
				[west, south],
				[west + wide, south],
				[west + wide, south + high],
				[west, south + high],
				[west, south],
			],
		],
	],
});

describe('the picture', () => {
	/** The points of a path, each written from the one before. */
	const pointsOf = (d: string) =>
		d.split('z').flatMap((ring) => {
			const numbers = (ring.match(/-?\d+/g) ?? []).map(Number);
			let [x, y] = [0, 0];
			return Array.from({ length: numbers.length / 2 }, (_, at) => {
				x += numbers[2 * at] ?? 0;
				y += numbers[2 * at + 1] ?? 0;
				return [x, y] as const;
			});
		});
	const isInside = ({ d, x, y }: Shape, { width, height }: Drawing) =>
		[...pointsOf(d), [x, y] as const].every(
			([across, down]) => across >= 0 && across <= width && down >= 0 && down <= height,
		);

	test('holds every outline, whole; a station without one is not drawn and shifts nobody', () => {
		const some = fc.array(fc.option(box, { nil: null }), { minLength: 1, maxLength: 12 });
		fc.assert(
			fc.property(some, (boxes) => {
				const drawing = draw(boxes.map((one) => (one ? [outlineOf(one)] : [])));
				const known = [...boxes.keys()].filter((at) => boxes[at]);
				expect((drawing?.shapes ?? []).map(({ station }) => station)).toEqual(known);
				expect((drawing?.shapes ?? []).filter((shape) => !isInside(shape, drawing!))).toEqual([]);
			}),
		);
		expect(draw([[], []])).toBeNull();
	});

	test('north is up, and east to the right', () => {
		const at = (west: number, south: number) => [outlineOf({ west, south, wide: 0.01, high: 0.01 })];
		const [here, north, east] = draw([at(5, 46), at(5, 46.1), at(5.1, 46)])!.shapes;
		expect([north!.y < here!.y, east!.x > here!.x]).toEqual([true, true]);
	});

	test('the same at every reading, and not a sign of where one was born', () => {
		fc.assert(
			fc.property(fc.array(box, { minLength: 1, maxLength: 6 }), (boxes) => {
				const outlines = boxes.map((one) => [outlineOf(one)]);
				expect(draw(outlines)).toEqual(draw(structuredClone(outlines)));
				for (const { d } of draw(outlines)!.shapes) expect(d).toMatch(/^(M\d+ \d+(l[-\d ]+)?z)+$/);
			}),
		);
	});

	test('neighbours share a side, each is the neighbour of the other, and nobody of themselves', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), (columns, rows) => {
				const grid = new Map(
					Array.from({ length: columns * rows }, (_, at) => {
						const [column, row] = [at % columns, Math.floor(at / columns)];
						const one = { west: 5 + column * 0.01, south: 46 + row * 0.01, wide: 0.01, high: 0.01 };
						return [`01004_${String(at).padStart(4, '0')}`, outlineOf(one)] as const;
					}),
				);
				const count = [...grid.keys()].map((key) => {
					const own = neighboursOf(grid, key);
					expect(own).not.toContain(key);
					for (const other of own) expect(neighboursOf(grid, other)).toContain(key);
					return own.length;
				});
				const sides = columns * (rows - 1) + rows * (columns - 1);
				expect(count.reduce((sum, one) => sum + one, 0)).toBe(2 * sides);
			}),
			{ numRuns: 20 },
		);
	});
});
