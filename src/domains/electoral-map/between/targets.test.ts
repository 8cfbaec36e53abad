import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { layVillebrume } from '../sheet/towns.fixture.ts';
import { clearSelections, roundsAt } from './between.fixture.ts';

stage();

const people = {} as Record<CastName, Browser>;
beforeAll(async () => {
	await layVillebrume();
	for (const name of ['odile', 'samuel', 'yamina', 'ines', 'mathis', 'fanny', 'paulo'] as const)
		people[name] = await browser(name);
});
beforeEach(() => clearSelections());

const keyOf = (n: number) => `X01001_${String(n).padStart(4, '0')}`;
const federation = { unit: idOf('valdorsande'), election: '2026_muni_t1', name: 'Second tour' };
const choose = async (who: CastName, stations: number[], changed: Record<string, string> = {}) => {
	const fields = { ...federation, ...changed, 'station[]': stations.map(keyOf) };
	return people[who].post(`${roundsAt}?/choose`, fields);
};
const page = `/unites/${idOf('villebrume')}`;
const given = () =>
	asSystem('test', (tx) =>
		tx.many<{ key: string; unit: string | null }>(
			sql`select key, unit_id as unit from electoral_map.selected order by rank`,
		),
	);

describe('what changed', () => {
	test('is told station by station beside the round before on the same outlines, with its reserve and why', async () => {
		const { main, html } = await people.yamina.get(`${roundsAt}?avec=2024_euro_t1`);
		expect(main).toContain('Les écarts sont avec : Européennes 2024, 1er tour');
		expect(main).toMatch(
			/9\. École Sainte-Prune.*?participation 45 % \(\+\d+ points\) · nos voix \d+ % \(\+/,
		);
		expect(main).toMatch(/Environ \d+ voix en réserve : la participation y a déjà fait \d+ %/);
		expect(main).toContain('Bureaux redécoupés depuis : Municipales 2020, 1er tour');
		expect((await people.yamina.get(roundsAt)).main).toContain('Les écarts sont avec : Législatives 2024');
		expect(html.match(/name="station\[\]"[^>]* checked/g)).toHaveLength(10);
	});

	test('the largest reserve comes first', async () => {
		const { main } = await people.yamina.get(roundsAt);
		const votes = [...main.matchAll(/Environ (\d+) voix en réserve/g)].map(([, n]) => Number(n));
		expect(votes.length).toBeGreaterThan(8);
		expect(votes).toEqual(votes.toSorted((a, b) => b - a));
	});

	test('is for who answers for that ground', async () => {
		expect((await people.samuel.get(roundsAt)).main).toContain('Section de Villebrume');
		expect((await people.samuel.get(`${roundsAt}?ou=${idOf('valdorsande')}`)).status).toBe(404);
		for (const who of ['odile', 'mathis', 'ines', 'paulo'] as const)
			expect([who, (await people[who].get(roundsAt)).status]).toEqual([who, 404]);
		expect((await people.fanny.get(`${roundsAt}?ou=${idOf('villebrume')}`)).status).toBe(404);
	});
});

describe('targets', () => {
	test('are given to the section of their town, published, seen on its page, told to its officers, taken back', async () => {
		const { to } = await choose('yamina', [9, 3]);
		expect(await given()).toHaveLength(2);
		expect((await given()).map(({ unit }) => unit)).toEqual([idOf('villebrume'), idOf('villebrume')]);
		expect((await people.odile.get(page)).main).not.toContain('Sainte-Prune');
		expect((await people.yamina.through(`${to}?/publish`)).text).toContain('C’est publié');
		await drainJobs();
		for (const who of ['odile', 'samuel', 'yamina'] as const)
			expect([who, (await people[who].get(page)).main]).toEqual([
				who,
				expect.stringContaining('Sainte-Prune'),
			]);
		for (const who of ['mathis', 'ines', 'fanny'] as const)
			expect([who, (await people[who].get(page)).main]).toEqual([
				who,
				expect.not.stringContaining('Sainte-Prune'),
			]);
		expect((await people.samuel.get('/avis')).main).toContain('confiés à Section de Villebrume');
		expect((await people.odile.get('/avis')).main).not.toContain('confiés à');
		await people.yamina.post(`${to}?/withdraw`);
		expect((await people.odile.get(page)).main).not.toContain('Sainte-Prune');
		expect((await people.samuel.get('/avis')).main).not.toContain('confiés à');
	});

	test('go to another unit that covers the town, or to nobody; never to one that does not', async () => {
		const { to } = await choose('yamina', [9, 3]);
		const assign = (units: string[]) =>
			people.yamina.post(`${to}?/assign`, { 'station[]': [9, 3].map(keyOf), 'section[]': units });
		await assign([idOf('valdorsande'), '']);
		expect(Object.fromEntries((await given()).map(({ key, unit }) => [key, unit]))).toEqual({
			[keyOf(9)]: idOf('valdorsande'),
			[keyOf(3)]: null,
		});
		const wrong = await assign(['', idOf('montclairval')]);
		expect(wrong.form?.problems).toEqual(['section.1 electoral-map.selection_no_section']);
		await assign(['', '']);
		expect((await people.yamina.post(`${to}?/publish`)).form?.problems).toEqual([
			' electoral-map.selection_unassigned',
		]);
		await assign([idOf('villebrume'), '']);
		await people.yamina.post(`${to}?/publish`);
		expect((await assign(['', ''])).form?.problems).toEqual([' electoral-map.selection_published_already']);
	});

	test('are of one’s own ground and round alone, with a name', async () => {
		const said = async (who: CastName, stations: number[], changed = {}) => {
			const { status, form } = await choose(who, stations, changed);
			return form?.problems.join() ?? status;
		};
		expect(await said('yamina', [])).toBe('station electoral-map.selection_empty');
		expect(await said('yamina', [99])).toBe('station electoral-map.selection_unknown');
		expect(await said('yamina', [1], { election: '1999_pres_t1' })).toContain('selection_unknown');
		expect(await said('yamina', [1], { name: ' ' })).toBe('name electoral-map.selection_name_empty');
		for (const who of ['odile', 'samuel', 'fanny'] as const)
			expect([who, await said(who, [1])]).toEqual([who, 404]);
		expect(await given()).toEqual([]);
	});

	test('of somebody else’s ground do not exist: page, file, acts', async () => {
		const { to } = await choose('yamina', [9]);
		for (const who of ['odile', 'samuel', 'fanny', 'ines'] as const) {
			for (const at of [to!, `${to}/liste.csv`])
				expect([who, at, (await people[who].get(at)).status]).toEqual([who, at, 404]);
			for (const act of ['publish', 'withdraw', 'assign'])
				expect([who, act, (await people[who].post(`${to}?/${act}`)).status]).toEqual([who, act, 404]);
		}
	});

	test('are chosen once and published once, however often one presses; then printed and taken away', async () => {
		const sent = [1, 2].map(() => choose('yamina', [9], { _key: 'same' }));
		const [one, two] = await Promise.all(sent);
		expect(two?.to).toBe(one?.to);
		await Promise.all([1, 2].map(() => people.yamina.post(`${one?.to}?/publish`)));
		await drainJobs();
		const acts = await asSystem('test', (tx) =>
			tx.many<{
				act: string;
			}>(sql`select act from audit.entry where act in ('electoral-map.select', 'electoral-map.publish')
				and subject_id = ${one?.to?.split('/').at(-1) ?? ''} order by seq`),
		);
		expect(acts.map(({ act }) => act)).toEqual(['electoral-map.select', 'electoral-map.publish']);
		const csv = await people.yamina.get(`${one?.to}/liste.csv`);
		expect(csv.html).toContain('X01001_0009');
		expect(csv.html).toContain('Section de Villebrume');
	});

	test('an office that ended meanwhile publishes nothing', async () => {
		const { to } = await choose('samuel', [9], { unit: idOf('villebrume') });
		await scene(
			sql`update territory.term set ends_at = now() - interval '1 second' where person_id = ${idOf('samuel')}::uuid`,
		);
		try {
			expect((await people.samuel.post(`${to}?/publish`)).status).toBe(404);
			expect((await people.odile.get(page)).main).not.toContain('Sainte-Prune');
		} finally {
			await scene(sql`update territory.term set ends_at = null where person_id = ${idOf('samuel')}::uuid`);
		}
	});
});
