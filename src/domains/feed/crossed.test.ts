import { describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { journal, meeting, refused, told } from '#tests/traces.ts';
import { editComment, removeComment, restoreComment } from './comment.ts';
import { edit } from './edit.ts';
import { composer } from './home.ts';
import { remove, restore, undo } from './remove.ts';
import { answers, conversation, mathis, odile, said, samuel, say, wordsKept } from './stage.fixture.ts';
import { thank, unthank } from './thank.ts';
import { thread } from './thread.ts';

conversation();

/** What is kept of a post, beside what is really there. */
const kept = async (id: string) =>
	(await asSystem('test', (tx) =>
		tx.one<{
			comments: number;
			real: number;
			thanks: number;
			thankers: number;
			version: number;
			text: string;
		}>(sql`
		select post.comment_count as comments, post.thanks_count as thanks, post.version, post.text,
			(select count(*)::int from feed.comment where comment.post_id = post.id and comment.deleted_at is null) as real,
			(select count(*)::int from feed.thanks where thanks.subject_id = post.id) as thankers
		from feed.post where post.id = ${id}::uuid`),
	))!;
const isEven = async (id: string) => {
	const { comments, real, thanks, thankers } = await kept(id);
	return comments === real && thanks === thankers;
};

describe('two gestures that meet on one post', () => {
	test('a correction and an answer both hold', async () => {
		const id = await said(odile, 'Qui vient samdi ?');
		await meeting(
			'feed.post',
			() => told(edit(odile, id, { text: 'Qui vient samedi ?', version: 1 })),
			() => told(answers(mathis, id, 'Moi')),
		);
		expect(await kept(id)).toMatchObject({ text: 'Qui vient samedi ?', version: 2, comments: 1, real: 1 });
	});

	test('an answer to a post that goes at the same instant is either under it or refused, never half', async () => {
		const id = await said(odile, 'Éphémère');
		const [, answered] = await meeting<unknown>(
			'feed.post',
			() => remove(odile, id),
			() => outcome(answers(mathis, id, 'Attends !')),
		);
		const written = answered === 'NotFound' ? 0 : 1;
		expect(await kept(id)).toMatchObject({ comments: written, real: written });
		expect(await outcome(thread(mathis, id))).toBe('NotFound');
	});

	test('two people of one unit correct at once: the words of one, one version more', async () => {
		const id = await said(samuel, 'Réunion', { as: idOf('villebrume') });
		const yamina = await as('yamina');
		const done = await meeting(
			'feed.post',
			() => told(edit(samuel, id, { text: 'Mardi', version: 1 })),
			() => told(edit(yamina, id, { text: 'Jeudi', version: 1 })),
		);
		expect(done.toSorted()).toEqual(['Conflict: feed.edited_meanwhile', 'done']);
		expect(await kept(id)).toMatchObject({ text: done[0] === 'done' ? 'Mardi' : 'Jeudi', version: 2 });
	});

	test('removed by its author and by a moderator at once, it is removed once, by one of them', async () => {
		const id = await said(odile, 'Deux gestes');
		const paulo = await as('paulo');
		const before = (await journal('feed.remove_post')).length;
		const done = await meeting(
			'feed.post',
			() => outcome(remove(odile, id)),
			() => outcome(remove(paulo, id)),
		);
		expect(done.filter((one) => one === undefined)).toHaveLength(1);
		const lines = (await journal('feed.remove_post')).length - before;
		expect(lines).toBe(done[1] === undefined ? 1 : 0);
	});

	test('brought back twice at once it is back once; the second gesture is told that it is over', async () => {
		const id = await said(odile, 'Aller et retour');
		await remove(odile, id);
		const done = await meeting(
			'feed.post',
			() => told(restore(odile, id)),
			() => told(restore(odile, id)),
		);
		expect(done.toSorted()).toEqual(['Invalid: feed.too_late', 'done']);
		expect((await thread(mathis, id)).card.text).toBe('Aller et retour');
	});

	test('taken back and removed at once, it never was, and its words are a draft', async () => {
		const id = await say(odile, 'Ni l’un ni l’autre');
		const done = await meeting(
			'feed.post',
			() => told(undo(odile, id)),
			() => told(remove(odile, id)),
		);
		expect(done.filter((one) => one === 'done')).toHaveLength(1);
		if (done[0] === 'done') {
			expect((await composer(odile)).draft).toBe('Ni l’un ni l’autre');
			expect(await outcome(thread(odile, id))).toBe('NotFound');
		} else expect((await thread(odile, id)).card.deletedAt).not.toBeNull();
		expect(await outcome(thread(mathis, id))).toBe('NotFound');
	});
});

describe('one key, one post', () => {
	test('the same page sent with other words says the first ones only', async () => {
		const twice = (text: string) => say({ ...odile, requestKey: 'page-1' }, text);
		const [first, second] = [await twice('Les premiers mots'), await twice('Les seconds')];
		expect(second).toBe(first);
		expect((await kept(first)).text).toBe('Les premiers mots');
	});

	test('a key that somebody else used is one’s own all the same', async () => {
		const mine = await say({ ...odile, requestKey: 'page-2' }, 'De moi');
		const theirs = await say({ ...mathis, requestKey: 'page-2' }, 'De lui');
		expect(theirs).not.toBe(mine);
		expect((await kept(theirs)).text).toBe('De lui');
	});

	test('a refusal does not use the key up: corrected, the same page publishes', async () => {
		const send = (unitId: string) =>
			told(say({ ...odile, requestKey: 'page-3' }, 'Essai', { audience: { audience: 'unit', unitId } }));
		expect(await send(idOf('montclairval'))).toBe('Invalid: audience feed.audience_refused');
		expect(await send(idOf('villebrume'))).toBe('done');
	});
});

describe('the tenth second', () => {
	const leaving = (id: string, when: ReturnType<typeof sql>) =>
		asSystem('test', (tx) =>
			tx.run(sql`update feed.post set publish_after = ${when} where post.id = ${id}::uuid`),
		);

	test('at the very instant it leaves, it is too late, and nothing moves', async () => {
		const id = await say(odile, 'Juste parti');
		await leaving(id, sql`now()`);
		expect(await refused([...wordsKept, 'feed.draft'], () => undo(odile, id))).toBe('Invalid: feed.too_late');
	});

	test('a second before, it is in time; a second time, it is not there any more', async () => {
		const id = await say(odile, 'Encore là');
		await leaving(id, sql`now() + interval '1 second'`);
		expect(await told(undo(odile, id))).toBe('done');
		expect(await refused(wordsKept, () => undo(odile, id))).toBe('NotFound');
	});

	test('a post without words, taken back, does not erase the draft that waited', async () => {
		const id = await say(odile, 'Avec une image');
		await asSystem('test', (tx) => tx.run(sql`update feed.post set text = '' where post.id = ${id}::uuid`));
		await asSystem('test', (tx) =>
			tx.run(sql`insert into feed.draft (person_id, place, text) values (${odile.id}::uuid, 'feed', 'Une idée')
				on conflict (person_id, place) do update set text = excluded.text`),
		);
		await undo(odile, id);
		expect((await composer(odile)).draft).toBe('Une idée');
	});
});

describe('two gestures that meet on one comment', () => {
	test('an answer to a comment that its author removes meanwhile ends well for both', async () => {
		const post = await said(odile, 'Parlons-en');
		const first = await answers(mathis, post, 'Je retire');
		const [removed, answered] = await meeting<unknown>(
			'feed.comment',
			() => outcome(removeComment(mathis, first)),
			() => outcome(answers(samuel, post, 'Dommage', first)),
		);
		expect(removed).toBeUndefined();
		expect(answered).toMatch(/^(Invalid|[0-9a-f-]{36})$/);
		expect(await isEven(post)).toBe(true);
	});

	test('so does an answer to one that comes back, and one that is corrected to name somebody', async () => {
		const post = await said(odile, 'Encore');
		const [back, named] = [await answers(mathis, post, 'Je reviens'), await answers(mathis, post, 'Bravo')];
		await removeComment(mathis, back);
		const done = await meeting<unknown>(
			'feed.comment',
			() => outcome(restoreComment(mathis, back)),
			() => outcome(editComment(mathis, { id: named, text: 'Bravo @Odile Fabrègat' })),
			() => outcome(answers(samuel, post, 'Oui', named)),
		);
		expect(done).toEqual([undefined, undefined, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
		expect(await isEven(post)).toBe(true);
	});

	test('removed by its author and by a moderator at once, it is counted off once', async () => {
		const post = await said(odile, 'Un compte juste');
		const [one] = [await answers(mathis, post, 'Moi'), await answers(samuel, post, 'Et moi')];
		const paulo = await as('paulo');
		const done = await meeting(
			'feed.comment',
			() => outcome(removeComment(mathis, one)),
			() => outcome(removeComment(paulo, one)),
		);
		expect(done.filter((result) => result === undefined)).toHaveLength(1);
		expect(await kept(post)).toMatchObject({ comments: 1, real: 1 });
	});

	test('brought back twice at once, it is counted once', async () => {
		const post = await said(odile, 'Un retour');
		const one = await answers(mathis, post, 'Moi');
		await removeComment(mathis, one);
		const done = await meeting(
			'feed.comment',
			() => told(restoreComment(mathis, one)),
			() => told(restoreComment(mathis, one)),
		);
		expect(done.toSorted()).toEqual(['Invalid: feed.too_late', 'done']);
		expect(await kept(post)).toMatchObject({ comments: 1, real: 1 });
	});
});

describe('thank you', () => {
	test('said in two tabs at the same instant, it is one', async () => {
		const post = await said(odile, 'Merci qui ?');
		await meeting(
			'feed.thanks',
			() => thank(mathis, 'post', post),
			() => thank(mathis, 'post', post),
		);
		expect(await kept(post)).toMatchObject({ thanks: 1, thankers: 1 });
	});

	test('said and taken back at once, the count is what is there', async () => {
		const post = await said(odile, 'Oui ou non');
		await thank(samuel, 'post', post);
		await meeting(
			'feed.thanks',
			() => thank(mathis, 'post', post),
			() => unthank(samuel, 'post', post),
		);
		expect(await kept(post)).toMatchObject({ thanks: 1, thankers: 1 });
	});

	test('never said, it is not taken back', async () => {
		const post = await said(odile, 'Personne n’a rien dit');
		expect(await refused(wordsKept, () => unthank(mathis, 'post', post))).toBe('done');
	});

	test('the id of a comment is none of a post, nor the other way round', async () => {
		const post = await said(odile, 'Chacun son nom');
		const one = await answers(mathis, post, 'Oui');
		expect(await refused(wordsKept, () => thank(samuel, 'post', one))).toBe('NotFound');
		expect(await refused(wordsKept, () => thank(samuel, 'comment', post))).toBe('NotFound');
	});
});
