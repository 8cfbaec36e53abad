import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { api } from '../api.ts';
import { roundsAt } from '../between/between.fixture.ts';
import { layVillebrume } from '../sheet/towns.fixture.ts';
import { targeted } from './targeted.ts';

stage();

const people = {} as Record<CastName, Browser>;
beforeAll(async () => {
	await layVillebrume();
	for (const name of ['odile', 'yamina', 'ines', 'mathis'] as const) people[name] = await browser(name);
});
beforeEach(() => scene(sql`delete from platform.bucket`, sql`delete from electoral_map.selection`));

const town = 'ou=X01001';
const keys = ['X01001_0009', 'X01001_0003'];
const sheet = '/carte/bureaux/X01001_0009';

/** Yamina keeps two stations; gives where. */
async function choose(): Promise<string> {
	const fields = {
		unit: idOf('valdorsande'),
		election: '2026_muni_t1',
		name: 'Second tour',
		'station[]': keys,
	};
	return (await people.yamina.post(`${roundsAt}?/choose`, fields)).to ?? '';
}
const give = async (at: string, units: string[]) => {
	await people.yamina.post(`${at}?/assign`, { 'station[]': keys, 'section[]': units });
	await people.yamina.post(`${at}?/publish`);
};

const picture = async (who: CastName) => (await people[who].get(`/carte.png?${town}`)).html;

/** All that the map writes to a person of that town, by every door. */
async function allOf(who: CastName): Promise<string[]> {
	const paths = ['/carte', '/carte/tableau', '/carte/tableau.csv', '/carte/chiffres.json'];
	const pages: string[] = [];
	for (const path of [...paths.map((one) => `${one}?${town}`), sheet]) {
		const { html } = await people[who].get(path);
		pages.push(html.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id'));
	}
	const viewer = await as(who);
	pages.push(JSON.stringify(await api['GET /api/v1/map/stations']!.act(viewer, { ou: 'X01001' }, {})));
	pages.push(JSON.stringify(await api['GET /api/v1/map/stations/[key]']!.act(viewer, {}, { key: keys[0]! })));
	return pages;
}

describe('targets on the map', () => {
	test('are outlined, marked, in the legend, the list, the table, the file, the sheet, with who goes there', async () => {
		const plain = await people.odile.get(`/carte?${town}`);
		await people.yamina.post(`${await choose()}?/publish`);
		const map = await people.odile.get(`/carte?${town}`);
		const marks = (html: string) => html.match(/class="target-mark"/g)?.length ?? 0;
		// Two stations, and the sign of the legend.
		expect([marks(plain.html), marks(map.html)]).toEqual([0, 3]);
		expect(map.main).toContain('À viser entre deux tours, en pointillé : 2 bureaux');
		expect(map.html.match(/aria-label="[^"]*Bureau à viser, pour Section de Villebrume"/g)).toHaveLength(2);
		expect(map.main).toMatch(/École Sainte-Prune (?:(?!Bureau).)*Rang \d+ .*?Bureau à viser, pour Section/s);
		const table = await people.odile.get(`/carte/tableau?${town}`);
		expect(table.main).toContain('À viser');
		expect(table.html.match(/<td[^>]*>Section de Villebrume<\/td>/g)).toHaveLength(2);
		const csv = (await people.odile.get(`/carte/tableau.csv?${town}`)).html.split('\r\n');
		expect(csv[0]).toContain('À viser');
		expect(
			csv.filter((line) => line.includes(';Section de Villebrume;')).map((line) => line.split(';')[1]),
		).toEqual(expect.arrayContaining(keys));
		expect((await people.odile.get(sheet)).main).toContain('Bureau à viser, pour Section de Villebrume');
	});

	test('are told to programs and to the script with the same words', async () => {
		await people.yamina.post(`${await choose()}?/publish`);
		const found = await api['GET /api/v1/map/stations']!.act(await as('odile'), { ou: 'X01001' }, {});
		const { items } = found as { items: { key: string; target?: string[] }[] };
		expect(
			items
				.filter(({ target }) => target)
				.map(({ key }) => key)
				.sort(),
		).toEqual([...keys].sort());
		const figures = JSON.parse((await people.odile.get(`/carte/chiffres.json?${town}`)).html);
		const sent = figures.stations.filter(({ target }: { target?: string[] }) => target);
		expect(sent.map(({ target }: { target: string[] }) => target)).toEqual([
			['Section de Villebrume'],
			['Section de Villebrume'],
		]);
		expect(JSON.stringify(figures.words)).toContain('electoral-map.targeted_station');
	});

	test('leave with the selection: nothing of a draft, nothing once it is taken back', async () => {
		const before = await allOf('odile');
		const at = await choose();
		expect(await allOf('odile')).toEqual(before);
		await people.yamina.post(`${at}?/publish`);
		const given = await allOf('odile');
		for (const [n, page] of given.entries()) expect([n, page === before[n]]).toEqual([n, false]);
		await people.yamina.post(`${at}?/withdraw`);
		expect(await allOf('odile')).toEqual(before);
	}, 60_000);

	test('of a unit whose ground one may not look at change nothing of what one gets, to the last letter', async () => {
		const before = await allOf('odile');
		const drawn = await picture('odile');
		await give(await choose(), [idOf('valdorsande'), idOf('valdorsande')]);
		expect(await allOf('odile')).toEqual(before);
		expect((await people.yamina.get(`/carte?${town}`)).main).toContain('À viser entre deux tours');
		expect((await picture('odile')) === drawn).toBe(true);
		expect((await picture('yamina')) === drawn).toBe(false);
	}, 60_000);

	test('give nobody a town that is not theirs', async () => {
		await people.yamina.post(`${await choose()}?/publish`);
		for (const who of ['ines', 'mathis'] as const)
			for (const path of [`/carte?${town}`, `/carte/tableau.csv?${town}`, `/carte.png?${town}`, sheet])
				expect([who, path, (await people[who].get(path)).status]).toEqual([who, path, 404]);
	});
});

test('a commune has all those who go to its stations, each once', () => {
	const stood = (key: string) => ({
		key,
		number: '',
		place: null,
		commune: '',
		registered: null,
		mark: null,
	});
	const sent = new Map([
		['a_1', ['One']],
		['a_2', ['One', 'Two']],
		['b_1', ['Three']],
	]);
	const found = targeted([stood('a'), stood('c')], 'commune', sent);
	expect(found.map(({ target }) => target)).toEqual([['One', 'Two'], undefined]);
});
