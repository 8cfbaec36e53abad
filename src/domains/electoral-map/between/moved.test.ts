import { beforeAll, beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import type { Count } from '../model.ts';
import { layRound, layVillebrume } from '../sheet/towns.fixture.ts';
import { roundsAt } from './between.fixture.ts';
import { keptTransfers, renewTransfers } from './kept.ts';
import { movedApi } from './moved-api.ts';

stage();

const reports = `${roundsAt}/reports`;
const people = {} as Record<CastName, Browser>;
const voices = (names: [string, number][]) =>
	names.map(([name, votes], at) => ({ candidate: String(at + 1), name, nuance: null, votes }));
const countOf = (n: number, names: [string, number][]): Count => {
	const valid = names.reduce((sum, [, votes]) => sum + votes, 0);
	const rest = { registered: 1000, voters: valid, blank: 0, spoilt: 0, valid };
	return { key: `X01002_${String(n).padStart(4, '0')}`, ...rest, voices: voices(names) };
};

/** Sixty stations where so many of Aurore's people come back to her, and the others go to Basile. */
function roundsWhere(kept: number): [string, Count[]][] {
	const [first, second]: [Count[], Count[]] = [[], []];
	for (let n = 1; n <= 60; n++) {
		const [aurore, basile] = [150 + ((n * 37) % 300), 200 + ((n * 53) % 250)];
		const back = Math.round(aurore * kept);
		const names = (a: number, b: number): [string, number][] => [
			['Aurore', a],
			['Basile', b],
		];
		first.push(countOf(n, names(aurore, basile)));
		second.push(countOf(n, names(back, basile + aurore - back)));
	}
	return [
		['2025_legi_t1', first],
		['2025_legi_t2', second],
	];
}

const lay = ([id, counts]: [string, Count[]]) => layRound(counts, { id, vintage: '2025' });

const layRounds = async () => {
	for (const round of roundsWhere(0.9)) await lay(round);
};

beforeAll(async () => {
	await layVillebrume();
	await layRounds();
	for (const name of ['odile', 'samuel', 'yamina', 'fanny'] as const) people[name] = await browser(name);
});
beforeEach(() => scene(sql`delete from platform.bucket`, sql`delete from electoral_map.transfer`));

const montclairval = { unit: idOf('montclairval'), from: '2025_legi_t1', to: '2025_legi_t2' };
const at = ({ unit, from, to }: typeof montclairval) => `${reports}?ou=${unit}&de=${from}&vers=${to}`;
const ask = (who: CastName, pair: typeof montclairval) => people[who].post(`${reports}?/compute`, pair);

test('votes that moved are told in ranges, with what they are worth, once the job has done it', async () => {
	expect((await people.yamina.get(at(montclairval))).main).toContain('Estimer les reports');
	await ask('yamina', montclairval);
	expect((await people.yamina.get(at(montclairval))).main).toContain('L’estimation est en cours');
	await drainJobs();
	const { main } = await people.yamina.get(at(montclairval));
	expect(main).toContain('Ce sont des ordres de grandeur');
	expect(main).toContain('Estimé sur 60 bureaux et 60 000 inscrits, 100 % de ceux');
	expect(main).toMatch(
		/Sur les personnes qui ont voté « Aurore » \([\d\s]+ personnes\) Aurore : environ 9 sur 10, 8 sur 10 au moins/,
	);
	expect(main).toMatch(/voté « Basile » \([\d\s]+ personnes\) Basile : plus de 9 sur 10, 9 sur 10 au moins/);
}, 60_000);

test('under fifty stations it is refused in words', async () => {
	const pair = { unit: idOf('villebrume'), from: '2024_euro_t1', to: '2024_legi_t1' };
	await ask('samuel', pair);
	await drainJobs();
	expect((await people.samuel.get(at(pair))).main).toContain('14 bureaux communs aux deux tours');
});

test('rounds of other outlines, the same twice, or of no such ground are refused', async () => {
	const said = async (changed: object) =>
		(await ask('yamina', { ...montclairval, unit: idOf('valdorsande'), ...changed })).form?.problems.join();
	expect(await said({ from: '2020_muni_t1', to: '2024_legi_t1' })).toBe('from electoral-map.outlines_differ');
	expect(await said({ from: '2025_legi_t2' })).toBe('from electoral-map.transfers_pair');
	expect(await said({ from: '1999_pres_t1' })).toBe('from electoral-map.transfers_pair');
});

test('asked twice while it waits it is done once; nobody else asks or reads', async () => {
	await Promise.all([ask('yamina', montclairval), ask('yamina', montclairval)]);
	const acts = await asSystem('test', (tx) =>
		tx.one<{ n: number }>(sql`select count(*)::int as n from jobs.job where name = 'electoral-map.transfers'
			and state = 'created'`),
	);
	expect(acts?.n).toBe(1);
	await drainJobs();
	for (const who of ['odile', 'samuel', 'fanny'] as const) {
		expect([who, (await people[who].get(at(montclairval))).status]).toEqual([who, 404]);
		expect([who, (await ask(who, montclairval)).status]).toEqual([who, 404]);
	}
}, 60_000);

const stale = 'Calculé sur des fichiers remplacés depuis';
const page = async () => (await people.yamina.get(at(montclairval))).main;
const estimate = async () => {
	await ask('yamina', montclairval);
	await drainJobs();
};

test('a file replaced since is said, and one asks for the estimate anew', async () => {
	await estimate();
	expect(await page()).not.toContain(stale);
	await scene(
		sql`insert into electoral_map.nuance (election, label, bloc) values ('2025_legi_t1', 'Aurore', 'ours')`,
	);
	// Who is ours changes no transfer: nothing is to be done again.
	expect(await page()).not.toContain(stale);
	for (const round of roundsWhere(0.5).slice(1)) await lay(round);
	expect(await page()).toContain(stale);
	expect(await page()).toContain('environ 9 sur 10');
	await estimate();
	expect(await page()).not.toContain(stale);
	expect(await page()).toMatch(/« Aurore » .*Aurore : environ 1 sur 2/);
	await layRounds();
}, 60_000);

test('another ground than that of the day is said too', async () => {
	await estimate();
	await scene(sql`update electoral_map.transfer set communes = communes || array['X01099']`);
	expect(await page()).toContain('Calculé sur un autre terrain');
}, 60_000);

test('programs read it and ask for it; by command what is no longer true is estimated anew', async () => {
	const path = '/api/v1/map/transfers';
	const query = `${path}?${new URLSearchParams(montclairval)}`;
	const read = async (who: CastName) => {
		const { status, html } = await people[who].send('GET', query);
		return status === 200 ? JSON.parse(html) : status;
	};
	expect(await read('yamina')).toMatchObject({ state: null, stale: null, result: null });
	const asking = movedApi[`POST ${path}`]!.act(await as('yamina'), montclairval, {});
	expect(await asking).toEqual({ state: 'waiting' });
	await drainJobs();
	expect(await read('yamina')).toMatchObject({ state: 'ready', stale: null, result: { stations: 60 } });
	for (const round of roundsWhere(0.9)) await lay(round);
	expect(await read('yamina')).toMatchObject({ state: 'ready', stale: 'files' });
	expect(await read('samuel')).toBe(404);
	expect(await keptTransfers()).toMatchObject([{ unit: montclairval.unit, stale: 'files' }]);
	expect(await renewTransfers()).toMatchObject([{ state: 'ready', stale: null }]);
	expect(await read('yamina')).toMatchObject({ state: 'ready', stale: null });
}, 60_000);

test('a ground where only some stations have both rounds says how many of its voters it rests on', async () => {
	const [first, second] = roundsWhere(0.9) as [[string, Count[]], [string, Count[]]];
	await lay(first);
	await lay([second[0], second[1].slice(0, 54)]);
	await estimate();
	const main = await page();
	expect(main).toContain('Estimé sur 54 bureaux et 54 000 inscrits, 90 % de ceux');
	expect(main).toContain('6 bureaux (6 000 inscrits) n’existent qu’à un des deux tours');
	await layRounds();
}, 60_000);

test('one chooses among rounds held before; a round with none before it leaves the choice', async () => {
	const first = (await people.yamina.get(`${reports}?ou=${montclairval.unit}&vers=2025_legi_t1`)).main;
	expect(first).toContain('Il faut deux tours comptés sur le même découpage');
	expect(first).toContain('Second des deux scrutins');
	expect(first).not.toContain('Premier des deux scrutins');
	const both = (await people.yamina.get(`${reports}?ou=${montclairval.unit}`)).main;
	expect(both).toContain('De Législatives 2025, 1er tour à Législatives 2025, 2e tour');
});
