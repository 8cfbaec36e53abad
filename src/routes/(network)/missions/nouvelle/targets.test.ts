import { beforeAll, beforeEach, expect, test } from 'vitest';
import { dayIn } from '#domains/missions/missions.fixture.ts';
import { atMost } from '#domains/missions/targets.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf, type UnitKey } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { journal, refused, scene } from '#tests/traces.ts';

stage();

const chosen = idOf('a selection');
const at = `/missions/nouvelle?cibles=${chosen}`;
const send = `${at}&/fromTargets`;
let yamina: Browser;
beforeAll(async () => {
	yamina = await browser('yamina');
});
const give = (key: string, rank: number, to: UnitKey | null) =>
	sql`insert into electoral_map.selected (selection_id, key, commune, rank, unit_id)
		values (${chosen}, ${key}, ${key.slice(0, 6)}, ${rank}, ${to ? idOf(to) : null}::uuid)`;
beforeEach(() =>
	scene(
		sql`delete from platform.bucket`,
		sql`delete from missions.mission`,
		sql`delete from electoral_map.selected`,
		sql`delete from electoral_map.selection`,
		sql`insert into electoral_map.selection (id, name, election, unit_id, state)
			values (${chosen}, 'Premières portes', '2026_muni_t1', ${idOf('valdorsande')}, 'published')`,
		give('X01001_0001', 1, 'villebrume'),
		give('X01002_0001', 2, 'montclairval'),
	),
);
const fields = (more: Record<string, string> = {}) => ({
	...{ targets: chosen, kind: 'doors', title: 'Porte-à-porte', text: '', audience: 'unit' },
	...{ day: dayIn(4), starts: '17:30', ends: '19:30', needed: '6' },
	...more,
});
const made = () =>
	asSystem('test', (tx) =>
		tx.many<{ title: string; place: string }>(
			sql`select title, place from missions.mission order by mission.station`,
		),
	);

test('the page says each station and whose it is, and what stays out; one press makes the missions in their places', async () => {
	await scene(give('X01003_0001', 3, null), give('X01004_0001', 4, 'pontsarvan'));
	const page = await yamina.get(at);
	expect(page.main).toContain('2 missions, chacune dans le lieu');
	expect(page.main).toContain('Section de Villebrume');
	expect(page.main).toContain('2 bureaux ne sont confiés à personne');
	expect(page.main).not.toContain('Section de Port-Brumel');
	expect(page.field('place')).toBeNull();
	const done = await yamina.through(send, fields());
	expect(done.text).toContain('2 missions sont publiées.');
	expect(await made()).toHaveLength(2);
	expect((await journal('missions.create')).length).toBeGreaterThanOrEqual(2);
	const samuel = await (await browser('samuel')).get('/missions');
	expect(samuel.main).toContain('Porte-à-porte · ');
});

test('each refusal stands at its field with what was typed, and no mission is made', async () => {
	const cases: [Record<string, string>, string][] = [
		[{ title: ' ' }, 'title missions.title_needed'],
		[{ title: 'a'.repeat(121) }, 'title missions.title_long'],
		[{ text: 'a'.repeat(4001) }, 'text missions.text_long'],
		[{ kind: 'dance' }, 'kind missions.kind_needed'],
		[{ audience: 'world' }, 'audience missions.audience_needed'],
		[{ day: 'demain' }, 'day missions.day_needed'],
		[{ starts: '18h' }, 'starts missions.hour_needed'],
		[{ ends: '' }, 'ends missions.hour_needed'],
		[{ needed: '0' }, 'needed missions.needed_shape'],
		[{ needed: '501' }, 'needed missions.needed_shape'],
	];
	const why = await refused(['missions.mission'], async () => {
		for (const [wrong, problem] of cases) {
			const answer = await yamina.post(send, fields({ text: 'Rendez-vous au café', ...wrong }));
			expect(answer.form!.problems).toEqual([problem]);
			expect(answer.main).toContain('Ces bureaux');
			if (!('title' in wrong)) expect(answer.field('title')).toBe('Porte-à-porte');
		}
		const late = await yamina.post(send, fields({ day: '2020-02-01' }));
		expect(late.status).toBe(422);
		expect(late.field('day')).toBe('2020-02-01');
	});
	expect(why).toBe('done');
});

test('a second press makes none and says that each has its mission; a page opened after says it too', async () => {
	await yamina.post(send, fields());
	const again = await yamina.post(send, fields());
	expect(again.form!.problems).toEqual([' missions.targets_done']);
	expect(again.main).toContain('Chacun de ces bureaux a déjà sa mission.');
	expect(again.main).toContain('2 bureaux ont déjà leur mission.');
	expect((await yamina.get(at)).html).not.toContain('fromTargets"');
	expect(await made()).toHaveLength(2);
});

test('with nothing given to a place of theirs, there is no form, and sending one says why', async () => {
	await scene(sql`update electoral_map.selected set unit_id = null`);
	const page = await yamina.get(at);
	expect(page.main).toContain('Aucun de ces bureaux n’est confié à un lieu');
	expect(page.field('title')).toBeNull();
	expect((await yamina.post(send, fields())).form!.problems).toEqual([' missions.targets_none']);
});

test('a mission that is over or called off leaves its station free for another one', async () => {
	await yamina.post(send, fields());
	await scene(
		sql`update missions.mission set starts_at = now() - interval '3 hours', ends_at = now() - interval '1 hour' where station = 'X01001_0001'`,
	);
	const page = await yamina.get(at);
	expect(page.main).toContain('Une mission, dans le lieu');
	expect(page.main).toContain('1 bureau a déjà sa mission.');
	await yamina.post(send, fields());
	expect(await made()).toHaveLength(3);
});

test('a long list goes in two times, and the page says so before', async () => {
	await scene(
		sql`insert into electoral_map.selected (selection_id, key, commune, rank, unit_id)
			select ${chosen}, 'X02000_' || lpad(n::text, 4, '0'), 'X02000', n + 10, ${idOf('villebrume')} from generate_series(1, ${atMost}) as n`,
	);
	expect((await yamina.get(at)).main).toContain(`On en publie ${atMost} à la fois`);
	expect((await yamina.through(send, fields())).text).toContain(`${atMost} missions sont publiées.`);
	const rest = await yamina.get(at);
	expect(rest.main).not.toContain('à la fois');
	expect((await yamina.through(send, fields())).text).toContain('2 missions sont publiées.');
	expect(await made()).toHaveLength(atMost + 2);
});

test('who does not answer for that selection finds neither the page nor the form', async () => {
	for (const name of ['odile', 'samuel', 'driss', 'mathis'] as const) {
		const who = await browser(name);
		expect([name, (await who.get(at)).status, (await who.post(send, fields())).status]).toEqual([
			name,
			404,
			404,
		]);
	}
	expect(await made()).toEqual([]);
});
