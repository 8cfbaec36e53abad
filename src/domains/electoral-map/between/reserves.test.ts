import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene, told } from '#tests/traces.ts';
import type { Count } from '../model.ts';
import { cover, layTowns, townLike } from '../sheet/towns.fixture.ts';
import { clearEntries, figures, openBy, roundsAt, second, stationAt } from './between.fixture.ts';
import { type Change, changesOf } from './changes.ts';

stage();

/** What a station counted: registered, voters, and how many for us. Ballots are all valid. */
const counting = ([registered, voters, ours]: number[]): Omit<Count, 'key'> => ({
	...{ registered: registered!, voters: voters!, blank: 0, spoilt: 0, valid: voters! },
	voices: [
		{ candidate: '1', name: 'La rive', nuance: 'RIVE', votes: ours! },
		{ candidate: '2', name: 'Le pont', nuance: 'PONT', votes: voters! - ours! },
	],
});

/** The rounds of five stations, number by number; null where it was not there. */
const counted: Record<string, (number[] | null)[]> = {
	'2026_muni_t1': [
		[1000, 400, 100],
		[1000, 700, 100],
		[800, 0, 0],
		[500, 250, 50],
		[1000, 400, 0],
	],
	'2024_legi_t1': [[1000, 700, 210], [1000, 500, 100], [800, 400, 80], null, [1000, 800, 0]],
	'2024_euro_t1': [[1000, 500, 100], [1000, 600, 120], [800, 600, 90], null, [1000, 500, 0]],
	'2020_muni_t1': [
		[1000, 990, 100],
		[1000, 990, 100],
		[800, 790, 90],
		[500, 490, 50],
		[1000, 990, 0],
	],
};

const people = {} as Record<CastName, Browser>;
beforeAll(async () => {
	const town = townLike('X01001', (made) => {
		for (const round of made.rounds)
			round.counts = (counted[round.id] ?? []).flatMap((one, n) =>
				one ? [{ key: `X01001_000${n + 1}`, ...counting(one) }] : [],
			);
	});
	await layTowns(town);
	await cover('villebrume', 'X01001');
	await cover('montclairval', 'X01002');
	await cover('valdorsande', 'X01');
	for (const name of ['odile', 'samuel', 'yamina'] as const) people[name] = await browser(name);
});
beforeEach(() => clearEntries());

type Asked = { at?: string; election?: string; before?: string };
const found = async (asked: Asked = {}, who: CastName = 'samuel') =>
	changesOf(await as(who), { at: null, election: null, before: null, ...asked });
const line = async (n: number, asked: Asked = {}) =>
	(await found(asked)).lines.find(({ number }) => number === String(n)) as Change;
/** To a thousandth: ratios of whole numbers are compared with what one writes down. */
const near = (value: number) => expect.closeTo(value, 6);

describe('votes that sleep', () => {
	test('are those who came once and stayed at home now, as many as vote for us among those who came', async () => {
		// 70 % came in 2024, 40 % now: 300 people, a quarter for us.
		expect(await line(1)).toMatchObject({ reserve: near(75), best: near(0.7), turnout: near(0.4) });
	});

	test('are none where more came than ever, and never less than none', async () => {
		expect(await line(2)).toMatchObject({ reserve: 0, best: near(0.6), turnoutGap: near(0.2) });
	});

	test('are not known where nobody voted, nor where no other round was counted: the page says nothing of them', async () => {
		expect(await line(3)).toMatchObject({ turnout: 0, ours: null, reserve: null, oursGap: null });
		expect(await line(4)).toMatchObject({ turnout: near(0.5), turnoutGap: null, reserve: null, best: null });
	});

	test('rest on rounds of the same outlines alone, however many came on others', async () => {
		const { lines, redrawn } = await found();
		expect(lines.map(({ best }) => best ?? 0).filter((best) => best > 0.9)).toEqual([]);
		expect(redrawn.map(({ id }) => id)).toEqual(['2020_muni_t1']);
	});

	test('are voters of any side where nobody is known to be ours', async () => {
		await scene(sql`update electoral_map.nuance set bloc = 'left' where label = 'RIVE'`);
		try {
			const { hasOurs, lines } = await found();
			expect(hasOurs).toBe(false);
			expect(lines[0]).toMatchObject({ number: '5', reserve: near(400), ours: null, oursGap: null });
			expect((await people.samuel.get(roundsAt)).main).not.toContain('nos voix');
		} finally {
			await scene(sql`update electoral_map.nuance set bloc = 'ours' where label = 'RIVE'`);
		}
	});

	test('are checked where there are some, and the page does not say that all came where it is our votes that are few', async () => {
		const { main, html } = await people.samuel.get(roundsAt);
		const checked = html.match(/<input[^>]*name="station\[\]"[^>]*checked[^>]*>/g) ?? [];
		expect(checked.map((box) => /value="([^"]+)"/.exec(box)?.[1])).toEqual(['X01001_0001']);
		expect(main).toContain('(le premier coché)');
		expect(main).toContain('Environ 75 voix en réserve');
		// Of the five, more than ever came to the second alone; at the fifth four in ten came, of eight, and none for us.
		expect(main.match(/Pas de réserve/g)).toHaveLength(1);
		expect(main.match(/Moins d’une voix en réserve/g)).toHaveLength(1);
	});

	test('say where to go first; where they are not known comes last, in the order of numbers', async () => {
		expect((await found()).lines.map(({ number }) => number)).toEqual(['1', '2', '5', '3', '4']);
	});
});

