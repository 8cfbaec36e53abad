import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { privacy } from '../privacy.ts';
import { layVillebrume } from '../sheet/towns.fixture.ts';
import { betweenApi } from './api.ts';
import {
	clearEntries,
	counted,
	figures,
	layOfficial,
	openBy,
	opening,
	roundsAt,
	stationAt,
} from './between.fixture.ts';

stage();

const people = {} as Record<CastName, Browser>;
beforeAll(async () => {
	await layVillebrume();
	for (const name of ['odile', 'samuel', 'yamina', 'gerard', 'ines', 'mathis', 'fanny'] as const)
		people[name] = await browser(name);
});
let tally = '';
beforeEach(async () => {
	await clearEntries();
	tally = await openBy(people.yamina);
});
const type = (who: CastName, n: number, ours: number, changed = {}) =>
	people[who].post(`${stationAt(tally, n)}?/enter`, figures(ours, changed));
const standing = async (n: number) =>
	(
		await asSystem('test', (tx) =>
			tx.many<{ settled: string | null }>(sql`select settled from electoral_map.tally_station
				where key = ${stationAt('', n).slice(1)}`),
		)
	)[0]?.settled;

test('the map says that an entry is open, as long as it is, to who looks at that ground', async () => {
	const says = async (who: CastName) =>
		(await people[who].get('/carte')).main.includes('Une saisie des résultats est ouverte sur ton terrain');
	expect([await says('odile'), await says('yamina'), await says('ines')]).toEqual([true, true, false]);
	await scene(sql`update electoral_map.tally set state = 'closed'`);
	expect([await says('odile'), await says('yamina')]).toEqual([false, false]);
});

describe('two people', () => {
	test('type the same: the station counts at once, on the map, marked provisional', async () => {
		expect((await people.odile.get('/carte/saisie')).main).toContain('0 bureau sur 14');
		const first = await type('odile', 1, 200);
		expect(first.to).toContain(stationAt(tally, 2));
		expect(await counted()).toEqual([]);
		expect((await people.odile.get(tally)).main).toContain('une saisie sur deux');
		await type('samuel', 1, 200);
		expect(await counted()).toEqual([{ key: 'X01001_0001', ours: 200, state: 'current' }]);
		expect((await people.odile.get(tally)).main).toContain('1 bureau sur 14');
		expect((await people.odile.get('/carte?ou=X01001')).main).toContain('2e tour (provisoire)');
	});

	test('do not see what the other typed before they type; who settles sees both once they differ', async () => {
		await type('odile', 1, 187);
		for (const who of ['samuel', 'yamina'] as const)
			expect((await people[who].get(stationAt(tally, 1))).html).not.toContain('187');
		await type('gerard', 1, 190);
		expect((await people.gerard.get(stationAt(tally, 1))).html).not.toContain('187');
		const { main } = await people.yamina.get(stationAt(tally, 1));
		for (const said of ['Odile Fabrègat', 'Gérard Valmorin', '187', '190']) expect(main).toContain(said);
	});

	test('differ: a third entry by who answers for the ground decides; by a member it waits', async () => {
		await type('odile', 1, 200);
		await type('gerard', 1, 210);
		expect(await standing(1)).toBeNull();
		await type('samuel', 1, 205);
		// The tally is the federation's: the secretary of a section is one more person there.
		expect(await standing(1)).toBeNull();
		await type('yamina', 1, 206);
		expect(await standing(1)).toBe('decided');
		expect((await counted())[0]?.ours).toBe(206);
	});

	test('differ: an officer who is one of them corrects theirs, and decides nothing alone', async () => {
		await type('odile', 1, 200);
		await type('yamina', 1, 210);
		await type('gerard', 1, 220);
		await type('yamina', 1, 211);
		expect(await standing(1)).toBeNull();
	});

	test('differ: one corrects theirs, and it counts', async () => {
		await type('odile', 1, 200);
		await type('gerard', 1, 210);
		await type('gerard', 1, 200);
		expect(await standing(1)).toBe('agreed');
	});

	test('one person alone counts nothing, however often they type', async () => {
		for (const ours of [200, 201, 201]) await type('yamina', 1, ours);
		expect(await standing(1)).toBeNull();
	});

	test('at the same instant: both are kept and it counts', async () => {
		for (let n = 1; n <= 5; n++) {
			await Promise.all([type('odile', n, 200), type('gerard', n, 200)]);
			expect([n, await standing(n)]).toEqual([n, 'agreed']);
		}
		expect(await counted()).toHaveLength(5);
	});
});

