import { beforeAll, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { told } from '#tests/traces.ts';
import { dayIn } from './missions.fixture.ts';
import { createFromTargets, targetsToCall } from './targets.ts';

stage();

const chosen = idOf('a selection');
beforeAll(() =>
	asSystem('test', async (tx) => {
		await tx.run(sql`insert into electoral_map.selection (id, name, election, unit_id, state)
			values (${chosen}, 'Premières portes', '2026_muni_t1', ${idOf('valdorsande')}, 'published')`);
		await tx.run(sql`insert into electoral_map.selected (selection_id, key, commune, rank, unit_id) values
			(${chosen}, 'X01001_0001', 'X01001', 1, ${idOf('villebrume')}), (${chosen}, 'X01001_0002', 'X01001', 2, ${idOf('villebrume')}),
			(${chosen}, 'X01002_0001', 'X01002', 3, ${idOf('montclairval')}), (${chosen}, 'X01002_0002', 'X01002', 4, null)`);
	}),
);
const form = () => ({
	...{ targets: chosen, kind: 'doors' as const, title: 'Porte-à-porte', text: '', audience: 'unit' as const },
	...{ day: dayIn(4), starts: '17:30', ends: '19:30', needed: 6 },
});

test('a selection becomes one mission per station, in the unit it is given to, once', async () => {
	const yamina = await as('yamina');
	expect(await targetsToCall(yamina, chosen)).toMatchObject({ left: 1, made: 0 });
	const made = await Promise.all([
		outcome(createFromTargets(yamina, form())),
		outcome(createFromTargets(await as('sabrina'), form())),
	]);
	expect(made.toSorted()).toEqual([3, 'Invalid']);
	const rows = await asSystem('test', (tx) =>
		tx.many<{
			station: string;
			name: string;
			is_official: boolean;
		}>(sql`select mission.station, unit.name, mission.is_official
			from missions.mission join territory.unit on unit.id = mission.unit_id order by mission.station`),
	);
	expect(rows.map(({ station, name }) => `${station} ${name}`)).toEqual([
		'X01001_0001 Section de Villebrume',
		'X01001_0002 Section de Villebrume',
		'X01002_0001 Section de Montclairval',
	]);
	expect(rows.every(({ is_official }) => is_official)).toBe(true);
	expect(await targetsToCall(yamina, chosen)).toMatchObject({ left: 1, made: 3, stations: [] });
});

test('who does not answer for the selection does not find it', async () => {
	for (const name of ['samuel', 'odile', 'driss'] as const)
		expect([name, await outcome(createFromTargets(await as(name), form()))]).toEqual([name, 'NotFound']);
});

test('the page of the stations kept leads there, and says what will be made', async () => {
	await asSystem('test', (tx) => tx.run(sql`delete from missions.mission`));
	const yamina = await browser('yamina');
	const page = await yamina.get(`/carte/entre-deux-tours/cibles/${chosen}`);
	expect(page.html).toContain(`/missions/nouvelle?cibles=${chosen}`);
	const next = await yamina.get(`/missions/nouvelle?cibles=${chosen}`);
	expect(next.main).toContain('3 missions, chacune dans le lieu');
	expect(next.field('title')).toBe('Porte-à-porte');
	const { needed, ...texts } = form();
	const made = await yamina.through(`/missions/nouvelle?cibles=${chosen}&/fromTargets`, {
		...texts,
		needed: String(needed),
	});
	expect(made.text).toContain('3 missions sont publiées.');
});

test('a program makes the missions of a selection too, under the same rules', async () => {
	await asSystem('test', (tx) => tx.run(sql`delete from missions.mission`));
	const { targets: _, ...said } = form();
	const at = { id: chosen };
	const make = (who: 'yamina' | 'samuel' | 'odile', input: object = {}) =>
		program<{ made: number }>('POST /map/selections/[id]/missions', who, at, { ...said, ...input });
	const read = (who: 'yamina' | 'odile') => program<object>('GET /map/selections/[id]/missions', who, at);
	for (const who of ['samuel', 'odile'] as const) expect(await told(make(who))).toBe('NotFound');
	expect(await told(read('odile'))).toBe('NotFound');
	expect(await told(make('yamina', { title: ' ' }))).toBe('Invalid: title missions.title_needed');
	expect(await make('yamina')).toEqual({ made: 3 });
	expect(await read('yamina')).toMatchObject({ left: 1, made: 3, stations: [] });
	expect(await told(make('yamina'))).toBe('Invalid: missions.targets_done');
});
