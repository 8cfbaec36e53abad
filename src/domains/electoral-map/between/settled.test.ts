import { beforeAll, beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { layTowns, layVillebrume, townLike } from '../sheet/towns.fixture.ts';
import { alone } from '../store/alone.ts';
import { clearEntries, counted, figures, layOfficial, openBy, second } from './between.fixture.ts';
import { madeOf } from './made-of.ts';

stage();

const towns = ['X01001', 'X01002'] as const;
let [bertrand, yamina] = [] as unknown as [Browser, Browser];
let tally = '';
beforeAll(async () => {
	await layVillebrume();
	await layTowns(townLike('X01002'));
	[bertrand, yamina] = [await browser('bertrand'), await browser('yamina')];
});
beforeEach(async () => {
	await clearEntries();
	tally = await openBy(yamina, { place: idOf('valdorsande') });
});

const keyOf = (town: string, n: number) => `${town}_${String(n).padStart(4, '0')}`;
const settle = async (town: string, n: number, ours: number) => {
	for (const who of [bertrand, yamina]) await who.post(`${tally}/${keyOf(town, n)}?/enter`, figures(ours));
};
const clear = (town: string, n: number) => yamina.post(`${tally}/${keyOf(town, n)}?/clear`);

/** Rows as PostgreSQL wrote them: one written again has another mark. */
const rows = () =>
	asSystem('test', (tx) =>
		tx.many<{
			key: string;
			mark: string;
		}>(sql`select count.key, count.source_id || ' ' || count.xmin::text as mark
			from electoral_map.count join electoral_map.source on source.id = count.source_id
			where source.election = ${second} order by count.key`),
	);
const versionNow = () =>
	asSystem(
		'test',
		alone((tx) => madeOf(tx, { from: second, to: second, communes: [...towns] })),
	);

/** Official figures of one station of a town. */
const official = (town: string) => layOfficial(keyOf(town, 1));

test('a station that is settled writes its own row: those before it stay as they were written', async () => {
	for (const n of [1, 2, 3]) await settle('X01001', n, 200 + n);
	const before = await rows();
	await settle('X01002', 1, 300);
	const after = await rows();
	expect(after.slice(0, 3)).toEqual(before);
	expect(after.map(({ key }) => key)).toEqual([
		...[1, 2, 3].map((n) => keyOf('X01001', n)),
		keyOf('X01002', 1),
	]);
	expect((await counted()).map(({ ours }) => ours)).toEqual([201, 202, 203, 300]);
	const held = await asSystem('test', (tx) =>
		tx.one(sql`select counts, (select count(*)::int from electoral_map.cover where cover.source_id = source.id) as towns
			from electoral_map.source where election = ${second}`),
	);
	expect(held).toMatchObject({
		counts: { stations: 4, registered: 4000, voters: 2400, candidates: 2 },
		towns: 2,
	});
});

test('emptied and typed again it counts anew; with none left the round is gone', async () => {
	await settle('X01001', 1, 200);
	await settle('X01002', 1, 300);
	await clear('X01001', 1);
	expect(await counted()).toEqual([{ key: keyOf('X01002', 1), ours: 300, state: 'current' }]);
	await settle('X01001', 1, 210);
	expect((await counted()).map(({ ours }) => ours)).toEqual([210, 300]);
	await clear('X01001', 1);
	await clear('X01002', 1);
	expect(await versionNow()).toEqual([]);
});

test('the official file of one town replaces what was typed there and leaves the other', async () => {
	await settle('X01001', 1, 200);
	await settle('X01001', 2, 201);
	await settle('X01002', 1, 300);
	const file = await official('X01001');
	await settle('X01002', 2, 301);
	expect((await counted()).map(({ key, ours }) => [key, ours])).toEqual([
		[keyOf('X01001', 1), 333],
		[keyOf('X01002', 1), 300],
		[keyOf('X01002', 2), 301],
	]);
	await scene(sql`delete from electoral_map.source where id = ${file}::uuid`);
	await settle('X01002', 3, 302);
	expect((await counted()).map(({ ours }) => ours)).toEqual([200, 201, 300, 301, 302]);
});

test('official figures of all its towns put it in the past; once they go, the next station brings it back whole', async () => {
	await settle('X01001', 1, 200);
	const file = await official('X01001');
	expect((await counted()).map(({ ours }) => ours)).toEqual([333]);
	await scene(sql`delete from electoral_map.source where id = ${file}::uuid`);
	await settle('X01001', 2, 201);
	expect((await counted()).map(({ ours }) => ours)).toEqual([200, 201]);
});

test('what rests on a round being typed knows that one more station was settled', async () => {
	const seen: string[] = [];
	for (const n of [1, 2, 3]) {
		await settle('X01001', n, 200);
		seen.push((await versionNow()).join());
	}
	expect(new Set(seen).size).toBe(3);
});
