import { describe, expect, it } from 'vitest';
import { drawsFrom } from '../transfers/draws.ts';
import { bivariate, classesOf, NO_CLASS } from './classes.ts';
import { type AskedColumn, crossCriteria, goals } from './criteria.ts';
import { nearestProfiles } from './nearest.ts';
import { columnFrom, ranksIn } from './ranks.ts';

const nan = Number.NaN;
const all = (size: number) => new Uint8Array(size).fill(1);
const asked = (values: number[], toward: 'high' | 'low' = 'high', weight = 1): AskedColumn => ({
	asked: 'retired',
	toward,
	weight,
	column: columnFrom({ values: Float64Array.from(values) }),
});
const listed = (criteria: AskedColumn[], inside: Uint8Array) =>
	crossCriteria(criteria, inside, 10).list.map(({ station, rank }) => [station, rank]);

describe('stations are ranked by their ranks on each criterion', () => {
	it('gives two criteria to whoever prepares something', () => {
		expect(Object.values(goals).map((criteria) => criteria.length)).toEqual([2, 2, 2]);
	});

	it('puts first what is high on both; weight and end of each criterion count', () => {
		const abstention = [0.5, 0.4, 0.3, 0.2];
		const retired = [0.3, 0.2, 0.1, 0.4];
		expect(listed([asked(abstention), asked(retired)], all(4))[0]).toEqual([0, 1]);
		expect(listed([asked(abstention), asked(retired, 'high', 9)], all(4))[0]).toEqual([3, 1]);
		expect(listed([asked(abstention, 'low'), asked(retired, 'low', 0.1)], all(4))[0]).toEqual([3, 1]);
	});

	it('lists a whole country by score, then in the order of stations', () => {
		const random = drawsFrom(5);
		const criteria = [1, 2].map((weight) =>
			asked(
				Array.from({ length: 70_000 }, () => Math.floor(random() * 300)),
				'high',
				weight,
			),
		);
		const { list } = crossCriteria(criteria, all(70_000), 70_000);
		const pairs = list.slice(1).map((after, at) => [list[at] ?? after, after] as const);
		const wrong = pairs.filter(([before, after]) =>
			before.score === after.score
				? before.station > after.station || before.rank !== after.rank
				: before.score < after.score || before.rank >= after.rank,
		);
		expect([new Set(list.map(({ station }) => station)).size, wrong]).toEqual([70_000, []]);
	});

	it('one far figure counts no more than its rank', () => {
		expect(listed([asked([1e9, 3, 2, 1]), asked([1, 4, 3, 2])], all(4))[0]).toEqual([1, 1]);
	});

	it('shares the rank of equal stations, in the order of stations', () => {
		expect(listed([asked([5, 7, 5, 7])], all(4))).toEqual([
			[1, 1],
			[3, 1],
			[0, 3],
			[2, 3],
		]);
	});

	it('answers the same whatever the order of criteria and of stations', () => {
		const random = drawsFrom(11);
		const columns = [0, 1, 2, 3].map(() => Array.from({ length: 500 }, () => Math.floor(random() * 20)));
		const weights = [1, 2, 3, 0.7];
		const criteria = columns.map((values, at) => asked(values, at % 2 ? 'low' : 'high', weights[at]));
		const straight = crossCriteria(criteria, all(500), 500).ranks;
		expect(crossCriteria([...criteria].reverse(), all(500), 500).ranks).toEqual(straight);
		const mirrored = columns.map((values, at) =>
			asked([...values].reverse(), at % 2 ? 'low' : 'high', weights[at]),
		);
		expect(crossCriteria(mirrored, all(500), 500).ranks.reverse()).toEqual(straight);
	});

	it('ranks nobody whose figure is hidden, and lets it tell nothing of the others', () => {
		const hidden = crossCriteria([asked([0.1, nan, 0.3, 0.2]), asked([1, 99, 2, 3])], all(4), 10);
		expect(hidden).toMatchObject({ ranked: 3, withheld: 1 });
		expect(hidden.ranks[1]).toBe(0);
		expect(hidden.list.map(({ reasons }) => reasons[1]?.mean)).toEqual([2, 2, 2]);
	});

	it('ranks inside a territory as if nothing else existed', () => {
		const inside = Uint8Array.of(1, 0, 1, 1);
		const { list } = crossCriteria([asked([1, 50, 3, 2])], inside, 10);
		expect(list.map(({ station, reasons }) => [station, reasons[0]?.rank, reasons[0]?.mean])).toEqual([
			[2, 1, 2],
			[3, 2, 2],
			[0, 3, 2],
		]);
	});

	it('gives the reason: value, rank, mean of the territory as a ratio of sums, what may be off', () => {
		const [count, of] = [Float64Array.of(10, 90), Float64Array.of(100, 300)];
		const column = columnFrom({
			values: Float64Array.of(0.1, 0.3),
			count,
			of,
			margin: Float64Array.of(0.02, 0.03),
		});
		const { list } = crossCriteria([{ asked: 'retired', toward: 'high', weight: 1, column }], all(2), 1);
		expect(list).toHaveLength(1);
		expect(list[0]?.reasons).toEqual([
			{ asked: 'retired', toward: 'high', value: 0.3, rank: 1, mean: 0.25, margin: 0.03 },
		]);
	});

	it('gives equal figures the middle of their places', () => {
		const { middle } = ranksIn(columnFrom({ values: Float64Array.of(1, 2, 2, 3, nan) }), all(5));
		expect([...middle]).toEqual([0.125, 0.5, 0.5, 0.875, nan]);
	});
});

describe('classes are the same for map, drawing and table', () => {
	const column = (...values: number[]) => columnFrom({ values: Float64Array.from(values) });

	it('cuts in equal parts and never parts equal figures', () => {
		expect([...classesOf(column(1, 2, 3, 4, 5, 6), all(6), 3).classes]).toEqual([0, 0, 1, 1, 2, 2]);
		expect(classesOf(column(1, 2, 3, 4, 5, 6), all(6), 3).cuts).toEqual([2, 4]);
		expect([...classesOf(column(7, 7, 7, 7, 7, 9), all(6), 5).classes]).toEqual([0, 0, 0, 0, 0, 4]);
	});

	it('makes nine classes of two figures; whoever lacks one has none', () => {
		const both = bivariate(column(1, 2, 3, nan), column(3, 2, 1, 9), all(4));
		expect([...both.cells]).toEqual([6, 4, 2, NO_CLASS]);
		expect(both.sizes).toEqual([0, 0, 1, 0, 1, 0, 1, 0, 0]);
	});
});

describe('stations that look alike', () => {
	const profile = [columnFrom({ values: Float64Array.of(1, 2, 9, 1, nan) })];
	const share = Float64Array.of(0.2, 0.3, 0.4, 0.1, 0.9);

	it('are the nearest where we do better, nearest first', () => {
		const found = nearestProfiles(0, { profile, share, inside: all(5) });
		expect(found.map(({ station }) => station)).toEqual([1, 2]);
		expect(found[0]?.better).toBeCloseTo(0.1, 12);
		expect(nearestProfiles(0, { profile, share, inside: all(5) }, 1)).toHaveLength(1);
		expect(nearestProfiles(4, { profile, share, inside: all(5) })).toEqual([]);
	});
});
