import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { inventedZones, loadZones } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { villebrume } from '../../../../bin/demo/ground.ts';
import { api } from '../api.ts';
import { LEAST_PEOPLE } from '../measures/estimates.ts';
import type { MadeUp } from '../seed.ts';
import { makeUp } from '../seed.ts';

stage();

// Two towns, where every station is an area of its own: what changes in one is that station's alone. In each, one
// station has too few people to be told about.
const HIDDEN = ['X01001_0005', 'X01002_0009'];
const irisOf = (key: string) => `${key.slice(0, 6)}${key.slice(-3)}`;

function town(commune: string): MadeUp {
	const told = villebrume();
	const stations = told.stations.map((one) => ({ ...one, commune, key: one.key.replace('X01001', commune) }));
	const { columns } = told.census;
	return {
		...told,
		commune,
		stations,
		irises: stations.map(({ key, outline }) => ({ iris: irisOf(key), commune, outline: outline! })),
		weights: stations.map(({ key }) => ({ iris: irisOf(key), key, weight: 1, area: 1 })),
		quality: stations.map(({ key }) => ({ key, irises: 1, largest: 1, coverage: 1 })),
		census: {
			year: 2021,
			columns,
			rows: stations.map(({ key }, n) => ({
				iris: irisOf(key),
				commune,
				quality: 1,
				values: columns.map((_, at) =>
					HIDDEN.includes(key) ? 11 + at : 900 + 50 * n + ((n * 37 + at * 91) % 300),
				),
			})),
		},
		rounds: told.rounds.map((round) => ({
			...round,
			counts: round.counts.map((count) => ({ ...count, key: count.key.replace('X01001', commune) })),
		})),
	};
}

let odile: Browser;
let names: string[] = [];
let columns: string[] = [];
beforeAll(async () => {
	await asSystem('test', async (tx) => {
		await loadZones(tx, inventedZones());
		for (const code of ['X01001', 'X01002']) {
			await tx.run(sql`insert into territory.coverage (unit_id, zone_id)
				select ${idOf('villebrume')}::uuid, zone.id from territory.zone where zone.code = ${code}`);
			const made = town(code);
			({ columns } = made.census);
			await makeUp(tx, made);
		}
	});
	odile = await browser('odile');
	const { html } = await odile.get('/carte?ou=X01001');
	names = [...new Set([...html.matchAll(/<option value="(\w+)-high"/g)].map(([, name]) => name ?? ''))];
}, 60_000);

/** Says something else of the people of the hidden stations, all of it under the least that may be told. */
const say = (figures: number[]) =>
	scene(sql`update electoral_map.census_row set values = ${`{${figures.join()}}`}::float8[]
		where iris = any (${HIDDEN.map(irisOf)}::text[])`);

const scopes = ['X01001', 'X01002', idOf('villebrume')];
const stations = api['GET /api/v1/map/stations']!;
const station = api['GET /api/v1/map/stations/[key]']!;

/** All that the map answers to one question, over every scope that holds a hidden station. */
async function answers(criteria: string): Promise<string> {
	const all: string[] = [];
	for (const scope of scopes)
		for (const path of ['/carte', '/carte/tableau', '/carte/tableau.csv'])
			all.push((await odile.get(`${path}?ou=${scope}&${criteria}`)).html);
	const asked = Object.fromEntries(new URLSearchParams(criteria));
	const viewer = await as('odile');
	for (const ou of scopes) all.push(JSON.stringify(await stations.act(viewer, { ...asked, ou }, {})));
	return all.join('\n').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id');
}

async function sheets(): Promise<string> {
	const all: string[] = [];
	const viewer = await as('odile');
	for (const key of [...HIDDEN, 'X01001_0004', 'X01001_0006']) {
		all.push((await odile.get(`/carte/bureaux/${key}`)).html);
		all.push(JSON.stringify(await station.act(viewer, {}, { key })));
	}
	return all.join('\n').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id');
}

const figure = fc.integer({ min: 0, max: LEAST_PEOPLE - 1 });
const figures = () => fc.array(figure, { minLength: columns.length, maxLength: columns.length });