describe('refused', () => {
	test('what no ballot box gives, at its field, with what was typed', async () => {
		const said = async (changed: object) => (await type('odile', 1, 200, changed)).form;
		expect((await said({ voters: '1001' }))?.problems).toContain('voters electoral-map.entry_voters_over');
		expect((await said({ blank: '700' }))?.problems).toEqual(['blank electoral-map.entry_blank_over']);
		expect((await said({ 'votes[]': ['200', '100'] }))?.problems).toEqual([
			'votes.0 electoral-map.entry_sum',
		]);
		expect((await said({ 'votes[]': ['200'] }))?.problems).toEqual(['votes.0 electoral-map.entry_sum']);
		const wrong = await said({ registered: 'mille' });
		expect(wrong?.problems).toEqual(['registered electoral-map.entry_number']);
		expect(wrong?.values).toMatchObject({ registered: 'mille', votes: ['200', '385'] });
	});

	test('a station that is counted is not typed over; who answers for it empties it', async () => {
		await type('odile', 1, 200);
		await type('samuel', 1, 200);
		expect((await type('gerard', 1, 210)).form?.problems).toEqual([' electoral-map.entry_settled']);
		expect((await people.samuel.post(`${stationAt(tally, 1)}?/clear`)).status).toBe(403);
		await people.yamina.post(`${stationAt(tally, 1)}?/clear`);
		expect(await counted()).toEqual([]);
		await type('gerard', 1, 210);
		expect(await standing(1)).toBeNull();
	});

	test('whoever does not look at that ground finds nothing there', async () => {
		for (const who of ['ines', 'mathis', 'fanny'] as const)
			for (const at of [tally, stationAt(tally, 1)]) {
				expect([who, at, (await people[who].get(at)).status]).toEqual([who, at, 404]);
				const posted = await people[who].post(`${stationAt(tally, 1)}?/enter`, figures(200));
				expect([who, posted.status]).toEqual([who, 404]);
			}
		expect((await people.odile.get(stationAt(tally, 99))).status).toBe(404);
	});

	test('only who answers for the unit opens, closes and withdraws', async () => {
		expect((await people.odile.post(`${roundsAt}?/open`, opening)).status).toBe(404);
		expect((await people.samuel.post(`${roundsAt}?/open`, opening)).status).toBe(404);
		for (const turn of ['close', 'withdraw'])
			expect((await people.odile.post(`${tally}?/turn`, { turn })).status).toBe(403);
	});

	test('an office that ended meanwhile settles nothing any more', async () => {
		await scene(
			sql`update territory.term set ends_at = now() - interval '1 second' where person_id = ${idOf('yamina')}::uuid`,
		);
		try {
			expect((await people.yamina.post(`${tally}?/turn`, { turn: 'close' })).status).toBe(404);
			expect((await type('yamina', 1, 200)).status).toBe(404);
		} finally {
			await scene(sql`update territory.term set ends_at = null where person_id = ${idOf('yamina')}::uuid`);
		}
	});
});

describe('opening', () => {
	test('twice at once, or twice the same round on a town, opens one', async () => {
		expect(await openBy(people.samuel, { unit: idOf('villebrume') })).toContain('tally_already');
		for (const year of ['2027', '2028', '2029', '2030', '2031', '2032']) {
			const both = await Promise.all([
				openBy(people.yamina, { year }),
				openBy(people.samuel, { year, unit: idOf('villebrume') }),
			]);
			expect([year, both.filter((to) => to.startsWith('/carte/saisie/'))]).toEqual([
				year,
				[expect.anything()],
			]);
		}
	});

	test('says at the field what is wrong', async () => {
		const said = (changed: object) => openBy(people.yamina, changed);
		expect(await said({ lists: ' ' })).toContain('lists electoral-map.tally_lists_empty');
		expect(await said({ lists: 'A\nA' })).toContain('lists electoral-map.tally_lists_twice');
		expect(await said({ year: '26' })).toContain('year electoral-map.tally_year');
		expect(await said({ place: 'X01099' })).toContain('place electoral-map.tally_no_place');
		expect(await said({ place: 'X01002', year: '2027' })).toContain('place electoral-map.tally_no_stations');
	});
});

