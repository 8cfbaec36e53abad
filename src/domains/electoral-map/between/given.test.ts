import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { journal, scene, toldOf } from '#tests/traces.ts';
import { layTowns, layVillebrume, townLike } from '../sheet/towns.fixture.ts';
import { betweenApi } from './api.ts';
import { clearSelections, roundsAt } from './between.fixture.ts';

stage();

const people = {} as Record<CastName, Browser>;
beforeAll(async () => {
	await layVillebrume();
	// The federation has two towns, a section each.
	await layTowns(townLike('X01002'));
	for (const name of ['odile', 'samuel', 'yamina', 'ines', 'driss', 'mathis', 'leontine', 'thibaud'] as const)
		people[name] = await browser(name);
});
beforeEach(() => clearSelections());

const keyOf = (n: number, town = 'X01001') => `${town}_${String(n).padStart(4, '0')}`;
const here = keyOf(9);
const there = keyOf(9, 'X01002');
const choosing = { unit: idOf('valdorsande'), election: '2026_muni_t1', name: 'Second tour' };
const choose = (who: CastName, stations: string[], changed: Record<string, string> = {}) =>
	people[who].post(`${roundsAt}?/choose`, { ...choosing, ...changed, 'station[]': stations });
const publish = async (who: CastName, stations: string[], changed = {}) => {
	const to = (await choose(who, stations, changed)).to ?? '';
	await people[who].post(`${to}?/publish`);
	await drainJobs();
	return to;
};
/** Keys of the stations that this person is told of for a unit, by program. */
const targets = async (who: CastName, unit: 'villebrume' | 'montclairval' | 'valdorsande') => {
	const { items } = (await betweenApi['GET /api/v1/map/targets']!.act(
		await as(who),
		{ unit: idOf(unit) },
		{},
	)) as { items: { key: string; rank: number; reserve: number | null }[] };
	return items.map(({ key }) => key);
};
const pageOf = async (who: CastName, unit: 'villebrume' | 'montclairval') =>
	(await people[who].get(`/unites/${idOf(unit)}`)).html.includes('/carte/bureaux/');

describe('stations of two towns', () => {
	test('go each to the section of its town, which sees its own and no other', async () => {
		await publish('yamina', [here, there]);
		expect(await targets('odile', 'villebrume')).toEqual([here]);
		expect(await targets('ines', 'montclairval')).toEqual([there]);
		expect(await targets('odile', 'montclairval')).toEqual([]);
		expect(await targets('ines', 'villebrume')).toEqual([]);
		expect(await pageOf('odile', 'villebrume')).toBe(true);
		expect(await pageOf('ines', 'villebrume')).toBe(false);
		expect(await pageOf('odile', 'montclairval')).toBe(false);
	});

	test('tell who answers for the section of theirs, and not who gave them', async () => {
		const to = await publish('leontine', [here, there], { unit: idOf('orsande') });
		expect(to).toContain('/cibles/');
		// Montclairval has no officer: the federation answers for it.
		expect((await toldOf('targets_given')).toSorted()).toEqual(['samuel', 'yamina']);
		await people.leontine.post(`${to}?/withdraw`);
		await scene(sql`delete from notices.notice`);
		await publish('yamina', [here]);
		expect(await toldOf('targets_given')).toEqual(['samuel']);
	});

	test('where one has the larger reserve is the first to go, whatever order they were ticked in', async () => {
		const ranks = async (order: string[]) => {
			await scene(sql`delete from electoral_map.selection`);
			await publish('yamina', order);
			return targets('yamina', 'villebrume');
		};
		const some = [1, 4, 7, 9, 12].map((n) => keyOf(n));
		const first = await ranks(some);
		expect(first).toHaveLength(5);
		expect(await ranks(some.toReversed())).toEqual(first);
		const rows = await asSystem('test', (tx) =>
			tx.many<{ reserve: number }>(sql`select reserve from electoral_map.selected order by rank`),
		);
		const reserves = rows.map(({ reserve }) => reserve);
		expect(reserves).toEqual(reserves.toSorted((a, b) => b - a));
	});
});

