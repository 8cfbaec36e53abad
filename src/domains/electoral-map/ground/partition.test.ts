import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimateCount, estimateRate } from '../measures/estimates.ts';
import { joinWeights } from '../measures/joined.ts';
import type { IrisOutline, StationOutline, Weight } from '../model.ts';
import { iris, station } from './ground.fixture.ts';
import { crossGrounds } from './weights.ts';

// A commune of a hundredth of a degree, cut in two ways that know nothing of one another.
const [WEST, SOUTH, SIZE] = [5, 46, 0.01];

/** Cuts a side in as many parts, each at least a fiftieth of it. */
const cuts = (most: number) =>
	fc
		.array(fc.integer({ min: 1, max: 49 }), { maxLength: most })
		.map((places) =>
			[0, ...new Set(places.toSorted((a, b) => a - b)), 50].map((place) => (place / 50) * SIZE),
		);

type Box = [number, number, number, number];

/** A grid of boxes: every column cut the same way. */
const grid = (most: number) =>
	fc.tuple(cuts(most), cuts(most)).map(([across, up]) =>
		across.slice(1).flatMap((east, column) =>
			up.slice(1).map((north, row): Box => {
				const [west, south] = [across[column] as number, up[row] as number];
				return [WEST + west, SOUTH + south, WEST + east, SOUTH + north];
			}),
		),
	);

const irisesOf = (boxes: Box[]): IrisOutline[] =>
	boxes.map((box, n) => iris(`01004${String(n + 1).padStart(4, '0')}`, box));
const stationsOf = (boxes: Box[]): StationOutline[] =>
	boxes.map((box, n) => station(`01004_${String(n + 1).padStart(4, '0')}`, box));
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
const peopleOf = (count: number, seed: number) =>
	Float64Array.from({ length: count }, (_, n) => ((n * 7919 + seed * 104_729) % 2999) + 1);
const grounds = fc.record({ irises: grid(4), stations: grid(4), seed: fc.nat(1000) });

const cross = (irises: IrisOutline[], stations: StationOutline[]) =>
	crossGrounds({ irises, stations, vintage: '2022' });

/** Shares a figure out, as the map does. */
function shared(weights: Weight[], codes: string[], figures: Float64Array) {
	const joined = joinWeights(weights, codes);
	return { joined, ...estimateCount(joined, figures) };
}

