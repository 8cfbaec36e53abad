import { beforeAll, describe, expect, test } from 'vitest';
import { inventedZones, loadZones } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { planned, set } from '../stage.fixture.ts';
import { communesToDraw, type Item, itemsOf, mapOf } from './ground.ts';
import { type NearEvent, nearby } from './near.ts';

stage();

type Known = { id: string; kind: string; parent_id: string | null; region: string; department: string };
let communes: Known[];
beforeAll(async () => {
	await asSystem('test', async (tx) => {
		await loadZones(tx, inventedZones());
		communes = await tx.many<Known>(sql`
			with recursive above as (
				select zone.id as commune, zone.id, zone.parent_id, zone.kind from territory.zone where zone.kind = 'commune'
				union all select above.commune, zone.id, zone.parent_id, zone.kind from above join territory.zone on zone.id = above.parent_id)
			select commune as id, 'commune' as kind, null as parent_id, max(above.id) filter (where above.kind = 'region') as region,
				max(above.id) filter (where above.kind = 'department') as department from above group by commune order by commune`);
	});
});

describe('events near me', () => {
	test('come from the closest to the furthest, by commune, department, region; from afar last', async () => {
		const home = communes[0]!;
		const neighbour = communes.find((one) => one.department === home.department && one.id !== home.id)!;
		const region = communes.find((one) => one.region === home.region && one.department !== home.department)!;
		const far = communes.find((one) => one.region !== home.region)!;
		await asSystem('test', (tx) =>
			tx.run(sql`insert into people.arrival (person_id, zone_id) values (${idOf('odile')}, ${home.id})
				on conflict (person_id) do update set zone_id = excluded.zone_id`),
		);
		const expected: [string, string][] = [];
		for (const [ring, zone] of [
			['further', far],
			['region', region],
			['department', neighbour],
			['commune', home],
		] as const) {
			const id = await planned({ visibility: 'network' });
			await set(id, `zone_id = '${zone.id}'`);
			expected.unshift([id, ring]);
		}
		const online = await planned({ visibility: 'network' });
		await set(online, `online_url = 'https://visio.example'`);
		expected.push([online, 'online']);
		await planned({ visibility: 'unit', unit: 'pontsarvan' });
		const near = await nearby(await as('odile'));
		expect(near.events.map(({ id, ring }) => [id, ring])).toEqual(expected);
		expect(near.home).toHaveLength(1);
		const page = await (await browser('odile')).get('/agenda/pres-de-moi');
		expect(page.main).toMatch(
			/Dans ta commune.*Dans ton département.*Dans ta région.*Plus loin.*À distance/s,
		);
		expect((await (await browser('visitor')).get('/agenda/pres-de-moi')).to).toContain('/connexion');
	});

	test('of somebody whose commune is unknown are reckoned from what their unit covers, and so is an event without place', async () => {
		await asSystem('test', (tx) =>
			tx.run(
				sql`insert into territory.coverage (unit_id, zone_id) values (${idOf('pontsarvan')}, ${communes[0]!.id})`,
			),
		);
		const id = await planned({ visibility: 'network', unit: 'pontsarvan' });
		const near = await nearby(await as('tidiane'));
		expect(near.events.find((one) => one.id === id)?.ring).toBe('commune');
	});
});

describe('the map', () => {
	const rows = { west: [2, 48, 2.1, 48.1], east: [2.1, 48, 2.2, 48.1] };
	const ground = {
		width: 1000,
		height: 500,
		perKm: 66,
		shapes: Object.keys(rows).map((commune, at) => ({ commune, d: 'M0 0z', x: 250 + 500 * at, y: 250 })),
	};
	const item = (id: string, code: string | null, ring: Item['ring'] = 'commune'): Item => ({
		...{ id, title: id, href: `/evenements/${id}`, startsAt: new Date(), where: [], ring },
		at: code === null ? null : { code, name: code.toUpperCase() },
	});
	const home = [{ code: 'west', name: 'WEST' }];

	test('numbers communes in the order of the list, and puts one’s own in the middle of true distances', () => {
		const items = [
			item('a', 'east'),
			item('b', 'west'),
			item('c', 'east'),
			item('d', null),
			item('e', 'far'),
		];
		const map = mapOf(home, items, ground)!;
		expect(map.marks.map(({ n, name, items: held }) => [n, name, held.map(({ id }) => id)])).toEqual([
			[1, 'EAST', ['a', 'c']],
			[2, 'WEST', ['b']],
		]);
		expect(map.shapes.map(({ commune, isHome }) => [commune, isHome])).toEqual([
			['west', true],
			['east', false],
		]);
		expect(map.home).toBe('WEST');
		expect(map.circles).toEqual([
			{ x: 250, y: 250, r: 330, km: 5, at: { x: 580, y: 250 } },
			{ x: 250, y: 250, r: 660, km: 10, at: { x: 910, y: 250 } },
		]);
		expect(map.bar).toEqual({ width: 330, km: 5 });
	});

	test('lists what comes back once, by its next date', () => {
		const one = (id: string, seriesId: string | null) =>
			({
				id,
				seriesId,
				title: id,
				placeName: '',
				commune: null,
				isOnline: true,
				unit: null,
				group: null,
			}) as NearEvent;
		const listed = itemsOf([one('a', 's'), one('b', null), one('c', 's')], { online: 'far', again: 'again' });
		expect(listed.map(({ id, tag, where }) => [id, tag, where])).toEqual([
			['a', 'again', ['far']],
			['b', undefined, ['far']],
		]);
	});

	test('asks for one’s own communes first, and not for what is in another region', () => {
		const items = [item('a', 'east', 'department'), item('b', 'far', 'further'), item('c', null)];
		expect(communesToDraw(home, items)).toEqual(['west', 'east']);
		expect(communesToDraw([], items)).toEqual(['east', 'far']);
	});

	test('keeps numbers apart and within the picture; is not drawn without ground, nor for nothing', () => {
		const close = ['p', 'q', 'r'].map((commune) => ({ commune, d: '', x: 5, y: 5 }));
		const map = mapOf([], [item('1', 'p'), item('2', 'q'), item('3', 'r')], { ...ground, shapes: close })!;
		for (const [at, one] of map.marks.entries()) {
			expect([one.x >= 38, one.y >= 38, one.x <= 962, one.y <= 462]).toEqual([true, true, true, true]);
			for (const other of map.marks.slice(at + 1))
				expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(30);
		}
		expect(mapOf(home, [item('1', 'west')], null)).toBeNull();
		expect(mapOf(home, [item('1', null)], ground)).toBeNull();
	});
});
