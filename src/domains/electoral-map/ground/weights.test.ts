import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IrisOutline, RegisterAddress, StationOutline } from '../model.ts';
import { iris, station } from './ground.fixture.ts';
import { type CrossingInput, crossGrounds } from './weights.ts';

// A commune of a hundredth of a degree: IRIS 1 to the west, IRIS 2 to the east.
const west = iris('010010101', [5, 46, 5.01, 46.01]);
const east = iris('010010102', [5.01, 46, 5.02, 46.01]);
const vintage = '2022';
const cross = (given: Partial<CrossingInput>) =>
	crossGrounds({ irises: [west, east], stations: [], vintage, ...given });
const address = (key: string, longitude: number, addresses = 1): RegisterAddress => ({
	key,
	commune: '01001',
	longitude,
	latitude: 46.005,
	addresses,
});

describe('an IRIS is shared out among the stations of its commune', () => {
	test('by area: a station that has three quarters of it has three quarters of its people', async () => {
		const { weights, coverage, quality, remarks } = await cross({
			stations: [
				station('01001_0002', [5.0075, 46, 5.02, 46.01]),
				station('01001_0001', [5, 46, 5.0075, 46.01]),
			],
		});
		expect(weights.map((found) => [found.iris, found.key, Number(found.weight.toFixed(6))])).toEqual([
			['010010101', '01001_0001', 0.75],
			['010010101', '01001_0002', 0.25],
			['010010102', '01001_0002', 1],
		]);
		expect(weights[0]?.area).toBeCloseTo(
			(0.0075 * 0.01 * 111_320 ** 2 * Math.cos((46 * Math.PI) / 180)) / 1,
			-4,
		);
		// A parallel is not quite a straight line in Lambert-93.
		expect(coverage.map((found) => found.coverage?.toFixed(4))).toEqual(['1.0000', '1.0000']);
		expect(
			quality.map((found) => [found.key, found.irises, found.largest?.toFixed(3), found.vintage]),
		).toEqual([
			['01001_0001', 1, '1.000', '2022'],
			['01001_0002', 2, '0.800', '2022'],
		]);
		expect(remarks).toEqual([]);
	});

	test('by addresses where there are some, by area elsewhere', async () => {
		const { weights, coverage, quality } = await cross({
			stations: [
				station('01001_0001', [5, 46, 5.005, 46.01]),
				station('01001_0002', [5.005, 46, 5.02, 46.01]),
			],
			addresses: [address('01001_0001', 5.002, 9), address('01001_0002', 5.007), address('01001_0002', 5.5)],
		});
		expect(weights.map((found) => [found.iris, found.key, found.weight, found.area === null])).toEqual([
			['010010101', '01001_0001', 0.9, true],
			['010010101', '01001_0002', 0.1, true],
			['010010102', '01001_0002', 1, false],
		]);
		expect(coverage.map((found) => found.coverage === null)).toEqual([true, false]);
		// One of the two addresses of station 2 is in no IRIS.
		expect(quality.map((found) => found.coverage)).toEqual([1, 0.5]);
	});

	test('addresses alone are enough; an IRIS without any goes to the nearest', async () => {
		const { weights, coverage } = await cross({
			addresses: [address('01001_0002', 5.002, 3), address('01001_0001', 5.009)],
		});
		expect(weights.map((found) => [found.iris, found.key, found.weight])).toEqual([
			['010010101', '01001_0001', 0.25],
			['010010101', '01001_0002', 0.75],
			['010010102', '01001_0001', 1],
		]);
		expect(coverage.at(-1)).toEqual({ iris: '010010102', coverage: 0, nearest: true });
	});

	test('one station in the commune: everybody, drawn or not', async () => {
		for (const only of [station('01001_0001'), station('01001_0001', [5.4, 46, 5.5, 46.01])]) {
			const { weights, remarks } = await cross({ stations: [only] });
			expect(weights.map((found) => [found.weight, found.area])).toEqual([
				[1, null],
				[1, null],
			]);
			expect(remarks).toEqual([]);
		}
	});

	test('an outline that spills over the town limit takes nobody there', async () => {
		const neighbour = iris('010020101', [5.02, 46, 5.03, 46.01]);
		const { weights } = await cross({
			irises: [east, neighbour],
			stations: [
				station('01001_0001', [5.01, 46, 5.03, 46.01]),
				station('01001_0002', [5, 46, 5.01, 46.01]),
				station('01002_0001', [5.02, 46, 5.03, 46.005]),
				station('01002_0002', [5.02, 46.005, 5.03, 46.01]),
			],
		});
		expect(new Set(weights.map((found) => `${found.iris.slice(0, 5)} ${found.key.slice(0, 5)}`))).toEqual(
			new Set(['01001 01001', '01002 01002']),
		);
	});
});

