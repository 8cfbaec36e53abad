import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { load, loadReal } from '../loaded.fixture.ts';
import { realDataMissing } from '../real.fixture.ts';
import { restore } from '../restore.ts';
import { alone } from '../store/alone.ts';
import { votingPlaceOf } from '../store/places.ts';
import { layRound } from './towns.fixture.ts';

stage();

const folder = mkdtempSync(join(tmpdir(), 'coopol-map-places-'));
afterAll(() => rmSync(folder, { recursive: true }));
let odile: Browser;

beforeAll(async () => {
	const counts = ['04070_0001', '04070_0002'].map((key) => ({
		...{ key, registered: 500, voters: 300, blank: 0, spoilt: 0, valid: 300 },
		voices: [{ candidate: '1', name: 'La rive commune', nuance: 'RIVE', votes: 300 }],
	}));
	await asSystem('test', async (tx) => {
		await tx.run(sql`insert into territory.zone (id, kind, code, name, folded_name)
			values ('commune:04070', 'commune', '04070', 'Digne-les-Bains', 'digne les bains')`);
		await tx.run(sql`insert into territory.coverage (unit_id, zone_id)
			values (${idOf('villebrume')}::uuid, 'commune:04070')`);
		await tx.run(sql`insert into electoral_map.nuance (election, label, bloc) values ('', 'RIVE', 'ours')`);
	});
	await layRound(counts, { id: '2017_pres_t1', vintage: '2017' });
	odile = await browser('odile');
});

/** A list as the register gives it: station, then name and address. */
async function bring(vintage: string, ...rows: string[]) {
	const path = join(folder, `bv-reu-${vintage}.csv`);
	writeFileSync(path, ['id_brut_reu,code_commune,libelle_reu,address', ...rows].join('\n'));
	return load('places', path);
}
const sheet = async (n: number) => (await odile.get(`/carte/bureaux/04070_000${n}`)).main;

test('a list of voting places is on the sheet with its address and where it comes from; a later one takes its place', async () => {
	expect(await sheet(1)).not.toContain('Lieu de vote');
	const first = await bring(
		'2022',
		'04070_1,04070,MAIRIE,1 RUE DU PORT',
		'04070_2,04070,ECOLE,',
		',04070,X,',
	);
	expect(first).toMatchObject({
		counts: { stations: 2 },
		vintage: '2022',
		remarks: [{ key: 'electoral-map.remark_place_unreadable', args: { count: 1 } }],
	});
	expect(await sheet(1)).toContain('Lieu de vote : MAIRIE, 1 RUE DU PORT');
	expect(await sheet(1)).toContain('Lieu de vote : liste de 2022 (répertoire électoral ou mairie)');
	expect(await sheet(2)).toContain('Lieu de vote : ECOLE');
	await bring('2024', '04070_1,04070,GYMNASE,2 RUE DU PONT', '04070_2,04070,ECOLE,');
	expect(await sheet(1)).toContain('Lieu de vote : GYMNASE, 2 RUE DU PONT');
	const sent = await odile.send('GET', '/api/v1/map/stations/04070_0001');
	expect(JSON.parse(sent.html)).toMatchObject({ place: { name: 'GYMNASE', vintage: '2024' } });
});

test('the same list loaded again is another version, and the former one can be put back', async () => {
	const before = await bring('2026', '04070_1,04070,SALLE DES FETES,', '04070_2,04070,ECOLE,');
	await bring('2026', '04070_1,04070,HALLE,', '04070_2,04070,ECOLE,');
	expect(await sheet(1)).toContain('Lieu de vote : HALLE');
	await restore(before.source ?? '');
	expect(await sheet(1)).toContain('Lieu de vote : SALLE DES FETES');
});

test('a list that is checked and not put in place yet is shown to nobody', async () => {
	const { source } = await bring('2030', '04070_1,04070,AILLEURS,', '04070_2,04070,ECOLE,');
	expect(await sheet(1)).toContain('AILLEURS');
	await scene(sql`update electoral_map.source set state = 'checked' where id = ${source}::uuid`);
	expect(await sheet(1)).not.toContain('AILLEURS');
});

test('a list that names no station is refused', async () => {
	const { problems, source } = await bring('2027', 'x,04070,MAIRIE,');
	expect([problems[0]?.key, source]).toEqual(['electoral-map.places_empty', null]);
});

test.skipIf(realDataMissing)('the list of Paris is read: 896 stations have their place', async () => {
	const report = await loadReal('places', 'paris/lieux-de-vote-adresses.csv.gz', { vintage: '2017' });
	expect(report.counts.stations).toBe(896);
	const place = await asSystem(
		'test',
		alone((tx) => votingPlaceOf(tx, '75056_0107')),
	);
	expect(place).toEqual({
		name: "COLLEGE D'ENSEIGNEMENT SECONDAIRE POQUELIN",
		address: '6 RUE MOLIERE, 75001',
		vintage: '2017',
	});
});
