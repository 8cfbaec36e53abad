import type { MultiPolygon } from 'geojson';
import { beforeAll, describe, expect, test } from 'vitest';
import { inventedZones, loadZones } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { stage } from '#tests/stage.ts';
import { villebrume } from '../../../../bin/demo/ground.ts';
import { type MadeUp, makeUp } from '../seed.ts';
import { alone } from '../store/alone.ts';
import { writeDrawn } from '../store/outlines.ts';
import { layAtOnce } from '../store/sources.ts';
import { themeByCommune } from './by-commune.ts';
import { draw } from './drawing.ts';
import { joined } from './joined-rings.ts';
import { rankedBy } from './lines.ts';
import { outlinesIn, vintagesIn } from './loaded.ts';
import { type Loaded, loadScope } from './scope.ts';

stage();

const towns = ['X01001', 'X01002', 'X01003'];
/** The same town under another code, with other votes and elsewhere. */
function sibling(code: string, more: number): MadeUp {
	const text = JSON.stringify(villebrume()).replaceAll('X01001', code);
	const made = JSON.parse(text) as MadeUp;
	const away = (outline: MultiPolygon) => {
		for (const point of outline.coordinates.flat(2)) point[0]! += more / 500;
	};
	for (const { outline } of made.stations) if (outline) away(outline);
	for (const { counts } of made.rounds)
		for (const count of counts) count.voters -= Math.min(more, count.voters - count.valid);
	return made;
}

beforeAll(async () => {
	await asSystem('test', async (tx) => {
		await loadZones(tx, inventedZones());
		for (const [n, code] of towns.entries()) await makeUp(tx, sibling(code, n * 4));
	});
});

const communes = towns.map((code) => ({ code, name: `Ville ${code}` }));
const asked = (text: string) => ({ asked: text as 'abstention', toward: 'high' as const, weight: 3 });
const question = {
	at: null,
	goal: 'door_to_door' as const,
	criteria: [asked('abstention'), asked('aged_60_more')],
	election: null,
	sort: 'rank' as const,
};
const load = (most: number) =>
	asSystem(
		'test',
		alone((tx) => loadScope(tx, communes, question, most)),
	) as Promise<Loaded>;

describe('a ground with more stations than a page can show', () => {
	test('is told by commune, each by the sums of its stations', async () => {
		const near = await load(42);
		const far = await load(41);
		expect([near.by, near.stations.length, far.by, far.stations.length]).toEqual([
			'station',
			42,
			'commune',
			3,
		]);
		const sum = (code: string, column: Float64Array) =>
			near.stations.reduce(
				(all, { key }, at) => all + (key.startsWith(code) ? (column[at] as number) : 0),
				0,
			);
		for (const [at, code] of towns.entries()) {
			for (const name of ['registered', 'voters', 'ours', 'valid'] as const) {
				const stations = near.rounds.now.columns[name];
				expect(far.rounds.now.columns[name][at]).toBe(sum(code, stations));
				expect(far.rounds.before[0]!.columns[name][at]).toBe(sum(code, near.rounds.before[0]!.columns[name]));
			}
			const [abstention, aged] = far.figures.map(({ column }) => column.values[at] as number);
			const { registered, voters } = near.rounds.now.columns;
			expect(abstention).toBeCloseTo(1 - sum(code, voters) / sum(code, registered), 12);
			const { count, of } = near.figures[1]!.column;
			expect(aged).toBeCloseTo(sum(code, count!) / sum(code, of!), 12);
		}
		const { lines } = rankedBy(
			far.criteria,
			far.figures.map(({ column }) => column),
			far.stations,
		);
		expect(lines.map(({ key, rank }) => [key, rank])[0]).toEqual(['X01003', 1]);
	});

	test('draws each commune once, as the edge of its stations', async () => {
		const { outlines, stations } = await load(41);
		const drawing = draw(stations.map(({ key }) => outlines.get(key) ?? []));
		expect(drawing?.shapes).toHaveLength(3);
		for (const { d } of drawing!.shapes) expect(d.match(/M/g)).toHaveLength(1);
	});

	test('hidden stations are left out of what a commune says; alone, they hide it', () => {
		const column = {
			values: Float64Array.of(0.5, Number.NaN, Number.NaN),
			count: Float64Array.of(200, 90, 40),
			of: Float64Array.of(400, 100, 100),
			margin: Float64Array.of(0.02, 0.1, 0.1),
			order: Int32Array.of(0),
			sorted: Float64Array.of(0.5),
		};
		const about = { base: 'population', year: 2021, counted: 'people', level: 'iris' } as never;
		const found = themeByCommune(
			{ ...(about as object), column } as never,
			['a_1', 'a_2', 'b_1'],
			['a', 'b'],
		);
		expect([...found.column.values]).toEqual([0.5, Number.NaN]);
		expect([...found.column.count!]).toEqual([200, 0]);
		expect(found.column.margin![0]).toBe(0.02);
	});
});

test('sides in common are not drawn, holes and islands stay', () => {
	const square = (x: number, y: number): [number, number][] => [
		[x, y],
		[x + 10, y],
		[x + 10, y + 10],
		[x, y + 10],
	];
	const [one, ...others] = joined([square(0, 0), square(10, 0)]);
	expect(others).toEqual([]);
	expect(new Set(one!.map(String)).size).toBe(6);
	const ring = [0, 10, 20].flatMap((x) => [0, 10, 20].map((y) => square(x, y))).filter((_, n) => n !== 4);
	expect(joined(ring)).toHaveLength(2);
	expect(joined([square(0, 0), square(40, 0)])).toHaveLength(2);
});

test('stations known by addresses alone are shown as they were drawn; outlines that come later take their place', async () => {
	const [first] = villebrume().stations;
	const id = await asSystem('test', (tx) => {
		const prepared = { election: null, columns: [], counts: {}, remarks: [], rows: 0, write: async () => {} };
		const about = { kind: 'addresses' as const, byId: null, fileName: '' };
		return layAtOnce(tx, about, { ...prepared, vintage: '2022', communes: ['X01005'] });
	});
	const seen = () =>
		asSystem(
			'test',
			alone(async (tx) => [
				await vintagesIn(tx, ['X01005']),
				(await outlinesIn(tx, '2022', ['X01005'])).size,
			]),
		);
	expect(await seen()).toEqual([[], 0]);
	const drawn = { key: 'X01005_0001', commune: 'X01005', outline: first!.outline };
	await asSystem('test', (tx) => writeDrawn(tx, id, [drawn]));
	expect(await seen()).toEqual([['2022'], 1]);
	await asSystem('test', async (tx) => {
		const made = sibling('X01005', 0);
		await makeUp(tx, { ...made, vintage: '2022', rounds: [] });
	});
	expect(await seen()).toEqual([['2022'], 14]);
});