describe('nobody sees', () => {
	test('what was chosen and is not published, nor what was taken back: it is in no page, list, program', async () => {
		const { to } = await choose('yamina', [here]);
		expect([await targets('odile', 'villebrume'), await pageOf('odile', 'villebrume')]).toEqual([[], false]);
		expect((await people.samuel.get(roundsAt)).html).not.toContain(to ?? 'nowhere');
		await people.yamina.post(`${to}?/publish`);
		expect(await targets('odile', 'villebrume')).toEqual([here]);
		await people.yamina.post(`${to}?/withdraw`);
		expect([await targets('odile', 'villebrume'), await pageOf('odile', 'villebrume')]).toEqual([[], false]);
	});

	test('targets when they are not of the map: sympathiser, suspended, another federation', async () => {
		await publish('yamina', [here]);
		for (const who of ['mathis', 'thibaud', 'driss'] as const)
			expect([who, await targets(who, 'villebrume')]).toEqual([who, []]);
		expect(await pageOf('mathis', 'villebrume')).toBe(false);
		const asked = `/api/v1/map/targets?unit=${idOf('villebrume')}`;
		expect((await people.mathis.send('GET', asked)).status).toBe(404);
		expect(JSON.parse((await people.driss.send('GET', asked)).html)).toEqual({ items: [] });
	});

	test('targets of a section that was closed', async () => {
		await publish('yamina', [here]);
		await scene(sql`update territory.unit set closed_at = now() where id = ${idOf('villebrume')}::uuid`);
		try {
			expect(await targets('odile', 'villebrume')).toEqual([]);
			expect(await targets('yamina', 'villebrume')).toEqual([]);
		} finally {
			await scene(sql`update territory.unit set closed_at = null where id = ${idOf('villebrume')}::uuid`);
		}
	});

	test('a notice once their office ended: what it told is the section’s', async () => {
		await publish('yamina', [here]);
		expect((await people.samuel.get('/avis')).main).toContain('confiés à Section de Villebrume');
		await scene(sql`update territory.term set ends_at = now() - interval '1 second'
			where person_id = ${idOf('samuel')}::uuid`);
		try {
			expect((await people.samuel.get('/avis')).main).not.toContain('confiés à');
		} finally {
			await scene(sql`update territory.term set ends_at = null where person_id = ${idOf('samuel')}::uuid`);
		}
	});
});

describe('an officer', () => {
	test('takes stations of their own ground alone, whatever the form says', async () => {
		const said = async (who: CastName, stations: string[], changed = {}) => {
			const { status, form } = await choose(who, stations, changed);
			return form?.problems.join() ?? status;
		};
		const own = { unit: idOf('villebrume') };
		expect(await said('samuel', [there], own)).toBe('station electoral-map.selection_unknown');
		expect(await said('samuel', [here], { unit: idOf('montclairval') })).toBe(404);
		expect(await said('driss', [here])).toBe(404);
		expect(await said('yamina', [here], { name: 'é'.repeat(81) })).toBe(
			'name electoral-map.selection_name_long',
		);
		const many = Array.from({ length: 1001 }, (_, n) => keyOf(n));
		expect(await said('yamina', many)).toBe('station electoral-map.selection_many');
		const [kept, rows] = [
			await choose('yamina', [], { name: 'Nos douze bureaux' }),
			await asSystem('test', (tx) => tx.many(sql`select id from electoral_map.selection`)),
		];
		expect([kept.form?.values, rows]).toMatchObject([{ name: 'Nos douze bureaux' }, []]);
	});

	test('above sees and takes back what one below published; one beside does not', async () => {
		const to = await publish('samuel', [here], { unit: idOf('villebrume') });
		expect((await people.leontine.get(to)).status).toBe(200);
		expect((await people.driss.post(`${to}?/withdraw`)).status).toBe(404);
		expect(await targets('odile', 'villebrume')).toEqual([here]);
		await people.yamina.post(`${to}?/withdraw`);
		expect(await targets('odile', 'villebrume')).toEqual([]);
	});

	test('takes back once, however often it is pressed; a draft is not taken back; then gives it elsewhere', async () => {
		const { to = '' } = await choose('yamina', [here]);
		const id = to?.split('/').at(-1) ?? '';
		const lines = async () =>
			(await journal('electoral-map.withdraw')).filter(({ subject }) => subject === id).length;
		await people.yamina.post(`${to}?/withdraw`);
		expect(await lines()).toBe(0);
		await people.yamina.post(`${to}?/publish`);
		for (let n = 0; n < 3; n++) await people.yamina.post(`${to}?/withdraw`);
		expect(await lines()).toBe(1);
		const given = { 'station[]': [here], 'section[]': [idOf('valdorsande')] };
		await people.yamina.post(`${to}?/assign`, given);
		await people.yamina.post(`${to}?/publish`);
		expect(await targets('yamina', 'valdorsande')).toEqual([here]);
		expect(await targets('odile', 'villebrume')).toEqual([]);
	});

	test('assigns only stations that were chosen: one more in the form is nobody’s', async () => {
		const { to } = await choose('yamina', [here]);
		const section = idOf('villebrume');
		const given = { 'station[]': [here, keyOf(3)], 'section[]': [section, section] };
		await people.yamina.post(`${to}?/assign`, given);
		await people.yamina.post(`${to}?/publish`);
		expect(await targets('odile', 'villebrume')).toEqual([here]);
	});
});
