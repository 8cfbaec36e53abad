import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { api } from '../api.ts';
import { layVillebrume } from '../sheet/towns.fixture.ts';
import { scaleOf } from './circles.ts';

stage();

const people: Partial<Record<CastName, Browser>> = {};
beforeAll(async () => {
	await layVillebrume();
	for (const name of ['odile', 'mathis', 'ines', 'yamina', 'noemie'] as const)
		people[name] = await browser(name);
});
const get = (name: CastName, path: string) => people[name]!.get(path);
const aged = 'c1=abstention-high&p1=3&c2=aged_60_more-high&p2=3';
const ten = '/carte/bureaux/X01001_0010';

describe('who sees what', () => {
	test('a member sees the towns of their section; no one else’s exist for them', async () => {
		expect((await get('odile', '/carte')).main).toContain('Section de Villebrume · 14 bureaux de vote');
		expect((await get('odile', '/carte?ou=X01002')).status).toBe(404);
		expect((await get('odile', `/carte?ou=${idOf('valdorsande')}`)).status).toBe(404);
		for (const path of ['/carte?ou=X01001', '/carte/tableau?ou=X01001', '/carte/tableau.csv?ou=X01001', ten])
			expect([path, (await get('ines', path)).status]).toEqual([path, 404]);
	});

	test('the app is for members; a sympathiser finds nothing there', async () => {
		for (const path of ['/carte', '/carte/tableau', '/carte/tableau.csv', ten])
			expect((await get('mathis', path)).status).toBe(404);
	});

	test('an officer of the federation sees all that is below', async () => {
		const federation = await get('yamina', `/carte?ou=${idOf('valdorsande')}`);
		expect(federation.main).toContain('14 bureaux de vote');
		expect((await get('yamina', ten)).status).toBe(200);
		const weak = await browser('yamina', { factor: false });
		expect((await weak.get(ten)).status).toBe(404);
	});

	test('what does not exist, a station included, is not found; a wrong criterion is as if it were not asked', async () => {
		expect((await get('odile', '/carte/bureaux/X01001_0099')).status).toBe(404);
		expect((await get('odile', '/carte/bureaux/nothing')).status).toBe(404);
		const asked = await get('odile', '/carte?c1=religion-high&c2=abstention-high');
		expect(asked.main).toBe((await get('odile', '/carte')).main);
	});
});

