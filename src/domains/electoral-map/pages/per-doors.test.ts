import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { api } from '../api.ts';
import { layVillebrume } from '../sheet/towns.fixture.ts';

stage();

let odile: Browser;
beforeAll(async () => {
	await layVillebrume();
	odile = await browser('odile');
});

const asked = 'c1=per_doors-high&p1=3&c2=reserve-high&p2=3';
type Item = { key: string; figures: ({ value: number; mean: number; margin: number | null } | null)[] };
const stations = async (): Promise<Item[]> => {
	const given = Object.fromEntries(new URLSearchParams(asked));
	const found = await api['GET /api/v1/map/stations']!.act(await as('odile'), given, {});
	return (found as { items: Item[] }).items;
};

describe('votes to win back for a hundred doors', () => {
	test('are the reserve of a station over its main homes, whose sum is that of the town', async () => {
		const items = await stations();
		expect(items).toHaveLength(14);
		const homes = items.map(({ figures: [doors, reserve] }) => (100 * reserve!.value) / doors!.value);
		const [row] = await asSystem('test', (tx) =>
			tx.many<{
				homes: number;
			}>(sql`select sum(census_row.values[array_position(source.columns, 'P21_RP')]) as homes
				from electoral_map.census_row join electoral_map.source on source.id = census_row.source_id`),
		);
		const all = homes.reduce((sum, one) => sum + one, 0);
		expect(all / Number(row?.homes)).toBeCloseTo(1, 3);
		const votes = items.reduce((sum, { figures }) => sum + figures[1]!.value, 0);
		expect(items[0]!.figures[0]!.mean).toBeCloseTo((100 * votes) / all, 6);
		for (const { figures } of items) expect(figures[0]!.margin! / figures[0]!.value).toBeCloseTo(0.23, 2);
	});

	test('are told in the list, the table, the file and the sheet, with what may be off, source and year', async () => {
		const { main } = await odile.get(`/carte?${asked}`);
		expect(main).toMatch(/voix à remobiliser pour 100 portes \d+(,\d)? \(± \d+(,\d)?\)/);
		expect(main).toContain('une porte est une résidence principale (recensement 2021');
		expect((await odile.get(`/carte/tableau?${asked}`)).main).toMatch(/\d ± \d/);
		expect((await odile.get(`/carte/tableau.csv?${asked}`)).html).toContain(
			'voix à remobiliser pour 100 portes',
		);
		const sheet = await odile.get('/carte/bureaux/X01001_0010');
		expect(sheet.main).toMatch(/voix à remobiliser pour 100 portes \d+(,\d)? ± \d/);
		expect(sheet.main).toContain('une porte est une résidence principale (recensement 2021');
	});

	test('are not told where homes are too few, nor offered where nobody counted them', async () => {
		await scene(
			sql`update electoral_map.census_row set values = array(select one / 40 from unnest(values) as one)`,
		);
		for (const { figures } of await stations()) expect(figures[0]).toBeNull();
		expect((await odile.get('/carte/bureaux/X01001_0010')).main).toContain('pour 100 portes masqué');
		await scene(sql`update electoral_map.source set columns = array_replace(columns, 'P21_RP', 'P21_OTHER')`);
		expect((await odile.get('/carte')).html).not.toContain('per_doors');
	});
});