describe('what changed', () => {
	test('is beside the round asked for; one of other outlines, later, or unknown gives way to the last', async () => {
		const gap = async (before: string) => (await line(1, { before })).oursGap;
		expect(await gap('2024_euro_t1')).toEqual(near(0.05));
		for (const before of ['2024_legi_t1', '2020_muni_t1', '2026_muni_t1', '1999_pres_t1', ''])
			expect([before, await gap(before)]).toEqual([before, near(-0.05)]);
	});

	test('is no rise of ours beside a round where nobody of ours is known', async () => {
		await scene(sql`update electoral_map.nuance set election = '2026_muni_t1' where label = 'RIVE'`);
		try {
			expect(await line(1)).toMatchObject({
				ours: near(0.25),
				oursGap: null,
				turnoutGap: near(-0.3),
				reserve: near(75),
			});
			const asked = async () =>
				JSON.parse((await people.odile.get('/carte/chiffres.json')).html) as { choices: string[] };
			const { choices } = await asked();
			expect(choices).toContain('reserve');
			expect(choices).not.toContain('falling');
			expect(choices).not.toContain('volatile');
			// Known at the round before the last, it is that one that ours are set against.
			await scene(
				sql`insert into electoral_map.nuance (election, label, bloc) values ('2024_euro_t1', 'RIVE', 'ours')`,
			);
			expect((await asked()).choices).toContain('falling');
			const page = await people.odile.get('/carte?c1=falling-high&p1=3&c2=abstention-high&p2=3');
			expect(page.main).toContain('Bureau 1, Mairie : recul de nos voix -5 points');
		} finally {
			await scene(
				sql`delete from electoral_map.nuance where election = '2024_euro_t1'`,
				sql`update electoral_map.nuance set election = '' where label = 'RIVE'`,
			);
		}
	});

	test('of an older round looks at those before it alone', async () => {
		const asked = { election: '2024_legi_t1' };
		expect((await found(asked)).before?.id).toBe('2024_euro_t1');
		expect(await line(1, asked)).toMatchObject({ turnoutGap: near(0.2), best: near(0.5), reserve: 0 });
		expect((await found(asked)).lines.map(({ number }) => number)).not.toContain('4');
		const oldest = await found({ election: '2020_muni_t1' });
		expect([oldest.before, oldest.lines[0]?.reserve]).toEqual([null, null]);
	});

	test('tells of the round that is being typed, station after station, as soon as two agree', async () => {
		const tally = await openBy(people.yamina);
		for (const who of ['odile', 'samuel'] as const)
			await people[who].post(`${stationAt(tally, 1)}?/enter`, figures(300));
		const now = await found({ election: second });
		expect(now.before?.id).toBe('2026_muni_t1');
		expect(now.lines).toMatchObject([{ number: '1', turnoutGap: near(0.2) }]);
		expect((await people.samuel.get(`${roundsAt}?scrutin=${second}`)).main).toContain('+20 points');
	});

	test('is nothing where nothing was counted, or where there is no ground; not there at all for the others', async () => {
		const state = async (at: string) => (await found({ at }, 'yamina')).state;
		expect(await state(idOf('montclairval'))).toBe('no_results');
		expect(await state(idOf('castelmauve'))).toBe('no_ground');
		for (const at of [idOf('castelmauve'), idOf('valdorsande'), idOf('nowhere'), 'X01001', 'x'])
			expect([at, await told(found({ at }))]).toEqual([at, 'NotFound']);
		expect(await told(found({}, 'odile'))).toBe('NotFound');
	});
});
