import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { figuresOf } from '../census/figures.ts';
import { readCensus } from '../census/read.ts';
import type { Weight } from '../model.ts';
import { realData, realDataMissing } from '../real.fixture.ts';
import { drawsFrom } from '../transfers/draws.ts';
import { estimateCount, estimateRate, estimateWeighted } from './estimates.ts';
import { joinWeights } from './joined.ts';
import { marksOf } from './marks.ts';
import { columnFrom, territoryMean } from './ranks.ts';

const link = (iris: string, key: string, weight: number): Weight => ({ iris, key, weight, area: null });
const column = (...values: number[]) => Float64Array.from(values);
const sum = (values: Float64Array) => values.reduce((all, value) => all + value, 0);

// IRIS a falls whole to station 1, b is cut in two, c falls whole to station 2.
const weights = [link('a', '1', 1), link('b', '1', 0.25), link('b', '2', 0.75), link('c', '2', 1)];
const joined = joinWeights(weights, ['a', 'b', 'c']);

describe('counts are shared out, rates are made of them', () => {
	it('gives each station its part, in the order of keys', () => {
		expect([...estimateCount(joined, column(100, 40, 8)).values]).toEqual([110, 38]);
	});

	it('divides two shared-out counts, and never averages rates', () => {
		const rate = estimateRate(joined, column(100, 400, 0), column(1000, 400, 1000));
		expect([...rate.values]).toEqual([200 / 1100, 300 / 1300]);
		expect(territoryMean(columnFrom(rate), Uint8Array.of(1, 1))).toBeCloseTo(500 / 2400, 12);
		expect(territoryMean(columnFrom(rate), Uint8Array.of(1, 0))).toBeCloseTo(200 / 1100, 12);
	});

	it('leaves out of both counts an IRIS that lacks one of them', () => {
		const rate = estimateRate(joined, column(100, Number.NaN, 300), column(1000, 400, 1000));
		expect([...rate.values]).toEqual([0.1, 0.3]);
		expect([...estimateCount(joined, column(100, Number.NaN, 300)).unknown]).toEqual([0.2, 0.75 / 1.75]);
	});

	it('shows nothing where fewer than 200 people are behind', () => {
		const rate = estimateRate(joined, column(30, 0, 30), column(199, 0, 200));
		expect([...rate.small]).toEqual([1, 0]);
		expect(rate.values[0]).toBeNaN();
		expect(rate.values[1]).toBe(0.15);
	});

	it('does not let the mean of a territory give a hidden figure away', () => {
		const rate = columnFrom(estimateRate(joined, column(30, 0, 60), column(199, 0, 300)));
		expect(territoryMean(rate, Uint8Array.of(1, 1))).toBe(0.2);
		expect(territoryMean(rate, Uint8Array.of(1, 0))).toBeNaN();
	});

	it('says that a share known only as a share was weighted', () => {
		const rate = estimateWeighted(joined, column(0.1, 0.2, 0.4), column(1000, 400, 700));
		expect(rate.method).toBe('weighted');
		expect(rate.values[1]).toBeCloseTo((0.2 * 300 + 0.4 * 700) / 1000, 12);
	});

	it('is less sure of a station cut out of unlike IRIS', () => {
		const whole = estimateRate(joined, column(100, 40, 100), column(1000, 400, 1000)).margin;
		const unlike = estimateRate(joined, column(100, 400, 100), column(1000, 400, 1000)).margin;
		expect(whole[1]).toBeCloseTo(0.0115, 6);
		expect(unlike[1]).toBeGreaterThan(0.02);
	});

	it('tells IRIS that no station receives, and IRIS that the base does not have', () => {
		expect(joinWeights(weights, ['a', 'b', 'd'])).toMatchObject({ left: [2], absent: ['c'] });
	});
});

describe('marks say how far a figure can be believed', () => {
	const sound = { irises: 2, largest: 0.8, coverage: 1 };
	const marks = (labels: number[], first = {}, second = {}) =>
		marksOf(joined, Uint8Array.from(labels), [
			{ key: '1', ...sound, ...first },
			{ key: '2', ...sound, ...second },
		]).map(({ mark, reasons }) => [mark, ...reasons]);

	it('takes the worst label of the IRIS, the edges of drawings aside', () => {
		expect(marks([1, 1, 3])).toEqual([['good'], ['fair', 'label']]);
		const edge = joinWeights([link('a', '1', 0.99), link('a', '2', 0.01), link('b', '2', 1)], ['a', 'b']);
		const known = ['1', '2'].map((key) => ({ key, ...sound }));
		expect(marksOf(edge, Uint8Array.of(3, 1), known).map(({ label }) => label)).toEqual([3, 1]);
	});

	it('is poor where the ground is not covered, where two things are amiss, where nothing is known', () => {
		expect(marks([1, 1, 1], { coverage: 0.3 }, { irises: 9, largest: 0.2 })).toEqual([
			['poor', 'low_coverage'],
			['poor', 'many_irises', 'scattered'],
		]);
		expect(marksOf(joined, Uint8Array.of(1, 1, 1), []).map(({ mark }) => mark)).toEqual(['poor', 'poor']);
	});
});

describe.skipIf(realDataMissing)('Paris: nobody is lost between IRIS and stations', () => {
	const base = readCensus(
		Papa.parse<string[]>(realData('paris/base-ic-activite-residents-2016.csv.gz').toString().trim(), {
			delimiter: ';',
		}).data,
	);
	const { count, of } = figuresOf(base, 'unemployed');

	/** Weights of any kind, so long as those of one IRIS add up to one. */
	function anyWeights(seed: number): Weight[] {
		const random = drawsFrom(seed);
		return base.irises.flatMap((iris) => {
			const parts = Array.from({ length: 1 + Math.floor(random() * 6) }, () => random() + 1e-9);
			const total = parts.reduce((all, part) => all + part, 0);
			const start = Math.floor(random() * 890);
			return parts.map((part, at) => link(iris, `75056_${start + at}`, part / total));
		});
	}

	it('keeps 143 251 unemployed to the millionth, for any weights', () => {
		for (let seed = 1; seed <= 20; seed++) {
			const paris = joinWeights(anyWeights(seed), base.irises);
			expect(Math.abs(sum(estimateCount(paris, count).values) - 143_251), `seed ${seed}`).toBeLessThan(1e-6);
			expect(Math.abs(sum(estimateCount(paris, of).values) - sum(of))).toBeLessThan(1e-6);
		}
	});

	it('answers the same in whatever order weights come', () => {
		const weights = anyWeights(5);
		const shuffled = [...weights].sort((a, b) => a.weight - b.weight);
		const answers = [weights, shuffled].map((all) => estimateRate(joinWeights(all, base.irises), count, of));
		expect(answers[0]).toEqual(answers[1]);
	});
});
