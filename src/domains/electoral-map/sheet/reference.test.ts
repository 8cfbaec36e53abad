import { beforeAll, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { as, stage } from '#tests/stage.ts';
import { stationSheet } from '../pages/station.ts';
import { cover, layTowns, townLike } from './towns.fixture.ts';

stage();

const ten = 'X01001_0010';
let odile: Browser;

/** Next door half of the votes are ours, nobody stays at home, and every home is social. */
const next = townLike('X01002', ({ rounds, census }) => {
	for (const count of rounds.flatMap(({ counts }) => counts)) {
		const { registered } = count;
		const votes = Math.floor(registered / 2);
		const voices = [{ candidate: '1', name: 'Villebrume, la rive commune', nuance: 'RIVE', votes }];
		Object.assign(count, { voters: registered, valid: registered, blank: 0, spoilt: 0, voices });
	}
	const [homes, social] = ['P21_RP', 'P21_RP_LOCHLMV'].map((name) => census.columns.indexOf(name));
	for (const { values } of census.rows) values[social as number] = values[homes as number] as number;
});

beforeAll(async () => {
	await layTowns(townLike('X01001'), next);
	await cover('villebrume', 'X01001');
	await cover('montclairval', 'X01002');
	odile = await browser('odile');
});

const sheet = async () => stationSheet(await as('odile'), ten, '2026_muni_t1');

test('a member of a section reads the averages of the federation, from sums over all its communes', async () => {
	const { rounds, reference } = await sheet();
	expect(reference?.name).toBe('Fédération du Val-d’Orsande');
	const [round] = rounds;
	// As many registered in both towns, and nobody stays at home in the other: half as much abstention.
	expect(round?.abstention.wide).toBeCloseTo((round?.abstention.there ?? 0) / 2, 6);
	expect(round?.ours.wide).toBeGreaterThan(round?.ours.there ?? 1);
	expect(round?.ours.wide).toBeLessThan(0.5);
	const { main } = await odile.get(`/carte/bureaux/${ten}`);
	expect(main).toMatch(/54 % \(commune : 46 %\) Fédération du Val-d’Orsande : 23 %/);
	expect(main).toMatch(
		/logement social : \d+ sur \d+ \(logements\)[^;]*; Fédération du Val-d’Orsande : (3 sur 5|6 sur 10)/i,
	);
});

test('no station of the other towns is told by it', async () => {
	const { html } = await odile.get(`/carte/bureaux/${ten}`);
	expect(html).not.toContain('X01002');
	expect((await odile.get('/carte/bureaux/X01002_0001')).status).toBe(404);
});

test('stations too small to be shown weigh nothing in the averages either', async () => {
	const social = async () => (await sheet()).profile.find(({ theme }) => theme === 'social_housing')?.wide;
	const before = await social();
	const shrink = (by: number) =>
		asSystem('test', (tx) =>
			tx.run(sql`update electoral_map.estimate set values = array(select one * ${by}::float8 from unnest(values) as one)
				where estimate.commune = 'X01002'`),
		);
	await shrink(1 / 100);
	const town = (await sheet()).profile.find(({ theme }) => theme === 'social_housing');
	expect(town?.wide).toEqual(town?.there);
	expect(town?.wide).not.toEqual(before);
	await shrink(100);
});

test('where one commune alone has figures nothing is said twice', async () => {
	await asSystem('test', (tx) =>
		tx.run(sql`delete from territory.coverage using territory.zone
		where zone.id = coverage.zone_id and zone.code = 'X01002'`),
	);
	const { rounds, profile } = await sheet();
	expect(rounds.map(({ ours }) => ours.wide)).toEqual(rounds.map(() => null));
	expect(profile.every(({ wide }) => wide === null)).toBe(true);
});
