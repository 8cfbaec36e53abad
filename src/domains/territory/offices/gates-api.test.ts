import { beforeEach, describe, expect, test } from 'vitest';
import { appCode, giveApp, later } from '#domains/people/factor/app.fixture.ts';
import { sql } from '#platform/sql.ts';
import { apps } from '#registry.ts';
import { byKey, faultsIn, json } from '#tests/by-key.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { as, stage } from '#tests/stage.ts';
import { journal, refused, scene, told } from '#tests/traces.ts';

stage();
beforeEach(() => scene(sql`delete from territory.gate`, sql`delete from people.token`));

interface App {
	name: string;
	title: string;
	rule: { open: string };
	passing: number;
	chosen: boolean;
	fixed: boolean;
}
const office = { open: 'office' };
const list = async (who: CastName = 'bertrand') => (await program<{ items: App[] }>('GET /apps', who)).items;
const one = async (name: string) => (await list()).find((app) => app.name === name)!;
const put = (who: CastName, app: string, rule: object) =>
	program<{ app: string }>('PUT /apps/[app]/gate', who, { app }, rule);
const count = async (rule: object, who: CastName = 'bertrand') =>
	(await program<{ passing: number }>('POST /apps/preview', who, {}, rule)).passing;

describe('who keeps the gates, by a program', () => {
	test('reads every app of the house, as its page lists them', async () => {
		expect((await list()).map(({ name }) => name)).toEqual(apps.map(({ name }) => name));
		expect(await one('map')).toMatchObject({ title: 'Carte', chosen: false, fixed: false });
		expect(await one('feed')).toMatchObject({ fixed: true });
	});

	test('counts before, then changes: the count was right, the app is gone for the others at once, the journal says so', async () => {
		const before = await one('map');
		const passing = await count({ ...office, kinds: ['section'] });
		expect(passing).toBeLessThan(before.passing);
		expect((await one('map')).rule).toEqual(before.rule);
		expect((await as('odile')).apps).toContain('map');
		await put('bertrand', 'map', { ...office, kinds: ['section'] });
		expect(await one('map')).toMatchObject({ passing, chosen: true, rule: { kinds: ['section'] } });
		expect((await as('odile')).apps).not.toContain('map');
		expect((await journal('territory.edit_gate')).at(-1)).toMatchObject({
			actor: idOf('bertrand'),
			detail: { app: 'map' },
		});
	});

	test.each<[string, string, object, string]>([
		['a part of the house', 'feed', office, 'Conflict: territory.gate_fixed'],
		['the gates themselves', 'gates', { open: 'nobody' }, 'Conflict: territory.gate_shuts_you_out'],
		['an app that is none', 'nothing', office, 'NotFound'],
		['an opening that is none', 'map', { open: 'friends' }, 'Invalid: open territory.gate_choose'],
		['a level that is none', 'map', { ...office, kinds: ['x'] }, 'Invalid: kinds territory.kind_unknown'],
		['a power that is none', 'map', { ...office, power: 'x' }, 'Invalid: power territory.power_unknown'],
		['a field that is none', 'map', { ...office, app: 'gates' }, 'Invalid: app app.invalid_value'],
	])('%s stays as it was', async (_, app, rule, why) => {
		expect(await refused(['territory.gate'], () => put('bertrand', app, rule))).toBe(why);
	});
});

test('who does not keep the gates neither reads, counts nor changes them, whatever their office', async () => {
	for (const who of ['odile', 'samuel', 'yamina', 'sabrina', 'thibaud'] as const)
		for (const work of [() => list(who), () => count(office, who), () => put(who, 'map', office)])
			expect([who, await refused(['territory.gate'], work)]).toEqual([who, 'NotFound']);
});

test('a key reads without changing, and changes nothing without a code of the second factor', async () => {
	const secret = await giveApp('bertrand');
	const rule = { ...office, kinds: ['section'] };
	const code = async () => {
		await later('bertrand');
		return { 'second-factor': appCode(secret) };
	};
	const reader = await byKey('bertrand', ['structure:read']);
	expect((await reader('GET', '/apps', undefined, await code())).status).toBe(200);
	expect((await reader('PUT', '/apps/map/gate', rule, await code())).status).toBe(404);
	const writer = await byKey('bertrand', ['structure:read', 'structure:write']);
	const bare = await writer('PUT', '/apps/map/gate', rule);
	expect([bare.status, json(bare).title]).toEqual([403, 'SecondFactor']);
	expect((await one('map')).chosen).toBe(false);
	expect(faultsIn(await writer('PUT', '/apps/map/gate', rule, await code()))).toBe('200');
	expect((await one('map')).chosen).toBe(true);
});

describe('who may do what, by a program of an officer', () => {
	interface Rights {
		offices: { powers: string[]; holders: number }[];
		apps: { name: string }[];
	}
	const why = (who: CastName, whom: CastName, power: string) =>
		program<{ reasons: { unitId: string; lender: string | null }[] }>(
			'GET /people/[id]/rights/[power]',
			who,
			{
				id: idOf(whom),
				power,
			},
		);

	test('each office with its powers and holders, each app with its gate, and why one person may', async () => {
		const { offices, apps: gated } = await program<Rights>('GET /rights', 'samuel');
		expect(gated.map(({ name }) => name)).toEqual(apps.map(({ name }) => name));
		expect(offices.some(({ powers, holders }) => powers.includes('unit.edit') && holders > 0)).toBe(true);
		expect((await why('samuel', 'samuel', 'unit.edit')).reasons).toMatchObject([
			{ unitId: idOf('villebrume'), lender: null },
		]);
		expect((await why('samuel', 'samuel', 'kinds.edit')).reasons).toEqual([]);
	});

	test('is nothing for who holds no office, nor for a person who is nobody', async () => {
		expect(await told(program('GET /rights', 'odile'))).toBe('NotFound');
		expect(await told(why('odile', 'samuel', 'unit.edit'))).toBe('NotFound');
		const nobody = { id: idOf('nobody'), power: 'unit.edit' };
		expect(await told(program('GET /people/[id]/rights/[power]', 'samuel', nobody))).toBe('NotFound');
	});
});
