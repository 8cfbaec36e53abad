import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createToken } from '#domains/people/token.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { layVillebrume } from '../sheet/towns.fixture.ts';
import { clearEntries, counted, figures, openBy, roundsAt, second, stationAt } from './between.fixture.ts';

stage();

const people = {} as Record<CastName | 'visitor', Browser>;
/** Keys of their programs: to read and to type. */
const keys = {} as Record<CastName, string>;
const scopes = ['map:read', 'map:write'];
const keyOf = async (name: CastName, some = scopes) => {
	const fresh = { ...(await as(name)), secondFactor: true, factorAt: new Date() };
	return createToken(fresh, { name: 'Tableur', scopes: some, days: '30' }, scopes);
};
beforeAll(async () => {
	await layVillebrume();
	people.visitor = await browser('visitor');
	for (const name of ['odile', 'samuel', 'yamina', 'gerard', 'ines', 'mathis', 'driss'] as const) {
		people[name] = await browser(name);
		keys[name] = await keyOf(name);
	}
});
let id = '';
beforeEach(async () => {
	await clearEntries(sql`delete from electoral_map.selection`);
	id = (await openBy(people.yamina)).split('/').at(-1) ?? '';
});
const at = '/api/v1/map/tallies';
const count = { registered: 1000, voters: 600, blank: 10, spoilt: 5, votes: [200, 385] };
const by = (key: string) => ({ authorization: `Bearer ${key}` });
const put = (who: CastName, body: unknown, station = 'X01001_0001', tally = id) =>
	people.visitor.send('PUT', `${at}/${tally}/stations/${station}`, body, by(keys[who]));
const read = async (who: CastName, path: string) => {
	const { status, html } = await people.visitor.send('GET', path, undefined, by(keys[who]));
	return { status, body: status === 200 ? JSON.parse(html) : null };
};

describe('a program that types', () => {
	test('is one of the two people, whoever the other is: a form or another program', async () => {
		expect(JSON.parse((await put('odile', count)).html)).toEqual({ standing: 'once' });
		expect(JSON.parse((await put('odile', count)).html)).toEqual({ standing: 'once' });
		expect(JSON.parse((await put('gerard', { ...count, votes: [201, 384] })).html)).toEqual({
			standing: 'differs',
		});
		expect(JSON.parse((await put('samuel', count)).html)).toEqual({ standing: 'agreed' });
		expect(await counted()).toMatchObject([{ ours: 200 }]);
		const late = await put('gerard', count);
		expect([late.status, late.html]).toEqual([409, expect.stringContaining('electoral-map.entry_settled')]);
	});

	test('lends no office: an officer’s program is one more person, or nobody there; the form decides', async () => {
		await scene(sql`delete from electoral_map.tally`);
		const tally = await openBy(people.samuel, { unit: idOf('villebrume') });
		id = tally.split('/').at(-1) ?? '';
		await put('odile', count);
		await put('gerard', { ...count, votes: [201, 384] });
		expect((await put('yamina', count)).status).toBe(404);
		const third = await put('samuel', { ...count, votes: [202, 383] });
		expect(JSON.parse(third.html)).toEqual({ standing: 'differs' });
		await people.yamina.post(`${stationAt(tally, 1)}?/enter`, figures(203));
		expect(await counted()).toMatchObject([{ ours: 203 }]);
	});

	test.each([
		['a word', { ...count, voters: 'many' }],
		['a figure written as a word', { ...count, voters: '600' }],
		['a part of a person', { ...count, voters: 600.5, votes: [200.5, 385] }],
		['less than nobody', { ...count, blank: -1, votes: [200, 396] }],
		['more than a million', { ...count, registered: 1_000_000 }],
		['one list too few', { ...count, votes: [585] }],
		['one list too many', { ...count, votes: [200, 385, 0] }],
		['more lists than any board', { ...count, votes: Array.from({ length: 61 }, () => 0) }],
		['no votes', { ...count, votes: undefined }],
		['more voters than registered', { ...count, registered: 599 }],
		['votes that do not add up', { ...count, votes: [200, 384] }],
		['a list', [count]],
		['nothing', undefined],
	])('%s is refused, and nothing is kept', async (_, body) => {
		const { status } = await put('odile', body);
		expect(status).toBe(422);
		const { body: sheet } = await read('odile', `${at}/${id}`);
		expect(sheet.stations[0]).toMatchObject({ standing: 'none', mine: false });
	});

	test('finds no entry, station or town that is not theirs, and a closed entry says so', async () => {
		for (const who of ['ines', 'mathis', 'driss'] as const)
			expect([who, (await put(who, count)).status]).toEqual([who, 404]);
		for (const key of ['X01001_0099', 'X01002_0001', 'x', "'"])
			expect([key, (await put('odile', count, encodeURIComponent(key))).status]).toEqual([key, 404]);
		for (const tally of [idOf('nothing'), idOf('villebrume')])
			expect((await put('odile', count, 'X01001_0001', tally)).status).toBe(404);
		await people.yamina.post(`/carte/saisie/${id}?/turn`, { turn: 'close' });
		expect((await put('odile', count)).status).toBe(409);
	});
});

