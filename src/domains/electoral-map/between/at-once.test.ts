import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { meeting, told } from '#tests/traces.ts';
import { layVillebrume } from '../sheet/towns.fixture.ts';
import { clearEntries, counted, openBy, opening } from './between.fixture.ts';
import { clearStation, enter } from './enter.ts';
import { openTally, turnTally } from './open.ts';

// Other files of this process have read what is replaced here, and the next ones read it as it is.
vi.hoisted(() => vi.resetModules());
afterAll(() => void vi.resetModules());

// The journal writes one act at a time, and by that alone keeps two officers apart. What the map promises must hold
// without it: here nothing is written.
vi.mock(import('#platform/audit.ts'), async (original) => ({
	...(await original()),
	record: async () => {},
}));

stage();

let yamina: Browser;
beforeAll(async () => {
	await layVillebrume();
	yamina = await browser('yamina');
});
beforeEach(() => clearEntries());
const idIn = (at: string) => at.split('/').at(-1) ?? '';
const onBoth = { ...opening, kind: 'muni', round: '2' } as const;
const ofSection = { ...onBoth, unit: idOf('villebrume') } as const;
const states = async () =>
	(
		await asSystem('test', (tx) =>
			tx.many<{ state: string }>(sql`select state from electoral_map.tally order by opened_at`),
		)
	).map(({ state }) => state);

describe('two officers of different units', () => {
	test('open the same round on one town at the same instant: one entry is there, the other is told', async () => {
		const [federation, section] = [await as('yamina'), await as('samuel')];
		const said = await meeting(
			'electoral_map.tally',
			() => told(openTally(federation, onBoth)),
			() => told(openTally(section, ofSection)),
		);
		expect(said.toSorted()).toEqual(['Invalid: place electoral-map.tally_already', 'done']);
		expect(await states()).toEqual(['open']);
	});

	test('open different rounds at the same instant: both are there', async () => {
		const [federation, section] = [await as('yamina'), await as('samuel')];
		const said = await meeting(
			'electoral_map.tally',
			() => told(openTally(federation, onBoth)),
			() => told(openTally(section, { ...ofSection, year: '2032' })),
		);
		expect(said).toEqual(['done', 'done']);
	});

	test('one brings an entry back while the other opens one: one of the two is open', async () => {
		const old = idIn(await openBy(yamina));
		const [federation, section] = [await as('yamina'), await as('samuel')];
		await turnTally(federation, old, 'withdraw');
		const said = await meeting(
			'electoral_map.tally',
			() => told(turnTally(federation, old, 'resume')),
			() => told(openTally(section, ofSection)),
		);
		expect(said.filter((one) => one === 'done')).toHaveLength(1);
		expect((await states()).filter((state) => state === 'open')).toHaveLength(1);
	});
});

describe('one station', () => {
	const typed = { registered: 1000, voters: 600, blank: 10, spoilt: 5 };
	const votes = (ours: number) => ({ ...typed, votes: [ours, 585 - ours] });
	const entries = () =>
		asSystem('test', (tx) =>
			tx.many<{ name: string }>(sql`select by_name as name from electoral_map.tally_entry order by 1`),
		);
	let which = { id: '', key: 'X01001_0001' };
	beforeEach(async () => {
		which = { id: idIn(await openBy(yamina)), key: 'X01001_0001' };
	});

	test('the first two entries of it, at the same instant, see each other', async () => {
		const who = [await as('odile'), await as('gerard')] as const;
		const standings = await meeting(
			'electoral_map.tally_entry',
			() => enter(who[0], which, votes(200)),
			() => enter(who[1], which, votes(200)),
		);
		expect(standings.toSorted()).toEqual(['agreed', 'once']);
		expect(await counted()).toMatchObject([{ ours: 200 }]);
	});

	test('two second entries at once, both like the first: it is settled once, by the one who came first', async () => {
		await enter(await as('odile'), which, votes(200));
		const who = [await as('gerard'), await as('samuel')] as const;
		const said = await meeting(
			'electoral_map.tally_entry',
			() => told(enter(who[0], which, votes(200))),
			() => told(enter(who[1], which, votes(200))),
		);
		expect(said.toSorted()).toEqual(['Conflict: electoral-map.entry_settled', 'done']);
		expect(await entries()).toHaveLength(2);
		expect(await counted()).toHaveLength(1);
	});

	test('two second entries at once, both unlike the first and like each other: the two make it count', async () => {
		await enter(await as('odile'), which, votes(200));
		const who = [await as('gerard'), await as('samuel')] as const;
		const standings = await meeting(
			'electoral_map.tally_entry',
			() => enter(who[0], which, votes(210)),
			() => enter(who[1], which, votes(210)),
		);
		expect(standings.toSorted()).toEqual(['agreed', 'differs']);
		expect(await counted()).toMatchObject([{ ours: 210 }]);
	});

	test('one person sends two counts at once: it stays one entry, and counts for nobody', async () => {
		const odile = await as('odile');
		await meeting(
			'electoral_map.tally_entry',
			() => enter(odile, which, votes(200)),
			() => enter({ ...odile }, which, votes(200)),
		);
		expect(await entries()).toEqual([{ name: 'Odile Fabrègat' }]);
		expect(await counted()).toEqual([]);
	});

	test('closed while somebody types: it is typed before, or not at all', async () => {
		await enter(await as('odile'), which, votes(200));
		const [gerard, officer] = [await as('gerard'), await as('yamina')];
		const [typing] = await meeting(
			'electoral_map.source',
			() => told(enter(gerard, which, votes(200))),
			() => told(turnTally(officer, which.id, 'close')),
		);
		expect(['done', 'Conflict: electoral-map.entry_closed']).toContain(typing);
		expect(await counted()).toHaveLength(typing === 'done' ? 1 : 0);
		expect(await states()).toEqual(['closed']);
	});

	test('emptied while somebody types: what is counted is what is settled', async () => {
		await enter(await as('odile'), which, votes(200));
		const [gerard, officer] = [await as('gerard'), await as('yamina')];
		await meeting(
			'electoral_map.tally_entry',
			() => told(enter(gerard, which, votes(200))),
			() => told(clearStation(officer, which)),
		);
		const settled = await asSystem('test', (tx) =>
			tx.many(sql`select key from electoral_map.tally_station where settled is not null`),
		);
		expect(await counted()).toHaveLength(settled.length);
	});
});
