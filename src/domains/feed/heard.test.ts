import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { describe, expect, test } from 'vitest';
import { accept, ask, remove as endFriendship } from '#domains/friends/index.ts';
import { asSystem, read, type Tx, write } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { forget } from '#tests/left.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { scene, waited } from '#tests/traces.ts';
import { home } from './home.ts';
import { remove } from './remove.ts';
import { befriend, feedStage, said, to } from './stage.fixture.ts';

feedStage();

/** What of these posts is kept to be heard, `who post` by `who post`. */
const heard = async (posts: Record<string, string>, within: 'app' | 'house' = 'house', who?: CastName) => {
	const names = new Map(Object.entries(posts).map(([name, id]) => [id, name]));
	const lines = (tx: Tx) =>
		tx.many<{ name: string; post_id: string }>(sql`select person.name, heard.post_id from feed.heard
			join people.person on person.id = heard.person_id order by person.name`);
	const rows = within === 'house' ? await asSystem('test', lines) : await read(await as(who!), lines);
	return rows.flatMap(({ name, post_id }) =>
		names.has(post_id) ? [`${name.split(' ')[0]} ${names.get(post_id)}`] : [],
	);
};
const reasons = async (who: CastName) =>
	Object.fromEntries((await home(await as(who))).cards.map(({ id, reason }) => [id, reason]));
const become = async (one: CastName, other: CastName) => {
	await ask(await as(one), { person: idOf(other), note: '' });
	const request = await asSystem('test', (tx) =>
		tx.one<{ id: string }>(
			sql`select id from friends.request where from_id = ${idOf(one)}::uuid and to_id = ${idOf(other)}::uuid`,
		),
	);
	await accept(await as(other), { request: request!.id });
};

describe('what friends say', () => {
	test('comes to each of them, and what is said to one unit to nobody', async () => {
		await befriend('odile', 'fanny');
		const fanny = await as('fanny');
		const [wide, between, unit] = [
			await said(fanny, 'À tout le réseau', to('network')),
			await said(fanny, 'Entre nous', to('friends')),
			await said(fanny, 'À ma section', { audience: { audience: 'unit', unitId: idOf('pontsarvan') } }),
		];
		expect(await heard({ wide, between, unit })).toEqual(['Odile wide', 'Odile between']);
		expect(await reasons('odile')).toMatchObject({ [wide]: 'friend', [between]: 'friend' });
	});

	test('before they were friends comes too, both ways, and goes when it ends', async () => {
		const [mine, theirs] = [
			await said(await as('mathis'), 'Je suis nouveau', to('network')),
			await said(await as('fanny'), 'Bonjour de loin', to('network')),
		];
		expect(await heard({ mine, theirs })).toEqual(['Odile theirs']);
		await become('mathis', 'fanny');
		expect(await heard({ mine, theirs })).toEqual(['Fanny mine', 'Mathis theirs', 'Odile theirs']);
		expect((await reasons('mathis'))[theirs]).toBe('friend');

		await endFriendship(await as('mathis'), { person: idOf('fanny') });
		expect(await heard({ mine, theirs })).toEqual(['Odile theirs']);
		expect((await reasons('mathis'))[theirs]).toBeUndefined();
	});

	test('for their unit is the unit’s: a friend elsewhere does not hear it', async () => {
		const fanny = await as('fanny');
		const id = await said(fanny, 'Port-Brumel recrute', { ...to('network'), as: idOf('pontsarvan') });
		expect(await heard({ id })).toEqual([]);
		expect((await reasons('odile'))[id]).toBeUndefined();
		expect((await reasons('tidiane'))[id]).toBe('unit');
	});

	test('and took back is heard by nobody', async () => {
		const fanny = await as('fanny');
		const id = await said(fanny, 'Une bêtise', to('network'));
		await remove(fanny, id);
		expect((await reasons('odile'))[id]).toBeUndefined();
	});

	test('is between who hears and who said it: nobody else reads the lines, nor writes one', async () => {
		const id = await said(await as('fanny'), 'Qui sont mes amis ?', to('network'));
		expect(await heard({ id }, 'app', 'odile')).toEqual(['Odile id']);
		expect(await heard({ id }, 'app', 'fanny')).toEqual(['Odile id']);
		expect(await heard({ id }, 'app', 'samuel')).toEqual([]);
		const forge = write(await as('samuel'), (tx) =>
			tx.run(sql`insert into feed.heard (person_id, post_id) values (${idOf('gerard')}, ${id})`),
		);
		await expect(forge).rejects.toThrow(/row-level security/);
	});

	test('goes with who heard it and with who said it', async () => {
		await befriend('ines', 'gerard');
		const [mine, theirs] = [
			await said(await as('ines'), 'Avant de partir', to('network')),
			await said(await as('gerard'), 'Je reste', to('network')),
		];
		expect(await heard({ mine, theirs })).toHaveLength(2);
		await forget('ines');
		expect(await heard({ mine, theirs })).toEqual([]);
	});
});

describe('one publishes while the other accepts', () => {
	const link = (one: CastName, other: CastName) =>
		sql`insert into friends.link (person_id, friend_id) values (${idOf(one)}, ${idOf(other)}), (${idOf(other)}, ${idOf(one)})`;
	const saying = (id: string, who: CastName) =>
		sql`insert into feed.post (id, author_id, audience, text) values (${id}, ${idOf(who)}, 'network', 'En même temps')`;

	/** The first is not committed when the second comes. */
	const overlap = async (first: Sql, second: Sql) => {
		let after = Promise.resolve<unknown>(undefined);
		await asSystem('test', async (tx) => {
			await tx.run(first);
			after = scene(second);
			await waited();
		});
		await after;
	};

	test.each([
		['the post first', 'samuel', 'yamina', (post: Sql, made: Sql) => overlap(post, made)],
		['the friendship first', 'samuel', 'bertrand', (post: Sql, made: Sql) => overlap(made, post)],
	] as const)('%s: it is heard', async (_, speaker, friend, meet) => {
		const id = newId();
		await meet(saying(id, speaker), link(speaker, friend));
		expect(await heard({ id })).toContain(`${friend[0]!.toUpperCase()}${friend.slice(1)} id`);
	});
});

test('friends of before the upgrade hear what was said before it', async () => {
	const id = await said(await as('fanny'), 'Bien avant', to('network'));
	await scene(sql`delete from feed.heard`);
	const file = readFileSync(join(import.meta.dirname, 'migrations/2026-12-04T60-heard.sql'), 'utf8');
	const fill = /alter table friends\.link no force[\s\S]+?alter table friends\.link force[^;]+;/.exec(
		file,
	)![0];
	const owner = postgres(process.env.COOPOL_OWNER_URL!, { max: 1, onnotice: () => {} });
	await owner.unsafe(fill).finally(() => owner.end());
	expect(await heard({ id })).toEqual(['Odile id']);
});