describe('whatever the ground, nobody is lost and nobody is made up', () => {
	test('the parts of every IRIS add up to one, and what stations hold is what IRIS hold', async () => {
		await fc.assert(
			fc.asyncProperty(grounds, async (given) => {
				const irises = irisesOf(given.irises);
				const { weights } = await cross(irises, stationsOf(given.stations));
				const parts = Map.groupBy(weights, (weight) => weight.iris);
				expect(parts.size).toBe(irises.length);
				for (const [, own] of parts) expect(sum(own.map(({ weight }) => weight))).toBeCloseTo(1, 9);
				const people = peopleOf(irises.length, given.seed);
				const { values } = shared(
					weights,
					irises.map((one) => one.iris),
					people,
				);
				expect(Math.abs(sum(values) / sum(people) - 1)).toBeLessThan(1e-6);
				expect(values.every((value) => value >= 0)).toBe(true);
			}),
			{ numRuns: 40 },
		);
	}, 60_000);

	test('stations that leave a part of the commune bare, or stick out of it, hold everybody all the same', async () => {
		await fc.assert(
			fc.asyncProperty(grounds, fc.double({ min: 0.5, max: 1.5, noNaN: true }), async (given, scale) => {
				const irises = irisesOf(given.irises);
				const stretched = given.stations.map(
					([west, south, east, north]): Box => [
						WEST + (west - WEST) * scale,
						SOUTH + (south - SOUTH) * scale,
						WEST + (east - WEST) * scale,
						SOUTH + (north - SOUTH) * scale,
					],
				);
				const { weights } = await cross(irises, stationsOf(stretched));
				const people = peopleOf(irises.length, given.seed);
				const { values } = shared(
					weights,
					irises.map((one) => one.iris),
					people,
				);
				expect(Math.abs(sum(values) / sum(people) - 1)).toBeLessThan(1e-6);
			}),
			{ numRuns: 30 },
		);
	}, 60_000);

	test('the order of both files changes nothing, to the last bit', async () => {
		await fc.assert(
			fc.asyncProperty(grounds, fc.infiniteStream(fc.nat()), async (given, stream) => {
				const shuffled = <T>(things: T[]) =>
					things
						.map((thing) => ({ thing, at: stream.next().value as number }))
						.sort((a, b) => a.at - b.at)
						.map(({ thing }) => thing);
				const [irises, stations] = [irisesOf(given.irises), stationsOf(given.stations)];
				const first = await cross(irises, stations);
				const again = await cross(shuffled(irises), shuffled(stations));
				expect(again).toEqual(first);
			}),
			{ numRuns: 25 },
		);
	}, 60_000);

	test('one station more or less elsewhere changes nothing here', async () => {
		await fc.assert(
			fc.asyncProperty(grounds, async (given) => {
				const [irises, stations] = [irisesOf(given.irises), stationsOf(given.stations)];
				const away = station('01005_0001', [5.2, 46, 5.21, 46.01]);
				const alone = await cross(irises, stations);
				const beside = await cross(irises, [...stations, away]);
				expect(beside.weights).toEqual(alone.weights);
			}),
			{ numRuns: 15 },
		);
	}, 60_000);

	test('on its own outlines a figure stays where it is', async () => {
		await fc.assert(
			fc.asyncProperty(grid(4), fc.nat(1000), async (boxes, seed) => {
				const irises = irisesOf(boxes);
				const { weights } = await cross(irises, stationsOf(boxes));
				const people = peopleOf(boxes.length, seed);
				const { values } = shared(
					weights,
					irises.map((one) => one.iris),
					people,
				);
				for (const [at, value] of values.entries())
					expect(Math.abs(value / (people[at] as number) - 1)).toBeLessThan(1e-6);
			}),
			{ numRuns: 25 },
		);
	}, 60_000);
});

describe('shares are made of counts', () => {
	test('a share lies between the lowest and the highest of its IRIS', async () => {
		await fc.assert(
			fc.asyncProperty(grounds, async (given) => {
				const irises = irisesOf(given.irises);
				const { weights } = await cross(irises, stationsOf(given.stations));
				const people = peopleOf(irises.length, given.seed);
				const some = people.map((value, at) => (value * ((at * 37 + given.seed) % 101)) / 100);
				const joined = joinWeights(
					weights,
					irises.map((one) => one.iris),
				);
				const rate = estimateRate(joined, some, people);
				for (const [at, value] of rate.values.entries()) {
					if (Number.isNaN(value)) continue;
					const links = [...joined.to.keys()].filter((link) => joined.to[link] === at);
					const own = links.map((link) => {
						const from = joined.from[link] as number;
						return (some[from] as number) / (people[from] as number);
					});
					expect(value).toBeGreaterThanOrEqual(Math.min(...own) - 1e-9);
					expect(value).toBeLessThanOrEqual(Math.max(...own) + 1e-9);
				}
			}),
			{ numRuns: 25 },
		);
	}, 60_000);

	test('what is known of nobody is known of no station, and no zero is made of it', async () => {
		await fc.assert(
			fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), (known) => {
				const codes = known.map((_, at) => `01004${String(at).padStart(4, '0')}`);
				const weights = codes.map((code, at) => ({
					iris: code,
					key: `01004_${String(at % 3).padStart(4, '0')}`,
					weight: 1,
					area: null,
				}));
				const figures = Float64Array.from(known, (isKnown) => (isKnown ? 300 : Number.NaN));
				const { joined, values, unknown } = shared(weights, codes, figures);
				for (const [at] of joined.stations.entries()) {
					const own = known.filter((_, n) => n % 3 === Number(joined.stations[at]?.slice(-4)));
					expect(unknown[at]).toBeCloseTo(own.filter((isKnown) => !isKnown).length / own.length, 9);
					expect(values[at]).toBe(300 * own.filter(Boolean).length);
				}
			}),
		);
	});
});
