import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Answer, browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';
import { journal, refused, scene } from '#tests/traces.ts';

stage();

const levels = '/administration/niveaux';
beforeEach(() => scene(sql`delete from platform.bucket`));
const national = async () =>
	(await asSystem('test', (tx) =>
		tx.one<{ id: string }>(sql`select id from territory.unit_kind where key = 'national'`),
	))!.id;
const offices = async () =>
	(
		await asSystem('test', (tx) =>
			tx.many<{
				id: string;
			}>(sql`select office.id from territory.office join territory.unit_kind on unit_kind.id = kind_id
				where unit_kind.key = 'national' and retired_at is null order by office.position, office.id`),
		)
	).map(({ id }) => id);
/** Offices as the page lists them, each with the arrows it shows. */
const shown = ({ html }: Answer) =>
	[...html.matchAll(/<form[^>]*action="\?\/moveOffice".*?<\/form>/gs)].map(([form]) => [
		/name="id" value="([^"]+)"/.exec(form)![1]!,
		[...form.matchAll(/value="(up|down)"/g)].map(([, way]) => way).join(' '),
	]);

test('an office moves up and down among those of its level, from its page; each move stands in the journal', async () => {
	const bertrand = await browser('bertrand');
	const at = `${levels}/${await national()}`;
	const before = await offices();
	expect(before.length).toBeGreaterThan(2);
	const page = await bertrand.get(at);
	expect(shown(page)).toEqual(
		before.map((id, n) => [id, n === 0 ? 'down' : n === before.length - 1 ? 'up' : 'up down']),
	);
	const [first, second, ...rest] = before as [string, string, ...string[]];
	const moved = await bertrand.post(`${at}?/moveOffice`, { id: second, direction: 'up' });
	// Back to the line that moved: a keyboard goes on from there.
	expect(moved.to).toBe(`${at}#${second}`);
	expect(page.html).toContain(`<li id="${second}"`);
	expect(shown(await bertrand.get(at)).map(([id]) => id)).toEqual([second, first, ...rest]);
	expect((await journal('territory.move_office')).map(({ detail }) => detail)).toEqual([{ direction: 'up' }]);
	await bertrand.post(`${at}?/moveOffice`, { id: second, direction: 'down' });
	expect(await offices()).toEqual(before);
	const read = await bertrand.get('/administration/journal');
	expect(read.main).toContain('a changé l’ordre des fonctions');
});

test('at the end of the list nothing moves and nothing is written, neither for an office nor for a level', async () => {
	const bertrand = await browser('bertrand');
	const at = `${levels}/${await national()}`;
	const all = await offices();
	const why = await refused(['territory.office', 'territory.unit_kind'], async () => {
		await bertrand.post(`${at}?/moveOffice`, { id: all[0]!, direction: 'up' });
		await bertrand.post(`${at}?/moveOffice`, { id: all.at(-1)!, direction: 'down' });
		const kinds = await asSystem('test', (tx) =>
			tx.many<{ id: string }>(sql`select id from territory.unit_kind order by position, id`),
		);
		await bertrand.post(`${levels}?/move`, { id: kinds[0]!.id, direction: 'up' });
		await bertrand.post(`${levels}?/move`, { id: kinds.at(-1)!.id, direction: 'down' });
	});
	expect(why).toBe('done');
});

test('a way that does not exist is said, an office of nowhere is not found, and nobody else moves one', async () => {
	const bertrand = await browser('bertrand');
	const at = `${levels}/${await national()}`;
	const [id] = (await offices()) as [string];
	const why = await refused(['territory.office'], async () => {
		const odd = await bertrand.post(`${at}?/moveOffice`, { id, direction: 'left' });
		expect(odd.form!.problems).toEqual(['direction app.invalid_value']);
		const nowhere = { id: '00000000-0000-7000-8000-000000000000', direction: 'up' };
		expect((await bertrand.post(`${at}?/moveOffice`, nowhere)).status).toBe(404);
		for (const name of ['odile', 'samuel', 'yamina', 'sabrina'] as const) {
			const answer = await (await browser(name)).post(`${at}?/moveOffice`, { id, direction: 'down' });
			expect([name, answer.status]).toEqual([name, 404]);
		}
	});
	expect(why).toBe('done');
});

test('a closed office has no arrow, and those left keep their order around it', async () => {
	const bertrand = await browser('bertrand');
	const at = `${levels}/${await national()}`;
	const all = await offices();
	await scene(
		sql`update territory.office set retired_at = now() where key = 'moderator' and id = any (${all}::uuid[])`,
	);
	const left = await offices();
	const [closed] = all.filter((id) => !left.includes(id)) as [string];
	expect(shown(await bertrand.get(at)).map(([id]) => id)).toEqual(left);
	const [before, last] = left.slice(-2);
	await bertrand.post(`${at}?/moveOffice`, { id: last!, direction: 'up' });
	const moved = [...left.slice(0, -2), last, before];
	expect(await offices()).toEqual(moved);
	await bertrand.post(`${at}?/moveOffice`, { id: closed, direction: 'up' });
	expect(await offices()).toEqual(moved);
});
