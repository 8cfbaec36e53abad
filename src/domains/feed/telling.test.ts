import { beforeEach, describe, expect, test } from 'vitest';
import { noteSpoken, persons } from '#domains/friends/index.ts';
import { asSystem, read } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { scene, toldOf } from '#tests/traces.ts';
import { editComment, removeComment } from './comment.ts';
import { edit } from './edit.ts';
import { jobs } from './jobs.ts';
import { remove, restore, undo } from './remove.ts';
import {
	answers,
	block,
	conversation,
	hide,
	later,
	mathis,
	odile,
	said,
	samuel,
	say,
	to,
} from './stage.fixture.ts';
import { thank, unthank } from './thank.ts';

conversation();

/** Nobody waits to be told of anything, and nobody is apart. */
const silence = () =>
	scene(
		...['jobs.job', 'notices.notice', 'safety.block', 'safety.mute'].map(
			(table) => sql`delete from ${sql.raw(table)}`,
		),
	);
beforeEach(silence);

/** What the job does once the ten seconds are over. */
const leaves = async (postId: string) => {
	await later(postId);
	await jobs.find(({ name }) => name === 'feed.announce')!.work({ postId } as never);
	await drainJobs();
};
/** How the page of notices reads to somebody. */
const reads = async (name: CastName) => (await (await browser(name)).get('/avis')).main;

describe('who is told of an answer', () => {
	test('the author of the post, and never of their own words', async () => {
		const post = await said(odile, 'Qui vient ?');
		await answers(odile, post, 'Je relance');
		expect(await toldOf('commented')).toEqual([]);
		await answers(mathis, post, 'Moi');
		expect(await toldOf('commented')).toEqual(['odile']);
		expect(await reads('odile')).toContain('Mathis Lanoëz');
	});

	test('who is answered is told of the answer, the author of the post of the comment, each once', async () => {
		const post = await said(odile, 'Qui vient ?');
		const first = await answers(mathis, post, 'Moi');
		await silence();
		await answers(samuel, post, 'Bien', first);
		expect([await toldOf('replied'), await toldOf('commented')]).toEqual([['mathis'], ['odile']]);
	});

	test('the author of the post who is also who is answered hears it once, as an answer', async () => {
		const post = await said(odile, 'Qui vient ?');
		const first = await answers(odile, post, 'Je relance');
		await answers(mathis, post, 'Moi', first);
		expect([await toldOf('replied'), await toldOf('commented')]).toEqual([['odile'], []]);
	});

	test('who is named by the answer is told of that alone', async () => {
		const post = await said(odile, 'Qui vient ?');
		await answers(mathis, post, 'Toi @Odile Fabrègat');
		expect([await toldOf('mentioned'), await toldOf('commented')]).toEqual([['odile'], []]);
	});

	test('taken away before it was told of, nobody hears of it', async () => {
		const post = await said(odile, 'Qui vient ?');
		const one = await answers(mathis, post, 'Trop vite');
		await removeComment(mathis, one);
		expect(await toldOf('commented')).toEqual([]);
	});

	test('muted or blocked, somebody’s answers tell nothing', async () => {
		const post = await said(odile, 'Qui vient ?', to('network'));
		await scene(
			sql`insert into safety.mute (person_id, muted_id) values (${idOf('odile')}, ${idOf('mathis')})`,
		);
		await answers(mathis, post, 'Moi');
		expect(await toldOf('commented')).toEqual([]);
	});

	test('words hidden since are no longer in the page of notices, nor counted', async () => {
		const post = await said(odile, 'Qui vient ?');
		const one = await answers(mathis, post, 'Des mots cachés');
		await answers(samuel, post, 'Autre chose', one);
		await drainJobs();
		expect(await reads('mathis')).toContain('Samuel Oudraine');
		await hide('post', post);
		expect(await reads('mathis')).not.toContain('Samuel Oudraine');
	});
});

describe('who is told of a name', () => {
	test('once the ten seconds are over, and once only, however often the text is corrected', async () => {
		const post = await say(odile, 'Bravo @Samuel Oudraine');
		await drainJobs();
		expect(await toldOf('mentioned')).toEqual([]);
		await leaves(post);
		expect(await toldOf('mentioned')).toEqual(['samuel']);
		await scene(sql`delete from notices.notice`);
		await edit(odile, post, { text: 'Bravo encore @Samuel Oudraine' });
		expect(await toldOf('mentioned')).toEqual([]);
	});

	test('put in by a correction, at once', async () => {
		const post = await said(odile, 'Bravo');
		await edit(odile, post, { text: 'Bravo @Samuel Oudraine et @Mathis Lanoëz' });
		expect((await toldOf('mentioned')).toSorted()).toEqual(['mathis', 'samuel']);
	});

	test('put in by a correction within the ten seconds, not before the post leaves', async () => {
		const post = await say(odile, 'Bravo');
		await edit(odile, post, { text: 'Bravo @Samuel Oudraine' });
		expect(await toldOf('mentioned')).toEqual([]);
		await undo(odile, post);
		await leaves(post);
		expect(await toldOf('mentioned')).toEqual([]);
	});

	test('who may not read the words hears nothing of them in the page of notices', async () => {
		const post = await said(odile, 'Entre nous', to('friends'));
		await edit(odile, post, { text: 'Entre nous, @Samuel Oudraine exagère' });
		await drainJobs();
		expect(await reads('samuel')).not.toContain('Odile');
	});

	test('by a corrected comment too, whoever was named before not again', async () => {
		const post = await said(odile, 'Qui vient ?');
		const one = await answers(mathis, post, '@Odile Fabrègat oui');
		await silence();
		await editComment(mathis, { id: one, text: '@Odile Fabrègat et @Samuel Oudraine oui' });
		expect(await toldOf('mentioned')).toEqual(['samuel']);
	});

	test('whom one blocked hears nothing, however their id was known', async () => {
		const post = await said(odile, 'Bonjour', to('network'));
		await block('samuel', 'odile');
		await edit(odile, post, { text: `Bonjour @[Samuel](person:${idOf('samuel')})` });
		expect(await toldOf('mentioned')).toEqual([]);
	});
});

