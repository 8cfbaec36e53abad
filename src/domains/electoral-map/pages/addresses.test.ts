import { beforeAll, describe, expect, test } from 'vitest';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene, told } from '#tests/traces.ts';
import { api } from '../api.ts';
import { cover, layTowns, layVillebrume, townLike } from '../sheet/towns.fixture.ts';

stage();

const people = {} as Record<CastName | 'visitor', Browser>;
beforeAll(async () => {
	await layVillebrume();
	// Castelmauve has a ground too, where nobody of Villebrume looks.
	await layTowns(townLike('X01003'));
	await cover('castelmauve', 'X01003');
	for (const name of [
		'odile',
		'noemie',
		'yamina',
		'driss',
		'thibaud',
		'lucien',
		'mathis',
		'visitor',
	] as const)
		people[name] = await browser(name);
});
const get = (name: CastName | 'visitor', path: string) => people[name].get(path);
const doors = ['/carte', '/carte/tableau', '/carte/tableau.csv', '/carte/chiffres.json', '/carte.png'];
const statuses = (name: CastName | 'visitor', query: string) =>
	Promise.all(doors.map(async (door) => (await get(name, `${door}?${query}`)).status));
const all = (status: number) => doors.map(() => status);

describe('a place', () => {
	test('of one’s own opens every door', async () => {
		expect(await statuses('odile', 'ou=X01001')).toEqual(all(200));
		expect(await statuses('noemie', 'ou=X01003')).toEqual(all(200));
	});

	test.each([
		['a town of another section', 'X01003'],
		['a town where nothing is loaded', 'X01002'],
		['the department around', 'X01'],
		['a town that does not exist', 'X01999'],
		['a section of the same federation', idOf('castelmauve')],
		['the federation above', idOf('valdorsande')],
		['a section of another region', idOf('pontsarvan')],
		['a unit that does not exist', idOf('nowhere')],
		['a person', idOf('samuel')],
		['a station', 'X01001_0001'],
		['a quote', "X01001' or '1'='1"],
		['half of an id', idOf('villebrume').slice(0, 20)],
		['a book', 'X01001'.repeat(500)],
		['a small letter', 'x01001'],
	])('that is %s is closed at every door, and all look the same', async (_, at) => {
		const query = new URLSearchParams({ ou: at }).toString();
		expect(await statuses('odile', query)).toEqual(all(404));
		const [page, other] = [await get('odile', `/carte?${query}`), await get('odile', '/carte?ou=X01998')];
		expect(page.html).toBe(other.html);
		const asked = api['GET /api/v1/map/stations']!.act(await as('odile'), { ou: at.slice(0, 80) }, {});
		expect(await told(asked)).toBe('NotFound');
	});

	test('left empty is one’s own', async () => {
		expect((await get('odile', '/carte?ou=')).main).toBe((await get('odile', '/carte')).main);
	});

	test('is closed to whoever is suspended, has lapsed, or is not of the map', async () => {
		for (const who of ['thibaud', 'lucien', 'mathis'] as const)
			expect([who, new Set(await statuses(who, 'ou=X01001')).has(200)]).toEqual([who, false]);
		for (const door of doors) expect([door, (await get('visitor', door)).main]).toEqual([door, '']);
		expect(await statuses('driss', 'ou=X01001')).toEqual(all(404));
	});

	test('of a section that was closed is nobody’s by that section', async () => {
		await scene(sql`update territory.unit set closed_at = now() where id = ${idOf('castelmauve')}::uuid`);
		try {
			expect(await statuses('noemie', 'ou=X01003')).toEqual(all(404));
			expect(await statuses('yamina', 'ou=X01003')).toEqual(all(200));
		} finally {
			await scene(sql`update territory.unit set closed_at = null where id = ${idOf('castelmauve')}::uuid`);
		}
	});
});

