import { beforeAll, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { stationsLike } from './alike.ts';
import { cover, layTowns, townLike } from './towns.fixture.ts';

stage();

const ten = 'X01001_0010';
const round = { id: '2026_muni_t1', year: 2026, kind: 'muni', round: 1 };
let odile: Browser;

/** The same people next door, and fifteen points more for us in all stations but the first. */
const better = townLike('X01002', ({ rounds }) => {
	for (const count of rounds.flatMap(({ counts }) => counts.slice(1))) {
		const [ours, other] = count.voices;
		const more = Math.min(Math.round(count.valid * 0.15), other?.votes ?? 0);
		if (ours) ours.votes += more;
		if (other) other.votes -= more;
	}
});

beforeAll(async () => {
	await layTowns(townLike('X01001'), better, townLike('X02001'));
	await cover('villebrume', 'X01001');
	await cover('montclairval', 'X01002');
	odile = await browser('odile');
});

const like = async (who: 'odile' | 'yamina' = 'odile') =>
	stationsLike(await as(who), { key: ten, election: round, wide: [] });

test('the twin of a station in another town comes first, with its town, its gap and the section that holds it', async () => {
	const { state, list } = await like();
	expect(state).toBe('found');
	expect(list).toHaveLength(10);
	expect(list[0]).toMatchObject({
		commune: expect.stringMatching(/\p{L}/u),
		unit: { id: idOf('montclairval'), name: 'Section de Montclairval' },
		station: null,
	});
	expect(list[0]?.better).toBeCloseTo(0.15, 2);
	expect(list[0]?.traits.map(({ here, there }) => Math.abs(here - there) < 1e-9)).toEqual([true, true, true]);
	expect(list.every(({ better }) => better > 0.01)).toBe(true);
});

test('a station elsewhere is told by its town and its section alone; who answers for it is led to its sheet', async () => {
	const page = await odile.get(`/carte/bureaux/${ten}`);
	expect(page.main).toContain('Tenu par Section de Montclairval');
	expect(page.main).toMatch(/\(15 points de plus qu’ici\)/);
	expect(page.html).toContain(`/unites/${idOf('montclairval')}`);
	expect(page.html).not.toContain('X01002_');
	const { list } = await like('yamina');
	expect(list[0]?.station).toEqual({ key: 'X01002_0010', place: 'Foyer du Rail' });
});

test('ground that no unit covers is nobody’s: it is not proposed', async () => {
	const { list } = await like();
	expect(new Set(list.map(({ unit }) => unit.id))).toEqual(
		new Set([idOf('montclairval'), idOf('villebrume')]),
	);
});

test('a figure too small to be shown makes no likeness', async () => {
	const scale = (by: number) =>
		asSystem('test', (tx) =>
			tx.run(sql`with moved as (update electoral_map.estimate set values = array(select one * ${by}::float8 from unnest(values) as one)
					where estimate.key = 'X01002_0010' returning 1)
				update electoral_map.source set current_at = now() where source.kind = 'census' and exists (select from moved)`),
		);
	await scale(1 / 40);
	const { list } = await like('yamina');
	expect(list.map(({ station }) => station?.key)).not.toContain('X01002_0010');
	await scale(40);
	expect((await like('yamina')).list[0]?.station?.key).toBe('X01002_0010');
});

test('who is ours changes at once what is better', async () => {
	const say = (text: string) =>
		asSystem('test', (tx) =>
			tx.run(sql`update electoral_map.nuance set label = ${text} where nuance.bloc = 'ours'`),
		);
	await say('NOBODY');
	expect((await like()).state).toBe('no_ours');
	await say('RIVE');
	expect((await like()).state).toBe('found');
});
