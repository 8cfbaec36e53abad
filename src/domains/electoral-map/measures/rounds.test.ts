import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { realData, realDataMissing } from '../real.fixture.ts';
import { drawsFrom } from '../transfers/draws.ts';
import { correlation, explain } from './regression.ts';
import {
	gapsOf,
	projectSwing,
	type RoundColumns,
	reserveOf,
	roundColumns,
	swingOf,
	turnoutOf,
	volatilityOf,
} from './rounds.ts';

const column = (...values: number[]) => Float64Array.from(values);
const round = (voters: number[], ours: number[], vintage = '2017'): RoundColumns => ({
	vintage,
	registered: column(...voters.map(() => 1000)),
	voters: column(...voters),
	valid: column(...voters),
	ours: column(...ours),
});

describe('rounds are compared on the same ground only', () => {
	const now = round([500, 400], [100, 200]);
	const before = round([800, 800], [240, 80], '2012');
	const differ = {
		problems: [{ field: 'election', key: 'electoral-map.outlines_differ', args: { vintages: '2012, 2017' } }],
	};

	it('refuses outlines of two vintages, or says "redrawn"', () => {
		expect(() => swingOf(now, before, 'refuse')).toThrowError(expect.objectContaining(differ));
		expect(() => volatilityOf([now, before], 'refuse')).toThrowError(expect.objectContaining(differ));
		expect(() => reserveOf(now, [before], { when: 'refuse' })).toThrowError(expect.objectContaining(differ));
		expect(swingOf(now, before, 'flag').redrawn).toBe(true);
		expect(swingOf(now, { ...before, vintage: '2017' }, 'refuse').redrawn).toBe(false);
	});

	it('counts swing, volatility and the votes that sleep', () => {
		const earlier = { ...before, vintage: '2017' };
		expect([...swingOf(now, earlier, 'refuse').values].map((value) => value.toFixed(3))).toEqual([
			'-0.100',
			'0.400',
		]);
		expect([...volatilityOf([now, earlier, now], 'refuse').values].map((value) => value.toFixed(3))).toEqual([
			'0.100',
			'0.400',
		]);
		expect(volatilityOf([now], 'refuse').values[0]).toBeNaN();
		// 1 000 registered × (80 % − 50 %) × 20 %.
		expect(reserveOf(now, [earlier], { when: 'refuse' }).values[0]).toBeCloseTo(60, 9);
		const expected = column(0.9, 0.7);
		const values = reserveOf(now, [earlier], { when: 'refuse', expected }).values;
		expect([...values].map(Math.round)).toEqual([0, 50]);
	});

	it('measures the gap to the commune from sums, not from means of rates', () => {
		const gaps = gapsOf(column(10, 90, 5), column(100, 300, 10), Int32Array.of(1, 1, 2));
		expect([...gaps].map((gap) => Number(gap.toFixed(6)))).toEqual([-0.15, 0.05, 0]);
		expect(gapsOf(column(10, 90), column(100, 300))[0]).toBeCloseTo(-0.15, 9);
	});

	it('keeps a projected share between nothing and all', () => {
		expect(projectSwing(0.9, 0.2, 0.4)).toBeCloseTo(0.925, 9);
		expect(projectSwing(0.02, 0.2, 0.1)).toBeCloseTo(0.01, 9);
	});

	it('leaves without figures a station that did not vote', () => {
		const counts = [{ key: 'b', registered: 10, voters: 5, blank: 0, spoilt: 0, valid: 5, voices: [] }];
		const { registered, ours } = roundColumns(counts, ['a', 'b'], () => true, '2017');
		expect([...registered]).toEqual([Number.NaN, 10]);
		expect(ours[1]).toBe(0);
	});
});

describe('what the profile does not explain', () => {
	const random = drawsFrom(7);
	const size = 300;
	const workers = Float64Array.from({ length: size }, () => random());
	const retired = Float64Array.from({ length: size }, () => random());
	const registered = new Float64Array(size).fill(800);
	const share = workers.map(
		(value, at) => 0.1 + 0.3 * value - 0.1 * (retired[at] ?? 0) + (random() - 0.5) / 100,
	);

	it('finds the stations that do better, and is not pulled by them', () => {
		const odd = share.slice();
		for (let at = 0; at < 30; at++) odd[at] = (odd[at] ?? 0) + 0.5;
		const { residuals, scale, used } = explain(odd, [workers, retired], registered);
		expect(used).toBe(size);
		expect(Math.min(...residuals.subarray(0, 30))).toBeGreaterThan(0.45);
		expect(Math.max(...residuals.subarray(30).map(Math.abs))).toBeLessThan(0.03);
		expect(scale).toBeLessThan(0.02);
	});

	it('bears a figure that says nothing new, a hidden figure, too few stations', () => {
		const { residuals } = explain(share, [workers, workers, retired], registered);
		expect(Math.max(...residuals.map(Math.abs))).toBeLessThan(0.02);
		const hidden = workers.slice();
		hidden[0] = Number.NaN;
		expect(explain(share, [hidden], registered)).toMatchObject({ used: size - 1 });
		expect(explain(share.subarray(0, 2), [workers], registered).residuals[1]).toBeNaN();
	});
});

describe.skipIf(realDataMissing)('Paris 2017', () => {
	it('turnout of both rounds go together in 896 stations', () => {
		const turnout = [1, 2].map((number) => {
			const text = realData(`paris/resultats/2017-presidentielle-${number}_par_bureau_large.csv`).toString();
			const [, ...rows] = Papa.parse<string[]>(text.trim()).data;
			const figures = (at: number) => Float64Array.from(rows, (cells) => Number(cells[at]));
			return turnoutOf({
				vintage: '2017',
				registered: figures(5),
				voters: figures(6),
				valid: figures(8),
				ours: figures(9),
			});
		});
		const [first = column(), second = column()] = turnout;
		const { r, stations } = correlation(first, second);
		expect(stations).toBe(896);
		expect(r).toBeGreaterThan(0.9);
	});
});