describe('who is told of a thank you', () => {
	test('the author, as one line that counts people; taken back and said again, no second line', async () => {
		const post = await said(odile, 'Tractage fait');
		await thank(mathis, 'post', post);
		await thank(samuel, 'post', post);
		await unthank(mathis, 'post', post);
		await thank(mathis, 'post', post);
		expect(await toldOf('thanked')).toEqual(['odile']);
		const lines = await asSystem('test', (tx) =>
			tx.many(sql`select 1 from notices.notice where type = 'thanked'`),
		);
		expect(lines).toHaveLength(1);
		expect(await reads('odile')).toMatch(/Mathis Lanoëz|Samuel Oudraine/);
	});

	test('nobody of their own', async () => {
		const post = await said(odile, 'Tractage fait');
		await thank(odile, 'post', post);
		expect(await toldOf('thanked')).toEqual([]);
	});
});

describe('a post that leaves', () => {
	const spoke = async () =>
		(await asSystem('test', (tx) =>
			tx.one<{ n: number }>(
				sql`select count(*)::int as n from friends.shown where shown.person_id = ${idOf('ines')}`,
			),
		))!.n;
	const isKnownTo = async (name: CastName) => {
		const viewer = await as(name);
		return Boolean(
			await read(viewer, (tx) =>
				tx.one(
					sql`select 1 as yes from people.person where person.id = ${idOf('ines')} and ${persons.see(viewer)}`,
				),
			),
		);
	};
	beforeEach(() => scene(sql`delete from friends.shown`));

	test('makes its author known to who reads it; announced twice, the same', async () => {
		expect(await isKnownTo('odile')).toBe(false);
		const post = await say(await as('ines'), 'Bonjour à tout le réseau', to('network'));
		await leaves(post);
		await leaves(post);
		expect([await isKnownTo('odile'), await spoke()]).toEqual([true, 1]);
	});

	test('taken back or removed in time, it makes nobody known', async () => {
		const ines = await as('ines');
		const [undone, removed] = [
			await say(ines, 'Trop vite', to('network')),
			await say(ines, 'Trop tôt', to('network')),
		];
		await undo(ines, undone);
		await remove(ines, removed);
		for (const post of [undone, removed]) await leaves(post);
		expect([await isKnownTo('odile'), await spoke()]).toEqual([false, 0]);
	});

	test('removed in its ten seconds and brought back after them, it is told of all the same', async () => {
		const ines = await as('ines');
		const post = await say(ines, 'Finalement si, avec @Yamina Belkassaud', to('network'));
		await remove(ines, post);
		await scene(
			sql`update feed.post set deleted_at = now() - interval '5 seconds', publish_after = now() - interval '1 second' where post.id = ${post}`,
		);
		await jobs.find(({ name }) => name === 'feed.announce')!.work({ postId: post } as never);
		expect(await spoke()).toBe(0);
		await restore(ines, post);
		expect(await toldOf('mentioned')).toEqual(['yamina']);
		expect([await isKnownTo('odile'), await spoke()]).toEqual([true, 1]);
	});

	test('removed long after it left and brought back, it is not told of again', async () => {
		const ines = await as('ines');
		const post = await said(ines, 'Bonjour @Yamina Belkassaud', to('network'));
		await remove(ines, post);
		await restore(ines, post);
		expect(await toldOf('mentioned')).toEqual([]);
	});

	test('said for a unit, it makes nobody known: the unit spoke', async () => {
		await leaves(await say(samuel, 'La section parle', { as: idOf('villebrume'), ...to('network') }));
		const shown = await asSystem('test', (tx) => tx.many(sql`select 1 from friends.shown`));
		expect(shown).toEqual([]);
		await asSystem('test', (tx) =>
			noteSpoken(tx, { byId: idOf('ines'), asUnitId: null, unitId: null, audience: 'friends' }),
		);
		expect(await isKnownTo('odile')).toBe(false);
	});
});
