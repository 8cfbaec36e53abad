import { beforeAll, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { inTodaysCommunes, loadMergers } from '../results/merged.ts';
import { layRound } from './towns.fixture.ts';

stage();

const people = {} as Record<CastName, Browser>;
/** Arboys en Bugey (01015) took Saint-Bois (01340) in; both had a station 1. */
const file = ['01015_0001', '01340_0001', '01340_0002'].map((key) => ({
	...{ key, registered: 500, voters: 300, blank: 0, spoilt: 0, valid: 300 },
	voices: [
		{ candidate: '1', name: 'La rive commune', nuance: 'RIVE', votes: 200 },
		{ candidate: '2', name: 'Le Pont', nuance: 'PONT', votes: 100 },
	],
}));

const lay = async (id: string) => {
	const { counts } = inTodaysCommunes(file, await loadMergers());
	await layRound(counts, { id, vintage: '2022' });
};

beforeAll(async () => {
	await asSystem('test', async (tx) => {
		await tx.run(sql`insert into territory.zone (id, kind, code, name, folded_name)
			values ('commune:01015', 'commune', '01015', 'Arboys en Bugey', 'arboys en bugey')`);
		await tx.run(sql`insert into territory.coverage (unit_id, zone_id)
			values (${idOf('villebrume')}::uuid, 'commune:01015')`);
		await tx.run(sql`insert into electoral_map.nuance (election, label, bloc) values ('', 'RIVE', 'ours')`);
	});
	await lay('2017_pres_t1');
	for (const name of ['odile', 'ines'] as const) people[name] = await browser(name);
});

const sheet = (who: CastName, key: string) => people[who].get(`/carte/bureaux/${key}?scrutin=2017_pres_t1`);

test('the sheet of a station of today names those left under the commune of before the merger, and leads there', async () => {
	const { main, html } = await sheet('odile', '01015_0001');
	expect(main).toContain('Restés sous une commune d’avant fusion');
	expect(main).toContain('Bureau 1, Saint-Bois');
	// The station 2 found its place in the commune of today.
	expect(main).not.toContain('Bureau 2, Saint-Bois');
	expect(main).not.toContain('rattachée');
	expect(html).toContain('/carte/bureaux/01340_0001?scrutin=2017_pres_t1');
});

test('the sheet of such a station says which commune it is part of today', async () => {
	const { status, main } = await sheet('odile', '01340_0001');
	expect(status).toBe(200);
	expect(main).toContain('Commune d’avant fusion, rattachée à la commune nouvelle Arboys en Bugey');
	const sent = await people.odile.send('GET', '/api/v1/map/stations/01340_0001');
	expect(JSON.parse(sent.html)).toMatchObject({
		commune: 'Saint-Bois',
		merged: { commune: 'Arboys en Bugey' },
	});
	const today = await people.odile.send('GET', '/api/v1/map/stations/01015_0001');
	expect(JSON.parse(today.html)).toMatchObject({ merged: null, left: [{ key: '01340_0001', told: true }] });
});

test('whoever does not look at the commune of today finds no former one', async () => {
	for (const key of ['01015_0001', '01340_0001'])
		expect([key, (await sheet('ines', key)).status]).toEqual([key, 404]);
});
