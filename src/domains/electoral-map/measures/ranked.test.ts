import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bivariate, NO_CLASS } from './classes.ts';
import { type AskedColumn, crossCriteria } from './criteria.ts';
import { LEAST_PEOPLE } from './estimates.ts';
import { columnFrom, ranksIn, territoryMean } from './ranks.ts';

// Few distinct figures, so that equal ones are common; some are missing.
const figure = fc.option(fc.integer({ min: 0, max: 12 }), { nil: Number.NaN, freq: 6 });
const table = fc
	.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 4 }))
	.chain(([stations, criteria]) =>
		fc.record({
			columns: fc.array(fc.array(figure, { minLength: stations, maxLength: stations }), {
				minLength: criteria,
				maxLength: criteria,
			}),
			toward: fc.array(fc.constantFrom('high' as const, 'low' as const), {
				minLength: criteria,
				maxLength: criteria,
			}),
			weights: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: criteria, maxLength: criteria }),
			inside: fc.array(fc.boolean(), { minLength: stations, maxLength: stations }),
		}),
	);

type Made = { columns: number[][]; toward: ('high' | 'low')[]; weights: number[]; inside: boolean[] };
const askedIn = ({ columns, toward, weights }: Made, order?: number[]): AskedColumn[] =>
	columns.map((values, n) => ({
		asked: 'retired',
		toward: toward[n] ?? 'high',
		weight: weights[n] ?? 1,
		column: columnFrom({
			values: Float64Array.from(order ? order.map((at) => values[at] ?? Number.NaN) : values),
		}),
	}));
const maskOf = (inside: boolean[]) => Uint8Array.from(inside, Number);
const everywhere = (size: number) => new Uint8Array(size).fill(1);

describe('ranks hold, whatever the figures', () => {
	test('the list is by rank; every station inside is ranked or withheld, none outside is', () => {
		fc.assert(
			fc.property(table, (made) => {
				const { list, ranks, ranked, withheld } = crossCriteria(askedIn(made), maskOf(made.inside), 1000);
				const isWhole = (at: number) => made.columns.every((values) => !Number.isNaN(values[at]));
				const inside = made.inside.flatMap((isIn, at) => (isIn ? [at] : []));
				expect(ranked).toBe(inside.filter(isWhole).length);
				expect(withheld).toBe(inside.length - ranked);
				expect(list.map(({ rank }) => rank)).toEqual(list.map(({ rank }) => rank).toSorted((a, b) => a - b));
				for (const [at, rank] of ranks.entries())
					expect(rank > 0).toBe(Boolean(made.inside[at]) && isWhole(at));
			}),
		);
	});

	test('the order of the stations changes no rank', () => {
		fc.assert(
			fc.property(table, fc.nat(), (made, seed) => {
				const size = made.inside.length;
				const order = Array.from({ length: size }, (_, at) => at).sort(
					(a, b) => ((a * 7919 + seed) % 101) - ((b * 7919 + seed) % 101) || a - b,
				);
				const first = crossCriteria(askedIn(made), maskOf(made.inside), 1000);
				const again = crossCriteria(
					askedIn(made, order),
					maskOf(order.map((at) => made.inside[at] ?? false)),
					1000,
				);
				expect([...again.ranks]).toEqual(order.map((at) => first.ranks[at]));
				expect(again.withheld).toBe(first.withheld);
			}),
		);
	});

	test('what is asked in another unit, or twice as strongly, ranks the same', () => {
		fc.assert(
			fc.property(table, fc.constantFrom(2, 10, 1000), (made, times) => {
				const mask = maskOf(made.inside);
				const { ranks } = crossCriteria(askedIn(made), mask, 1000);
				const larger = {
					...made,
					columns: made.columns.map((values) => values.map((one) => one * times + 3)),
				};
				expect([...crossCriteria(askedIn(larger), mask, 1000).ranks]).toEqual([...ranks]);
				const stronger = { ...made, weights: made.weights.map((weight) => weight * 2) };
				expect([...crossCriteria(askedIn(stronger), mask, 1000).ranks]).toEqual([...ranks]);
			}),
		);
	});

	test('a figure that gets better never costs a place to its station', () => {
		fc.assert(
			fc.property(table, fc.nat(), (made, seed) => {
				const at = seed % made.inside.length;
				const whole = { ...made, inside: made.inside.map(() => true) };
				const before = crossCriteria(askedIn(whole), everywhere(made.inside.length), 1000).ranks[
					at
				] as number;
				fc.pre(before > 0);
				const better = whole.columns.map((values, n) =>
					n === 0 ? values.with(at, whole.toward[0] === 'low' ? -5 : 50) : values,
				);
				const after = crossCriteria(
					askedIn({ ...whole, columns: better }),
					everywhere(made.inside.length),
					1000,
				).ranks[at];
				expect(after).toBeLessThanOrEqual(before);
			}),
		);
	});

	test('the other end of one criterion turns its ranks round', () => {
		fc.assert(
			fc.property(fc.array(figure, { minLength: 1, maxLength: 40 }), (values) => {
				const column = columnFrom({ values: Float64Array.from(values) });
				const turned = columnFrom({ values: Float64Array.from(values, (one) => -one) });
				const [high, low] = [column, turned].map((one) => ranksIn(one, everywhere(values.length)).middle);
				for (const [at, middle] of high!.entries()) {
					if (Number.isNaN(values[at])) expect(middle).toBeNaN();
					else expect(middle + (low![at] as number)).toBeCloseTo(1, 12);
				}
			}),
		);
	});

	test('the mean of a territory is that of the people of its stations, whatever they are called', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 500, max: 3000 })), {
					minLength: 1,
					maxLength: 20,
				}),
				(stations) => {
					const count = Float64Array.from(stations, ([some]) => some);
					const of = Float64Array.from(stations, ([, all]) => all);
					const column = columnFrom({
						values: count.map((some, at) => some / (of[at] as number)),
						count,
						of,
					});
					const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
					expect(territoryMean(column, everywhere(stations.length))).toBeCloseTo(
						total(count) / total(of),
						12,
					);
				},
			),
		);
	});
});

describe('nine classes', () => {
	test('every station with both figures has one class, the others none; their numbers add up', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(figure, figure), { minLength: 1, maxLength: 60 }), (pairs) => {
				const [across, up] = [0, 1].map((n) =>
					columnFrom({ values: Float64Array.from(pairs, (pair) => pair[n] as number) }),
				);
				const { cells, sizes } = bivariate(across!, up!, everywhere(pairs.length));
				const classed = [...cells].filter((cell) => cell !== NO_CLASS);
				const whole = pairs.filter((pair) => !pair.some(Number.isNaN));
				expect(classed).toHaveLength(whole.length);
				expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(whole.length);
				for (const [cell, size] of sizes.entries())
					expect(classed.filter((one) => one === cell)).toHaveLength(size);
			}),
		);
	});

	test('equal figures are never in two classes', () => {
		fc.assert(
			fc.property(fc.array(figure, { minLength: 1, maxLength: 60 }), (values) => {
				const column = columnFrom({ values: Float64Array.from(values) });
				const { across } = bivariate(column, column, everywhere(values.length));
				const classes = new Map<number, number>();
				for (const [at, one] of values.entries()) {
					if (Number.isNaN(one)) continue;
					const cell = across.classes[at] as number;
					expect(classes.get(one) ?? cell).toBe(cell);
					classes.set(one, cell);
				}
			}),
		);
	});
});

test('the least number of people behind a figure is not a thing to lower', () => {
	expect(LEAST_PEOPLE).toBeGreaterThanOrEqual(200);
});
