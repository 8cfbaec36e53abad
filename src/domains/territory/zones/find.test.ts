import postgres from 'postgres';
import { beforeAll, expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { as, stage } from '#tests/stage.ts';
import { findCommunes, frenchZones, loadZones } from './index.ts';

stage();

let loading = 0;
beforeAll(async () => {
	const start = performance.now();
	await asSystem('zones', (tx) => loadZones(tx, frenchZones()));
	loading = performance.now() - start;
	// The server does it by itself a minute later.
	const owner = postgres(process.env.COOPOL_OWNER_URL!, { max: 1 });
	await owner`analyze territory.zone`;
	await owner.end();
}, 60_000);

const names = async (typed: string) =>
	(await findCommunes(await as('visitor'), typed)).map(({ name }) => name);

test('the whole of France goes in within seconds, and again without changing anything', async () => {
	expect(loading).toBeLessThan(20_000);
	const count = await asSystem('zones', (tx) => tx.one(sql`select count(*)::int as n from territory.zone`));
	expect(count).toEqual({ n: 35_482 });
}, 60_000);

test('the beginning of a name is enough, without accents, the biggest first', async () => {
	expect((await names('greno'))[0]).toBe('Grenoble');
	expect((await names('st-etien'))[0]).toBe('Saint-Étienne');
	expect((await names('EPERNAY'))[0]).toBe('Épernay');
	expect((await names('Paris')).slice(0, 2)).toEqual(['Paris', expect.stringContaining('Paris ')]);
});

test('the middle of a name and a near spelling come after', async () => {
	expect((await names('mans'))[0]).toBe('Le Mans');
	expect(await names('yvette')).toContain('Gif-sur-Yvette');
	expect(await names('grenobel')).toContain('Grenoble');
});

test('a postcode is found from its first digits, and tells homonyms apart', async () => {
	expect(await names('38000')).toEqual(['Grenoble']);
	expect((await names('3810')).length).toBeGreaterThan(0);
	const [first] = await findCommunes(await as('visitor'), 'Saint-Denis 974');
	expect(first).toMatchObject({ name: 'Saint-Denis', within: 'La Réunion', postcode: '97400' });
	expect(await names('Grenoble (38000)')).toEqual(['Grenoble']);
});

test('nothing, one sign, percent signs and nonsense give nothing', async () => {
	for (const typed of ['', 'g', '%%', '___', '\u0000', 'x'.repeat(5_000), 'zzqxwv'])
		expect(await names(typed)).toEqual([]);
});

test('names are found through an index (how fast: npm run bench -- search)', async () => {
	const visitor = await as('visitor');
	const plan = await read(visitor, (tx) =>
		tx.many<Record<string, string>>(sql`explain
		select 1 from territory.zone where zone.kind in ('commune', 'municipal_arrondissement') and zone.folded_name like 'greno%'`),
	);
	expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toMatch(/Index/);
});