describe('in the end', () => {
	test('closed, nobody types and figures stay; withdrawn, they are gone from the map; open again, they are back', async () => {
		await type('odile', 1, 200);
		await type('samuel', 1, 200);
		await people.yamina.post(`${tally}?/turn`, { turn: 'close' });
		expect((await type('odile', 2, 200)).form?.problems).toEqual([' electoral-map.entry_closed']);
		expect(await counted()).toHaveLength(1);
		await people.yamina.post(`${tally}?/turn`, { turn: 'withdraw' });
		expect(await counted()).toEqual([]);
		expect((await people.odile.get(tally)).status).toBe(404);
		await people.yamina.post(`${tally}?/turn`, { turn: 'resume' });
		expect(await counted()).toHaveLength(1);
	});

	test('the official file takes its place, and no entry comes back over it', async () => {
		await type('odile', 1, 200);
		await type('samuel', 1, 200);
		await layOfficial('X01001_0001');
		const official = [{ key: 'X01001_0001', ours: 333, state: 'current' }];
		expect(await counted()).toEqual(official);
		for (const who of ['odile', 'samuel'] as const) await type(who, 2, 200);
		expect(await counted()).toEqual(official);
		expect((await people.odile.get('/carte?ou=X01001')).main).not.toContain('provisoire');
	});

	test('sent twice by the same form, it is one entry; the figures outlive who typed them', async () => {
		const entries = () =>
			asSystem('test', (tx) =>
				tx.many<{ by: string | null; name: string; voters: number }>(
					sql`select by_id as by, by_name as name, voters from electoral_map.tally_entry`,
				),
			);
		const send = () => people.odile.post(`${stationAt(tally, 1)}?/enter`, figures(200, { _key: 'same' }));
		const sent = [await send(), await send()];
		expect(sent[1]?.to).toBe(sent[0]?.to);
		expect(await entries()).toEqual([{ by: idOf('odile'), name: 'Odile Fabrègat', voters: 600 }]);
		await asSystem('erasure', (tx) => privacy.erase(tx, idOf('odile')));
		expect(await entries()).toEqual([{ by: null, name: '', voters: 600 }]);
		await type('samuel', 1, 200);
		expect(await standing(1)).toBe('agreed');
	});
});

test('programs read an entry and type in it, by the same rules', async () => {
	const id = tally.split('/').at(-1) ?? '';
	const about = { registered: 1000, voters: 600, blank: 10, spoilt: 5, votes: [200, 385] };
	const typing = (name: CastName, changed = {}) =>
		as(name).then((viewer) =>
			outcome(
				betweenApi['PUT /api/v1/map/tallies/[id]/stations/[key]']!.act(
					viewer,
					{ ...about, ...changed },
					{ id, key: 'X01001_0001' },
				),
			),
		);
	expect(await typing('ines')).toBe('NotFound');
	expect(await typing('odile', { voters: 2000 })).toBe('Invalid');
	await typing('odile');
	await typing('gerard');
	const sheet = await people.odile.send('GET', `/api/v1/map/tallies/${id}`);
	expect(JSON.parse(sheet.html)).toMatchObject({
		lists: ['La rive commune', 'Le Pont des voisins'],
		stations: expect.arrayContaining([
			expect.objectContaining({ key: 'X01001_0001', standing: 'agreed', mine: true }),
		]),
	});
	expect((await people.ines.send('GET', `/api/v1/map/tallies/${id}`)).status).toBe(404);
	expect(JSON.parse((await people.ines.send('GET', '/api/v1/map/tallies')).html)).toEqual({ items: [] });
});