describe('what may not be told leaves no trace', () => {
	test('there are many themes to ask about', () => {
		expect(names.length).toBeGreaterThan(6);
	});

	test('whatever is asked, whatever the hidden figures are, every answer is the same to the last letter', async () => {
		const question = fc.tuple(
			fc.subarray(names, { minLength: 2, maxLength: 2 }),
			fc.constantFrom('high', 'low'),
			fc.constantFrom('high', 'low'),
			fc.integer({ min: 1, max: 5 }),
		);
		await fc.assert(
			fc.asyncProperty(question, figures(), figures(), async ([[one, two], end, other, weight], a, b) => {
				const criteria = `c1=${one}-${end}&p1=${weight}&c2=${two}-${other}&p2=3`;
				await say(a);
				const first = await answers(criteria);
				await say(b);
				expect(await answers(criteria)).toBe(first);
			}),
			{ numRuns: 6, endOnFailure: true },
		);
	}, 120_000);

	test('no sheet changes, that of the station and those around it', async () => {
		await say(columns.map((_, at) => 11 + at));
		const first = await sheets();
		for (const value of [0, 1, 150, LEAST_PEOPLE - 1]) {
			await say(columns.map((_, at) => Math.max(0, value - at)));
			expect(await sheets()).toBe(first);
		}
		expect(first).toContain('masqué');
	}, 60_000);

	test('with as many people as is needed the station is told, and the mean moves: nothing else hid it', async () => {
		const asked = 'c1=aged_60_more-high&p1=3&c2=abstention-high&p2=3';
		await say(columns.map(() => LEAST_PEOPLE - 1));
		const hidden = await answers(asked);
		await say(columns.map(() => LEAST_PEOPLE));
		expect(await answers(asked)).not.toBe(hidden);
	}, 60_000);

	test('the figures of two scopes, one within the other, do not give the hidden ones by subtraction', async () => {
		await say(columns.map((_, at) => 11 + at));
		const viewer = await as('odile');
		const meanOf = async (ou: string) => {
			const asked = { ou, c1: 'aged_60_more-high', c2: 'children-high', p1: '3', p2: '3' };
			const { items } = (await stations.act(viewer, asked, {})) as {
				items: { key: string; rank: number | null; figures: ({ mean: number; value: number } | null)[] }[];
			};
			for (const item of items.filter(({ key }) => HIDDEN.includes(key)))
				expect([item.rank, item.figures]).toEqual([null, [null, null]]);
			const shown = items.flatMap(({ key, figures: [first] }) => (first ? [{ key, ...first }] : []));
			return { mean: shown[0]?.mean ?? Number.NaN, keys: shown.map(({ key }) => key) };
		};
		// The mean is that of the stations shown, and of them alone
		const at = (name: string) => columns.indexOf(name);
		for (const scope of scopes) {
			const { mean, keys } = await meanOf(scope);
			expect(keys).not.toEqual(expect.arrayContaining([HIDDEN[0]]));
			const rows = await asSystem('test', (tx) =>
				tx.many<{ values: number[] }>(sql`select values from electoral_map.census_row
					where iris = any (${keys.map(irisOf)}::text[])`),
			);
			const sum = (name: string) => rows.reduce((all, { values }) => all + (values[at(name)] ?? 0), 0);
			expect(mean).toBeCloseTo((sum('P21_POP6074') + sum('P21_POP75P')) / sum('P21_POP'), 9);
		}
	}, 60_000);
});

describe('what is not theirs leaves no trace either', () => {
	test('a section that covers neither town learns nothing of them by any door', async () => {
		const ines = await browser('ines');
		const viewer = await as('ines');
		for (const scope of ['X01001', 'X01002', idOf('villebrume')]) {
			for (const path of ['/carte', '/carte/tableau', '/carte/tableau.csv'])
				expect([scope, path, (await ines.get(`${path}?ou=${scope}`)).status]).toEqual([scope, path, 404]);
			await expect(stations.act(viewer, { ou: scope }, {})).rejects.toMatchObject({ name: 'NotFound' });
		}
		for (const key of HIDDEN) {
			expect((await ines.get(`/carte/bureaux/${key}`)).status).toBe(404);
			await expect(station.act(viewer, {}, { key })).rejects.toMatchObject({ name: 'NotFound' });
		}
	});

	test('a file whose name tries to be a formula is a name', async () => {
		await scene(sql`update electoral_map.voting_place set name = '+cmd|calc' where key = 'X01001_0001'`);
		const csv = (await odile.get('/carte/tableau.csv?ou=X01001')).html;
		expect(csv).toContain(`;'+cmd|calc;`);
	});
});