describe('a station', () => {
	const sheet = (name: CastName, key: string) => get(name, `/carte/bureaux/${encodeURIComponent(key)}`);

	test('of one’s own ground opens; the same number elsewhere does not', async () => {
		expect((await sheet('odile', 'X01001_0001')).status).toBe(200);
		expect((await sheet('odile', 'X01003_0001')).status).toBe(404);
		expect((await sheet('noemie', 'X01003_0001')).status).toBe(200);
	});

	test.each([
		'X01001_0015',
		'X01001_1',
		'X01001_',
		'X01001',
		'_0001',
		'x01001_0001',
		'X01001_0001 ',
		'X01001_0001_2',
		'X01001-0001',
		"X01001_0001'--",
		'_'.repeat(300),
	])('%j is none', async (key) => {
		expect((await sheet('odile', key)).status).toBe(404);
		const asked = api['GET /api/v1/map/stations/[key]']!.act(await as('odile'), {}, { key });
		expect(await told(asked)).toBe('NotFound');
	});

	test('asked at a round that it did not vote in is told at the last one', async () => {
		const { main } = await sheet('odile', 'X01001_0001');
		const at = async (round: string) =>
			(await get('odile', `/carte/bureaux/X01001_0001?scrutin=${encodeURIComponent(round)}`)).main;
		for (const round of ['', 'x'.repeat(5000), "'; drop table electoral_map.count"])
			expect([round, await at(round)]).toEqual([round, main]);
		const said =
			'Pas de résultats chargés ici pour « Présidentielle 1999, 1er tour » : les chiffres sont ceux de « Municipales 2026, 1er tour ». ';
		const other = await at('1999_pres_t1');
		expect(other).toContain(said);
		expect(other.replace(said, '')).toBe(main);
	});
});

describe('what is asked', () => {
	const asked = 'c1=abstention-high&c2=aged_60_more-high';
	const ranks = async (query: string) => (await get('odile', `/carte/tableau.csv?${query}`)).html;

	test.each(['0', '6', '-1', '2.5', '1e3', 'NaN', '', ' ', 'trois', '٣', '5; drop'])(
		'with a weight of %j is as with three',
		async (weight) => {
			const query = `${asked}&${new URLSearchParams({ p1: weight, p2: weight })}`;
			expect(await ranks(query)).toBe(await ranks(`${asked}&p1=3&p2=3`));
		},
	);

	test('one criterion alone, or one that is none, is as if none were asked', async () => {
		const plain = await ranks('');
		for (const query of ['c1=retired-low', 'c2=abstention-low&p2=5', 'c1=retired-low&c2=religion-high'])
			expect([query, await ranks(query)]).toEqual([query, plain]);
	});

	test('twice the same criterion is one: another answers beside it', async () => {
		const viewer = await as('odile');
		const found = (await api['GET /api/v1/map/stations']!.act(
			viewer,
			{ c1: 'abstention-high', c2: 'abstention-low', p1: '5', p2: '5' },
			{},
		)) as { criteria: { asked: string; toward: string; weight: number }[] };
		expect(found.criteria[0]).toEqual({ asked: 'abstention', toward: 'high', weight: 5 });
		expect(found.criteria[1]?.asked).not.toBe('abstention');
		expect(found.criteria).toHaveLength(2);
	});

	test('what is no round is the last one here; a round of another town is told, and ranks nothing', async () => {
		const plain = await ranks(asked);
		for (const round of ['2024', '*', "2024_legi_t1'"])
			expect([round, await ranks(`${asked}&scrutin=${encodeURIComponent(round)}`)]).toEqual([round, plain]);
		expect(await ranks(`${asked}&scrutin=2024_legi_t1`)).not.toBe(plain);
		expect(await ranks(`${asked}&scrutin=1999_pres_t1`)).not.toMatch(/X01001_|Mairie/);
	});

	test('an order, a goal and circles that are none are the usual ones', async () => {
		const plain = await get('odile', `/carte/tableau?${asked}`);
		for (const query of ['tri=name', 'but=collage', 'vue=carres', 'tri=__proto__', 'but=constructor'])
			expect([query, (await get('odile', `/carte/tableau?${asked}&${query}`)).main]).toEqual([
				query,
				plain.main,
			]);
	});

	test('the same thing said twice in an address is said once', async () => {
		expect(await ranks(`${asked}&c1=retired-low&ou=X01001&ou=X01003`)).toBe(
			await ranks(`${asked}&ou=X01001`),
		);
	});
});