test('without a key, by a session alone, or with a key to read: nothing is typed', async () => {
	const path = `${at}/${id}/stations/X01001_0001`;
	expect((await people.visitor.send('PUT', path, count)).status).toBe(401);
	expect((await people.odile.send('PUT', path, count)).status).toBe(401);
	const reads = by(await keyOf('odile', ['map:read']));
	expect((await people.visitor.send('PUT', path, count, reads)).status).toBe(404);
	expect((await people.visitor.send('GET', at, undefined, reads)).status).toBe(200);
	expect((await read('odile', `${at}/${id}`)).body.stations[0]).toMatchObject({ standing: 'none' });
});

describe('a program that reads', () => {
	test('is told how far an entry is, who typed being nobody’s business but one’s own', async () => {
		await put('odile', count);
		await put('gerard', { ...count, votes: [187, 398] });
		const sheet = async (who: CastName) => (await read(who, `${at}/${id}`)).body;
		expect((await sheet('odile')).stations[0]).toEqual({
			...{ key: 'X01001_0001', place: 'Mairie', standing: 'differs', mine: true },
		});
		expect((await sheet('samuel')).stations[0]).toMatchObject({ mine: false });
		for (const who of ['odile', 'samuel', 'yamina'] as const)
			for (const told of ['187', '398', 'Valmorin', idOf('gerard')])
				expect([who, JSON.stringify(await sheet(who)).includes(told)]).toEqual([who, false]);
	});

	test('sees an entry in the list as long as it may: others count none', async () => {
		await put('odile', count);
		await put('gerard', count);
		const { body } = await read('odile', at);
		expect(body.items).toEqual([
			{ id, election: second, place: expect.any(String), state: 'open', stations: 14, settled: 1 },
		]);
		for (const who of ['ines', 'driss'] as const)
			expect([who, (await read(who, at)).body, (await read(who, `${at}/${id}`)).status]).toEqual([
				...[who, { items: [] }, 404],
			]);
		expect((await read('mathis', at)).status).toBe(404);
		expect((await people.visitor.send('GET', at)).status).toBe(401);
	});

	test('is told of targets with their rank and reserve, the section alone', async () => {
		const choosing = { unit: idOf('valdorsande'), election: '2026_muni_t1', name: 'Second tour' };
		const chosen = { ...choosing, 'station[]': ['X01001_0009', 'X01001_0003'] };
		const { to } = await people.yamina.post(`${roundsAt}?/choose`, chosen);
		const path = `/api/v1/map/targets?unit=${idOf('villebrume')}`;
		expect((await read('odile', path)).body).toEqual({ items: [] });
		await people.yamina.post(`${to}?/publish`);
		const { items } = (await read('odile', path)).body;
		expect(items).toHaveLength(2);
		expect(items.map(({ rank }: { rank: number }) => rank)).toEqual([1, 2]);
		expect(Object.keys(items[0]).toSorted()).toEqual(['commune', 'key', 'place', 'rank', 'reserve']);
		expect((await read('ines', path)).body).toEqual({ items: [] });
		for (const unit of ['', 'villebrume', "'"])
			expect([unit, (await read('odile', `/api/v1/map/targets?unit=${unit}`)).status]).toEqual([unit, 422]);
	});
});
