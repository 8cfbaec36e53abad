import { beforeAll, describe, expect, test } from 'vitest';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { villebrume } from '../../../../bin/demo/ground.ts';
import { api } from '../api.ts';
import { cover, layTowns, townLike } from '../sheet/towns.fixture.ts';

stage();

// The section covers three towns: one counted at every round, one at the round of 2024 alone, one at none.
const early = townLike('X01002', (made) => {
	made.rounds = made.rounds.filter(({ id }) => id === '2024_euro_t1');
});
let odile: Browser;
let yamina: Browser;
beforeAll(async () => {
	await layTowns(villebrume(), early);
	await cover('villebrume', 'X01001', 'X01002', 'X01003');
	await cover('valdorsande', 'X01');
	odile = await browser('odile');
	yamina = await browser('yamina');
});

const last = '2026_muni_t1';
const offered = (html: string) =>
	[...html.matchAll(/<option value="(X\d+)"/g)].map(([, code]) => code).sort();
const missed = `/carte?ou=X01002&scrutin=${last}&but=tractage`;

describe('places to choose from', () => {
	test('are the towns of every round, and no town where nothing was counted', async () => {
		const { html, main } = await odile.get(`/carte?scrutin=${last}`);
		expect(main).toContain('Section de Villebrume · 14 bureaux');
		expect(offered(html)).toEqual(['X01001', 'X01002']);
		expect(offered((await yamina.get(`/carte?ou=${idOf('valdorsande')}`)).html)).toEqual([
			'X01001',
			'X01002',
		]);
	});

	test('are still the neighbouring ones when one town is looked at', async () => {
		expect(offered((await odile.get('/carte?ou=X01001')).html)).toEqual(['X01001', 'X01002']);
		expect(offered((await odile.get(missed)).html)).toEqual(['X01001', 'X01002']);
	});
});

describe('a town without the round that was asked for', () => {
	test('says so, on the map and the table, and leads to the latest round that it has', async () => {
		for (const path of ['/carte', '/carte/tableau']) {
			const page = await odile.get(missed.replace('/carte', path));
			expect([path, page.status]).toEqual([path, 200]);
			expect(page.main).toMatch(/pas de résultats chargés pour « Municipales 2026, 1er tour »/);
			expect(page.main).not.toContain('Pas encore de données');
			const href = new RegExp(`href="(${path}\\?[^"]*scrutin=2024_euro_t1[^"]*)"`).exec(page.html)?.[1] ?? '';
			expect(href).toContain('but=tractage');
			const there = await odile.get(href.replaceAll('&amp;', '&'));
			expect(there.main).toContain('Européennes 2024, 1er tour');
			expect(there.html).toContain('bureaux/X01002_0001');
		}
	});

	test('keeps the question: the round is still chosen, and so are criteria', async () => {
		const { html } = await odile.get(`${missed}&c1=unemployed-high&p1=5&c2=abstention-low&p2=1`);
		expect(html).toMatch(/<option value="2026_muni_t1" selected/);
		expect(html).toMatch(/<option value="unemployed-high" selected/);
		expect(html).toMatch(/<option value="abstention-low" selected/);
	});

	test('has no picture, no figures, no line of table; its sheets tell the latest round and say why', async () => {
		for (const path of ['/carte.png', '/carte/chiffres.json'])
			expect([path, (await odile.get(missed.replace('/carte', path))).status]).toEqual([path, 404]);
		expect((await odile.get(missed.replace('/carte', '/carte/tableau.csv'))).html).not.toContain('X01002_');
		const found = await api['GET /api/v1/map/stations']!.act(
			await as('odile'),
			{ ou: 'X01002', scrutin: last },
			{},
		);
		expect(found).toMatchObject({ state: 'other_round', election: last, items: [] });
		const sheet = await odile.get(`/carte/bureaux/X01002_0001?scrutin=${last}`);
		expect(sheet.status).toBe(200);
		expect(sheet.main).toContain('les chiffres sont ceux de « Européennes 2024, 1er tour »');
		expect((await odile.get('/carte/bureaux/X01001_0001')).main).not.toContain('les chiffres sont ceux de');
	});

	test('says the same of a round that nobody loaded: nothing tells what other grounds have', async () => {
		const other = await odile.get('/carte?ou=X01002&scrutin=2012_pres_t2');
		expect(other.main).toContain('pas de résultats chargés pour « Présidentielle 2012, 2e tour »');
		const nonsense = await odile.get('/carte?ou=X01002&scrutin=nonsense');
		expect(nonsense.main).toBe((await odile.get('/carte?ou=X01002')).main);
	});
});
