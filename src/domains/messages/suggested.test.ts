import { beforeEach, expect, test } from 'vitest';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { suggested } from './whom.ts';

stage();

const befriend = (a: CastName, b: CastName, since = 'now()') =>
	sql`insert into friends.link (person_id, friend_id, since) values (${idOf(a)}, ${idOf(b)}, ${sql.raw(since)}),
		(${idOf(b)}, ${idOf(a)}, ${sql.raw(since)}) on conflict do nothing`;
beforeEach(() =>
	scene(
		sql`delete from friends.link`,
		sql`delete from safety.block`,
		sql`update territory.term set ends_at = null where person_id = ${idOf('samuel')}`,
	),
);
const near = async (name: CastName | 'visitor') => (await suggested(await as(name))).map((one) => one.name);

test('who answers for one’s place comes first, then the friends made last; one is never proposed to oneself', async () => {
	await scene(befriend('odile', 'mathis', `now() - interval '2 days'`), befriend('odile', 'ines'));
	expect(await near('odile')).toEqual(['Samuel Oudraine', 'Inès Ouarzal', 'Mathis Lanoëz']);
	const [samuel] = await suggested(await as('odile'));
	expect(samuel).toMatchObject({ officeUnit: 'Section de Villebrume', friend: false });
	expect(await near('samuel')).toEqual([]);
	expect(await near('visitor')).toEqual([]);
});

test('a friend who answers for one’s place is there once, by their office', async () => {
	await scene(befriend('odile', 'samuel'));
	expect((await suggested(await as('odile'))).map(({ name, friend }) => [name, friend])).toEqual([
		['Samuel Oudraine', false],
	]);
});

test('whose office ended, who is kept apart and who left the network are not', async () => {
	await scene(
		befriend('odile', 'mathis'),
		sql`insert into safety.block (person_id, blocked_id) values (${idOf('mathis')}, ${idOf('odile')})`,
		sql`update territory.term set ends_at = now() - interval '1 minute' where person_id = ${idOf('samuel')}`,
	);
	expect(await near('odile')).toEqual([]);
});

test('the page proposes them until somebody is chosen or looked for', async () => {
	const odile = await browser('odile');
	const { main, html } = await odile.get('/messages/nouveau');
	expect(main).toContain('Près de toi');
	expect(html).toContain(`href="/messages/nouveau?avec=${idOf('samuel')}"`);
	for (const query of [`avec=${idOf('samuel')}`, 'q=Yamina'])
		expect((await odile.get(`/messages/nouveau?${query}`)).main).not.toContain('Près de toi');
});

test('a program is told the same, and of nobody that its person may not write to', async () => {
	const named = async () =>
		(
			await program<{ items: { name: string; friend: boolean }[] }>('GET /conversations/suggested', 'odile')
		).items.map(({ name, friend }) => `${name} ${friend}`);
	await scene(befriend('odile', 'mathis'));
	expect(await named()).toEqual(['Samuel Oudraine false', 'Mathis Lanoëz true']);
	await scene(
		sql`insert into safety.block (person_id, blocked_id) values (${idOf('mathis')}, ${idOf('odile')})`,
	);
	expect(await named()).toEqual(['Samuel Oudraine false']);
});