describe('the answer', () => {
	test('says where to go first and why, with what may be off and the sources', async () => {
		const { main } = await get('odile', `/carte?${aged}`);
		expect(main).toMatch(/Foyer du Rail abstention 54 %, 60 ans et plus \d+ % \(± \d points?\) Rang 1/);
		expect(main).toContain('recensement 2021');
		expect(main).toContain('Municipales 2026, 1er tour (contours 2025)');
		expect(main).toContain('Données d’exemple, commune inventée');
	});

	test('the drawing, the list and the table show the same stations, classes and ranks', async () => {
		const map = await get('odile', `/carte?${aged}`);
		const table = await get('odile', `/carte/tableau?${aged}`);
		const keys = (html: string) => [...html.matchAll(/bureaux\/(X01001_\d+)/g)].map(([, key]) => key);
		const [svg = ''] = /<svg viewBox="0 0 1000.*?<\/svg>/s.exec(map.html) ?? [];
		const list = map.html.slice(map.html.indexOf('map-list'));
		expect(keys(svg)).toHaveLength(14);
		expect(keys(list)).toEqual(keys(table.html));
		expect(keys(svg)).toEqual(keys(list));
		const both = svg.match(/class="station cell-8"/g)?.length ?? 0;
		expect(both).toBeGreaterThan(0);
		expect(table.html.match(/<tr class="selected"/g)).toHaveLength(both);
		expect(map.main).toContain(`Les deux à la fois, cernés : ${both} bureaux`);
	});

	test('numbers are shown as circles over the colours, with three to compare', async () => {
		const plain = await get('odile', `/carte?${aged}`);
		expect(plain.html).not.toMatch(/r="[\d.]+" class="count"/);
		const seen = await get('odile', `/carte?${aged}&vue=voix`);
		const radii = [...seen.html.matchAll(/r="([\d.]+)" class="count"/g)].map(([, r]) => Number(r));
		expect(radii).toHaveLength(14 + 3);
		expect(seen.main).toMatch(/Cercles : nos voix, en nombre 100 \d+ \d+/);
		expect(seen.main).toMatch(
			/Foyer du Rail abstention 54 %, 60 ans et plus \d+ % \(± \d points?\), \d+ voix pour nous/,
		);
		expect((await get('odile', `/carte?${aged}&vue=abstentions`)).main).toContain(
			'512 personnes n’ont pas voté',
		);
		expect((await get('odile', `/carte?${aged}&vue=rien`)).main).toBe(plain.main);
	});

	test('a circle four times as large in number is twice as wide', () => {
		const { radius, sizes } = scaleOf([400, 100, 37], { width: 1000, height: 700 });
		expect(radius(400)).toBeCloseTo(2 * radius(100), 9);
		expect(radius(0)).toBe(0);
		expect(sizes).toEqual([200, 100, 20]);
		expect(scaleOf([3], { width: 10, height: 10 }).sizes).toEqual([2, 1]);
	});

	test('is printed by a button that waits for the script', async () => {
		for (const path of ['/carte', '/carte/tableau', ten])
			expect([path, (await get('odile', path)).html.match(/<button[^>]*data-print[^>]*hidden/g)]).toEqual([
				path,
				[expect.any(String)],
			]);
	});

	test('a slider moves the list', async () => {
		const order = async (weights: string) =>
			[
				...(
					await get('odile', `/carte/tableau?c1=abstention-high&c2=aged_60_more-high&${weights}`)
				).html.matchAll(/X01001_\d+/g),
			].join();
		expect(await order('p1=5&p2=1')).not.toBe(await order('p1=1&p2=5'));
	});

	test('the table is sorted by its links, and taken away without formula', async () => {
		const sorted = await get('odile', `/carte/tableau?${aged}&tri=registered`);
		expect(sorted.main).toMatch(/5\. Salle des Tanneries.*10\. Foyer du Rail.*9\. École Sainte-Prune/);
		await asSystem('test', (tx) =>
			tx.run(sql`update electoral_map.voting_place set name = '=1+1' where key = 'X01001_0001'`),
		);
		const csv = await get('odile', `/carte/tableau.csv?${aged}`);
		expect(csv.headers.get('content-type')).toContain('text/csv');
		expect(csv.html.split('\r\n').filter((line) => line.includes('X01001_'))).toHaveLength(14);
		expect(csv.html).toContain(`;'=1+1;`);
	});

	test('small numbers have no figure, no rank and no trace in any page', async () => {
		await asSystem('test', (tx) =>
			tx.run(
				sql`update electoral_map.census_row set values = array(select one / 40 from unnest(values) as one)`,
			),
		);
		const { html, main } = await get('odile', `/carte/tableau?${aged}`);
		expect(main).toContain('masqué');
		expect(html).not.toContain('± ');
		const told = await api['GET /api/v1/map/stations']!.act(
			await as('odile'),
			{ c1: 'abstention-high', c2: 'aged_60_more-high' },
			{},
		);
		expect(
			(told as { items: { figures: unknown[]; rank: null }[] }).items.every(
				({ figures, rank }) => rank === null && figures.every((one) => one === null),
			),
		).toBe(true);
		await asSystem('test', (tx) =>
			tx.run(
				sql`update electoral_map.census_row set values = array(select one * 40 from unnest(values) as one)`,
			),
		);
	});
});

describe('the sheet of a station', () => {
	test('tells its rounds beside the town, and says what was redrawn', async () => {
		const { main } = await get('odile', ten);
		expect(main).toContain('Municipales 2026, 1er tour 948 54 % (commune : 46 %)');
		expect(main).toMatch(
			/Municipales 2020, 1er tour contours de l’époque non chargés : le bureau a pu être redécoupé/,
		);
		expect(main.match(/redécoupé/g)).toHaveLength(1);
	});

	test('tells who lives there in words, and what is around', async () => {
		const { main } = await get('odile', ten);
		expect(main).toMatch(/logement social : \d+ sur \d+ \(logements\)/i);
		expect(main).toContain('12. École du Plateau');
		expect(main).not.toContain('2. Halle aux Grains abstention');
	});
});

test('where nothing is loaded, the page says how it comes and who can', async () => {
	const page = await get('ines', '/carte');
	expect(page.status).toBe(200);
	expect(page.main).toContain('Pas encore de données pour Section de Montclairval');
	expect(page.main).toContain('coopol map import');
	expect((await get('noemie', '/carte')).main).toContain('Aucune commune à montrer');
});

test('the API gives the same ranks as the page, in the shapes it announces', async () => {
	const all = api['GET /api/v1/map/stations']!;
	const one = api['GET /api/v1/map/stations/[key]']!;
	const odile = await as('odile');
	const found = v.parse(all.output, await all.act(odile, {}, {})) as { items: { key: string }[] };
	const { html } = await get('odile', '/carte/tableau');
	expect(found.items.map(({ key }) => key)).toEqual(
		[...html.matchAll(/bureaux\/(X01001_\d+)/g)].map(([, key]) => key),
	);
	const sheet = v.parse(one.output, await one.act(odile, {}, { key: 'X01001_0010' })) as {
		rounds: unknown[];
	};
	expect(sheet.rounds).toHaveLength(4);
	expect(await outcome(one.act(await as('ines'), {}, { key: 'X01001_0010' }))).toBe('NotFound');
});
