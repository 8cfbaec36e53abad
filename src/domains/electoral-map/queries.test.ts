import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { stage } from '#tests/stage.ts';
import { told } from '#tests/traces.ts';
import { villebrume } from '../../../bin/demo/ground.ts';
import { estimatesOf, joinOf, loadedVersions, transfersIn, weightsOf } from './queries.ts';
import type { MadeUp } from './seed.ts';
import { makeUp } from './seed.ts';

stage();

const made: MadeUp = villebrume();
const place = { commune: made.commune, vintage: made.vintage };
const [round] = made.rounds;
beforeAll(() => asSystem('test', (tx) => makeUp(tx, made)));

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
const column = (name: string) => made.census.columns.indexOf(name);
const inAll = (name: string) => sum(made.census.rows.map(({ values }) => values[column(name)] ?? 0));
const problem = (work: Promise<unknown>) =>
	work.then(
		() => null,
		(error) => error.problems[0],
	);

describe('estimates of a commune', () => {
	test.each(['P21_POP', 'P21_POP75P', 'C21_POP15P'])(
		'%s: all stations hold what all IRIS hold',
		async (name) => {
			const stations = await estimatesOf(place, [name]);
			expect(stations).toHaveLength(made.stations.length);
			expect(sum(stations.map(({ values }) => values[0] ?? Number.NaN))).toBeCloseTo(inAll(name), 6);
		},
	);

	test('columns come in the order they are asked in; stations in that of their keys', async () => {
		const [one, two] = [
			await estimatesOf(place, ['P21_POP', 'P21_POP75P']),
			await estimatesOf(place, ['P21_POP75P', 'P21_POP']),
		];
		expect(two.map(({ values }) => values.toReversed())).toEqual(one.map(({ values }) => values));
		expect(one.map(({ key }) => key)).toEqual(made.stations.map(({ key }) => key).toSorted());
	});

	test('the same column twice is there twice; none is nothing', async () => {
		const [first] = await estimatesOf(place, ['P21_POP', 'P21_POP']);
		expect(first?.values[0]).toBe(first?.values[1]);
		expect(await estimatesOf(place, [])).toEqual([]);
	});

	test('how far they can be believed is one of three marks', async () => {
		const marks = new Set((await estimatesOf(place, ['P21_POP'])).map(({ quality }) => quality));
		for (const mark of marks) expect(['good', 'fair', 'poor']).toContain(mark);
	});

	test('a column that is not there is refused with those that are; so are a vintage and a commune', async () => {
		const refused = await problem(estimatesOf(place, ['P21_POP', 'P22_POP']));
		expect(refused).toMatchObject({
			key: 'electoral-map.no_column',
			args: { column: 'P22_POP', commune: made.commune },
		});
		expect(refused.args.known.split(', ').toSorted()).toEqual(made.census.columns.toSorted());
		for (const wrong of [
			{ ...place, vintage: '1999' },
			{ ...place, commune: '75056' },
		])
			expect(await problem(estimatesOf(wrong, ['P21_POP']))).toMatchObject({
				key: 'electoral-map.no_weights',
				args: wrong,
			});
	});

	test('what one types is a text: it reaches no statement', async () => {
		const nasty = "P21_POP'); drop table electoral_map.source; --";
		expect(await told(estimatesOf(place, [nasty]))).toBe('Invalid: file electoral-map.no_column');
		expect(await told(estimatesOf({ commune: nasty, vintage: nasty }, ['P21_POP']))).toBe(
			'Invalid: file electoral-map.no_weights',
		);
		expect((await loadedVersions()).length).toBeGreaterThan(3);
	});
});

describe('weights of a commune', () => {
	test('the parts of each IRIS add up to one, none is below zero, none is of another commune', async () => {
		const weights = await weightsOf(place);
		for (const [, own] of Map.groupBy(weights, ({ iris }) => iris))
			expect(sum(own.map(({ weight }) => weight))).toBeCloseTo(1, 9);
		expect(weights.filter(({ weight }) => !(weight > 0 && weight <= 1))).toEqual([]);
		expect(weights.filter(({ key }) => !key.startsWith(`${made.commune}_`))).toEqual([]);
	});

	test('estimates are these weights times the figures of the IRIS', async () => {
		const people = new Map(
			made.census.rows.map(({ iris, values }) => [iris, values[column('P21_POP')] ?? 0]),
		);
		const expected = new Map<string, number>();
		for (const { iris, key, weight } of await weightsOf(place))
			expected.set(key, (expected.get(key) ?? 0) + weight * (people.get(iris) ?? 0));
		for (const { key, values } of await estimatesOf(place, ['P21_POP']))
			expect(values[0]).toBeCloseTo(expected.get(key) ?? Number.NaN, 6);
	});
});

describe('how results fall on outlines', () => {
	test('on their own outlines all stations are joined, and nobody is left', async () => {
		expect(await joinOf({ election: round!.id, vintage: made.vintage })).toEqual({
			vintage: made.vintage,
			stations: made.stations.length,
			joined: made.stations.length,
			unmatched: [],
			registered: 0,
		});
	});

	test('asked of another commune there is nothing to join', async () => {
		const nothing = await problem(joinOf({ election: round!.id, vintage: made.vintage, commune: '75056' }));
		expect(nothing).toMatchObject({ key: 'electoral-map.no_outlines' });
	});

	test('an election that is not loaded is refused with those that are', async () => {
		const { args } = await problem(joinOf({ election: '1848_pres_t1' }));
		expect(args.known.split(', ')).toEqual(made.rounds.map(({ id }) => id).toSorted());
	});
});

describe('transfers', () => {
	test('fourteen stations are too few to say anything', async () => {
		const [from, to] = made.rounds;
		const asked = { commune: made.commune, from: from!.id, to: to!.id };
		expect(await problem(transfersIn(asked))).toMatchObject({
			key: 'electoral-map.transfers_few_stations',
			args: { stations: made.stations.length, least: 50 },
		});
	});

	test.each(['from', 'to'] as const)('a round that is not loaded is named: %s', async (end) => {
		const asked = { commune: made.commune, from: round!.id, to: round!.id, [end]: '1848_pres_t1' };
		expect(await problem(transfersIn(asked))).toMatchObject({
			key: 'electoral-map.no_election',
			args: { election: '1848_pres_t1' },
		});
	});
});

test('every version is listed, the last first, with what it holds', async () => {
	const versions = await loadedVersions();
	expect(versions.map(({ created_at }) => created_at.getTime())).toEqual(
		versions.map(({ created_at }) => created_at.getTime()).toSorted((a, b) => b - a),
	);
	const kinds = Map.groupBy(versions, ({ kind }) => kind);
	expect([...kinds.keys()].toSorted()).toEqual(['census', 'iris', 'outlines', 'results']);
	expect(kinds.get('results')).toHaveLength(made.rounds.length);
});