describe('what cannot be believed is listed', () => {
	const far = iris('010010103', [5.3, 46, 5.31, 46.01]);
	const alone = iris('010030000', [5.6, 46, 5.61, 46.01]);
	const stations = [
		station('01001_0001', [5, 46, 5.004, 46.01]),
		station('01001_0002', [5.01, 46, 5.02, 46.01]),
		station('01001_0003'),
	];

	test('badly covered, given to the nearest, without station, without IRIS', async () => {
		const { remarks, weights } = await cross({ irises: [west, east, far, alone], stations });
		expect(remarks).toEqual([
			{ key: 'electoral-map.remark_low_coverage', args: { count: 1, codes: '010010101' } },
			{ key: 'electoral-map.remark_nearest', args: { count: 1, codes: '010010103' } },
			{ key: 'electoral-map.remark_iris_without_station', args: { count: 1, codes: '010030000' } },
			{ key: 'electoral-map.remark_station_without_iris', args: { count: 1, codes: '01001_0003' } },
		]);
		expect(weights.filter((found) => found.iris === far.iris)).toEqual([
			{ iris: far.iris, key: '01001_0002', weight: 1, area: null },
		]);
	});

	test('where nobody lives, no matter', async () => {
		const { remarks } = await cross({ irises: [west, east, far, alone], stations, populated: [east.iris] });
		expect(remarks.map(({ key }) => key)).toEqual(['electoral-map.remark_station_without_iris']);
	});
});

const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 39 }), { minLength: 1, maxLength: 4 });
const edges = (inner: number[]) => [0, ...inner.toSorted((a, b) => a - b), 40].map((step) => step / 1000);

/** A made-up town cut twice, by two grids that do not match; the second may leave a side of it uncovered. */
const town = fc
	.record({ x: cuts, y: cuts, u: cuts, v: cuts, shift: fc.integer({ min: 0, max: 30 }), seed: fc.nat() })
	.map(({ x, y, u, v, shift, seed }) => {
		const cells = (columns: number[], rows: number[], move: number) =>
			columns.slice(1).flatMap((right, i) =>
				rows.slice(1).map((top, j): [number, number, number, number] => {
					const [left = 0, bottom = 0] = [columns[i], rows[j]];
					return [5 + left + move, 46 + bottom, 5 + right + move, 46 + top];
				}),
			);
		const number = (n: number) => String(n + 1).padStart(4, '0');
		const irises = cells(edges(x), edges(y), 0).map((cell, n) => iris(`01001${number(n)}`, cell));
		const drawn = cells(edges(u), edges(v), shift / 1000).map((cell, n) =>
			station(`01001_${number(n)}`, cell),
		);
		const people = new Map(irises.map((found, n) => [found.iris, (seed % (97 + n)) + n]));
		return { irises, stations: drawn, people };
	});

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

describe('nobody is lost', () => {
	test('whatever the two grids, the parts of each IRIS add up to one and people are as many', async () => {
		await fc.assert(
			fc.asyncProperty(town, async ({ irises, stations, people }) => {
				const { weights } = await crossGrounds({ irises, stations, vintage });
				const parts = Map.groupBy(weights, (found) => found.iris);
				expect(parts.size).toBe(irises.length);
				for (const all of parts.values()) expect(sum(all.map(({ weight }) => weight))).toBeCloseTo(1, 9);
				const shared = sum(weights.map((found) => found.weight * (people.get(found.iris) ?? 0)));
				expect(shared).toBeCloseTo(sum([...people.values()]), 6);
			}),
			{ numRuns: 60 },
		);
	});

	test('the order of the files changes nothing, to the last digit', async () => {
		const turned = <T>(list: T[]): T[] => list.toReversed();
		await fc.assert(
			fc.asyncProperty(town, async ({ irises, stations }) => {
				const one = await crossGrounds({ irises, stations, vintage });
				const other = await crossGrounds({
					irises: turned<IrisOutline>(irises),
					stations: turned<StationOutline>(stations),
					vintage,
				});
				expect(other).toEqual(one);
			}),
			{ numRuns: 20 },
		);
	});
});
