import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inventedZones, loadZones } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { as, stage } from '#tests/stage.ts';
import { scene, told } from '#tests/traces.ts';
import { villebrume } from '../../../../bin/demo/ground.ts';
import { api } from '../api.ts';
import { electionsIn, vintagesIn } from '../pages/loaded.ts';
import { estimatesOf, joinOf, loadedVersions, transfersIn, weightsOf } from '../queries.ts';
import { refresh } from '../refresh.ts';
import { makeUp } from '../seed.ts';
import { cover } from '../sheet/towns.fixture.ts';
import { groundsToDraw, readAddresses } from './addresses.ts';
import { alone } from './alone.ts';
import { readCensusRows } from './census.ts';
import { estimatesToMake } from './estimates.ts';
import { joinOfBase, joinOfElection } from './joins.ts';
import { readIrises, readStations } from './outlines.ts';
import { readCounts } from './results.ts';
import { now } from './sources.ts';
import { pairsToCross, readQuality, readWeights } from './weights.ts';

stage();

const town = villebrume();
const [round] = town.rounds;
const place = { commune: town.commune, vintage: town.vintage };
const asMap = <T>(work: Parameters<typeof alone<T>>[0]) => asSystem('map', alone(work));
let odile: Browser;
beforeAll(async () => {
	await asSystem('test', (tx) => loadZones(tx, inventedZones()));
	await cover('villebrume', town.commune);
	odile = await browser('odile');
});
beforeEach(() =>
	scene(
		sql`delete from electoral_map.source`,
		sql`delete from electoral_map.weight_table`,
		sql`delete from electoral_map.voting_place`,
	),
);

const kinds = ['outlines', 'addresses', 'iris', 'census', 'results', 'weights'] as const;
/** All that is read of the town: nothing of it may answer. */
async function readings(): Promise<unknown[]> {
	const communes = [town.commune];
	const of: unknown[] = await asMap(
		async (tx): Promise<unknown[]> => [
			await electionsIn(tx, communes),
			await vintagesIn(tx, communes),
			await readCounts(tx, round?.id ?? '', town.commune),
			await groundsToDraw(tx),
			await pairsToCross(tx),
			await estimatesToMake(tx),
		],
	);
	for (const kind of kinds) of.push(await asMap((tx) => tx.many(sql`select * from ${now(kind)} as held`)));
	return of;
}
const nothing = Array.from({ length: 6 + kinds.length }, () => []);

/** What members and programs are told. */
async function pages() {
	const found = (await api['GET /api/v1/map/stations']!.act(await as('odile'), {}, {})) as {
		state: string;
		items: unknown[];
	};
	const { main } = await odile.get('/carte');
	return {
		...{ state: found.state, items: found.items.length, isSaid: main.includes('Pas encore de données') },
		sheet: (await odile.get(`/carte/bureaux/${town.commune}_0001`)).status,
		figures: (await odile.get('/carte/chiffres.json')).status,
		picture: (await odile.get('/carte.png')).status,
		table: (await odile.get('/carte/tableau.csv')).html.includes(`${town.commune}_`),
	};
}
const blank = {
	...{ state: 'no_results', items: 0, isSaid: true, sheet: 404, figures: 404, picture: 404, table: false },
};
const refusals = () =>
	Promise.all(
		[
			estimatesOf(place, ['P21_POP']),
			weightsOf(place),
			joinOf({ election: round?.id ?? '', vintage: town.vintage }),
			transfersIn({ commune: town.commune, from: '2024_euro_t1', to: '2024_legi_t1' }),
		].map(told),
	);
const refused = [
	'Invalid: file electoral-map.no_weights',
	'Invalid: file electoral-map.no_weights',
	'Invalid: file electoral-map.no_election',
	'Invalid: file electoral-map.no_election',
];

describe('before anything is loaded', () => {
	test('every reader answers nothing, every question says what is missing, and there is nothing to do', async () => {
		expect(await readings()).toEqual(nothing);
		expect(await refusals()).toEqual(refused);
		expect(await pages()).toEqual(blank);
		expect(await loadedVersions()).toEqual([]);
		expect(await refresh()).toMatchObject({ weights: 0, communes: 0, stations: 0, remarks: [] });
	});

	test('rows of a source or a table that is none are none', async () => {
		const [id, communes] = [newId(), [town.commune]];
		const read = await asMap(async (tx) => [
			await readStations(tx, id, communes),
			await readIrises(tx, id, communes),
			await readAddresses(tx, id, communes),
			await readCensusRows(tx, id, communes),
			await readWeights(tx, id, communes),
			await readQuality(tx, id, communes),
		]);
		expect(read).toEqual([[], [], [], [], [], []]);
		expect(await asMap((tx) => joinOfBase(tx, id))).toBeNull();
		expect(await asMap((tx) => joinOfElection(tx, { election: 'none' }))).toBeNull();
	});
});

describe('what is there and does not count', () => {
	test.each(['checked', 'past', 'refused'])(
		'a town whose sources are all %s is as if it were not there',
		async (state) => {
			await asSystem('test', (tx) => makeUp(tx, town));
			expect(await readings()).not.toEqual(nothing);
			expect(await pages()).toMatchObject({
				state: 'ready',
				items: 14,
				isSaid: false,
				sheet: 200,
				figures: 200,
			});
			await scene(sql`update electoral_map.source set state = ${state}`);
			expect(await readings()).toEqual(nothing);
			expect(await refusals()).toEqual(refused);
			expect(await pages()).toEqual(blank);
		},
		60_000,
	);

	test('results without outlines are ranked by what was counted, and drawn nowhere', async () => {
		await asSystem('test', (tx) => makeUp(tx, town));
		await scene(sql`delete from electoral_map.source where kind <> 'results'`);
		expect(await pages()).toMatchObject({ state: 'ready', items: 14, sheet: 200, picture: 404 });
		expect((await refusals()).slice(0, 2)).toEqual(refused.slice(0, 2));
	});

	test('outlines and figures without results rank nobody', async () => {
		await asSystem('test', (tx) => makeUp(tx, town));
		await scene(sql`delete from electoral_map.source where kind = 'results'`);
		expect(await pages()).toEqual(blank);
		expect(await estimatesOf(place, ['P21_POP'])).toHaveLength(14);
	});
});
