import { beforeAll, describe, expect, test } from 'vitest';
import { inventedZones, loadZones } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { planned, set } from '../stage.fixture.ts';
import { plot } from './drawn.ts';
import { nearby } from './near.ts';

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
	const one = (id: string, latitude: number | null, longitude: number | null) => ({
		id,
		title: id,
		latitude,
		longitude,
	});
	test('puts the north up and the east right, with a measure that is true', () => {
		const drawn = plot([
			one('paris', 48.8566, 2.3522),
			one('nowhere', null, null),
			one('lyon', 45.764, 4.8357),
		])!;
		const [paris, lyon] = drawn.dots;
		expect([paris!.n, lyon!.n]).toEqual([1, 3]);
		expect(paris!.y).toBeLessThan(lyon!.y);
		expect(paris!.x).toBeLessThan(lyon!.x);
		const km = (Math.hypot(paris!.x - lyon!.x, paris!.y - lyon!.y) / drawn.bar.width) * drawn.bar.km;
		expect(km).toBeGreaterThan(380);
		expect(km).toBeLessThan(405);
	});

	test('is not drawn for one point or none, and stands two at the same place', () => {
		expect(plot([one('a', 48, 2), one('b', null, null)])).toBeNull();
		expect(plot([one('a', 48, 2), one('b', 48, 2)])?.dots).toHaveLength(2);
	});
});
