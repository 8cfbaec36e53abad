import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { faults, refused, scene } from '#tests/traces.ts';
import { CommentForm, comment, EditCommentForm, insertComment, removeComment } from './comment.ts';
import { home } from './home.ts';
import { newcomerLimits } from './limits.ts';
import { said as words } from './said.ts';
import { findPosts } from './search.ts';
import { block, feedStage, hide, later, said, say, to } from './stage.fixture.ts';
import { thank } from './thank.ts';
import { thread } from './thread.ts';

feedStage();

const written = ['feed.post', 'feed.comment', 'feed.mention', 'feed.thanks'];
let post: string;
beforeEach(async () => {
	await scene(sql`delete from safety.hidden`, sql`delete from safety.block`);
	post = await said(await as('odile'), 'Qui vient samedi ?');
});
const answers = async (who: CastName, text: string, reply_to = '') =>
	comment(await as(who), post, { text, reply_to });
const read = async (who: CastName) => {
	const { card, comments } = await thread(await as(who), post);
	return { count: card.commentCount, texts: comments.map(({ text }) => text) };
};
const preview = async (who: CastName) =>
	((await home(await as(who))).previews.get(post) ?? []).map(({ text }) => text);

describe('what one reads under a post', () => {
	test('one’s own words that moderation hid stay one’s own, and are counted; for the others they are nowhere', async () => {
		const hidden = await answers('mathis', 'Trop vif');
		await answers('samuel', 'Calme');
		await hide('comment', hidden);
		expect(await read('mathis')).toEqual({ count: 2, texts: ['Trop vif', 'Calme'] });
		expect(await read('odile')).toEqual({ count: 1, texts: ['Calme'] });
		expect([await preview('mathis'), await preview('odile')]).toEqual([['Trop vif', 'Calme'], ['Calme']]);
	});

	test('somebody blocked is in no thread, no preview and no count, both ways', async () => {
		await answers('mathis', 'De Mathis');
		await answers('gerard', 'De Gérard');
		await block('gerard', 'mathis');
		expect(await read('gerard')).toEqual({ count: 1, texts: ['De Gérard'] });
		expect(await read('mathis')).toEqual({ count: 1, texts: ['De Mathis'] });
		expect([await preview('gerard'), await preview('mathis')]).toEqual([['De Gérard'], ['De Mathis']]);
		expect((await read('samuel')).count).toBe(2);
	});

	test('the feed shows the last two words that are left, the oldest first', async () => {
		const ids: string[] = [];
		for (const n of [1, 2, 3, 4]) ids.push(await answers('mathis', `Numéro ${n}`));
		await removeComment(await as('mathis'), ids[3]!);
		expect(await preview('odile')).toEqual(['Numéro 2', 'Numéro 3']);
	});

	test('a thread keeps its place when its first words go, and answers stay under it', async () => {
		const first = await answers('mathis', 'Je commence');
		await answers('samuel', 'Je réponds', first);
		await answers('gerard', 'Autre chose');
		await removeComment(await as('mathis'), first);
		expect(await read('odile')).toEqual({ count: 2, texts: ['', 'Je réponds', 'Autre chose'] });
	});

	test('words of the same instant are each read once, page after page', async () => {
		const at = new Date();
		await asSystem('test', async (tx) => {
			for (let n = 0; n < 65; n++)
				await insertComment(tx, {
					authorId: idOf('samuel'),
					postId: post,
					replyTo: null,
					text: `Mot ${n}`,
					at,
				});
		});
		const odile = await as('odile');
		const seen: string[] = [];
		for (let after: string | null = null, pages = 0; pages === 0 || after; pages++) {
			const page = await thread(odile, post, { after });
			seen.push(...page.comments.map(({ text }) => text));
			after = page.next;
		}
		expect(seen.toSorted()).toEqual(Array.from({ length: 65 }, (_, n) => `Mot ${n}`).toSorted());
	});

	test('the second page is of the same post: a cursor of another one neither shows nor hides anything', async () => {
		await answers('mathis', 'Ici');
		const other = await said(await as('samuel'), 'Autre');
		const elsewhere = await comment(await as('samuel'), other, { text: 'Là', reply_to: '' });
		const page = await thread(await as('odile'), post, { after: elsewhere });
		expect(page.comments).toEqual([]);
		expect(
			(await thread(await as('odile'), other, { after: '00000000-0000-0000-0000-000000000001' })).comments,
		).toHaveLength(1);
	});
});

describe('words to report or to judge', () => {
	test('are given to who reads them, with who wrote and whose post it is', async () => {
		const id = await answers('mathis', 'Des mots');
		expect(await words(await as('samuel'), 'comment', id)).toMatchObject({
			kind: 'comment',
			postId: post,
			author: { name: 'Mathis Lanoëz' },
			hostId: idOf('odile'),
			text: 'Des mots',
		});
		expect(await words(await as('samuel'), 'post', post)).toMatchObject({
			author: { id: idOf('odile') },
			unitId: idOf('villebrume'),
		});
	});

	test.each<[string, CastName | 'visitor', (id: string) => Promise<unknown>]>([
		['to somebody of elsewhere', 'ines', async () => {}],
		['to a visitor', 'visitor', async () => {}],
		['once removed', 'samuel', async (id) => removeComment(await as('mathis'), id)],
		['once hidden', 'samuel', (id) => hide('comment', id)],
		['to who is blocked', 'samuel', () => block('samuel', 'mathis')],
	])('but not %s', async (_, who, happen) => {
		const id = await answers('mathis', 'Des mots');
		await happen(id);
		expect(await outcome(words(await as(who), 'comment', id))).toBe('NotFound');
	});

	test('nor under the other name: a comment is no post', async () => {
		const id = await answers('mathis', 'Des mots');
		expect(await outcome(words(await as('odile'), 'post', id))).toBe('NotFound');
		expect(await outcome(words(await as('odile'), 'comment', post))).toBe('NotFound');
	});
});

describe('who has just arrived as a sympathiser', () => {
	beforeEach(() =>
		scene(
			sql`delete from feed.comment where comment.author_id = ${idOf('mathis')}`,
			sql`delete from feed.post where post.author_id = ${idOf('mathis')}`,
			sql`update people.person set created_at = now() where person.id = ${idOf('mathis')}`,
		),
	);
	const fill = (minutesAgo: number) =>
		asSystem('test', async (tx) => {
			for (let n = 0; n < newcomerLimits.comment; n++)
				await insertComment(tx, {
					authorId: idOf('mathis'),
					postId: post,
					replyTo: null,
					text: `Mot ${n}`,
					at: new Date(Date.now() - minutesAgo * 60_000),
				});
		});
	const refusedWords = () => refused(written, () => answers('mathis', 'Un de plus'));

	test('answers twenty times a day, then is told kindly, and the words are kept', async () => {
		await fill(5);
		expect(await refusedWords()).toBe('TooMany: text feed.too_many_comments');
		const page = await (await browser('mathis')).post(`/publications/${post}?/comment`, {
			text: 'Encore un mot',
		});
		expect([page.status, page.html.includes('>Encore un mot</textarea>')]).toEqual([429, true]);
		expect(page.main).toContain('Tu débutes : 20 commentaires par jour au plus.');
	});

	test('what was said a day ago counts no more; removed words of today still do', async () => {
		await fill(24 * 60 + 1);
		expect(await outcome(answers('mathis', 'Un nouveau jour'))).toMatch(/^[0-9a-f-]{36}$/);
		await fill(5);
		await scene(sql`update feed.comment set deleted_at = now() where comment.author_id = ${idOf('mathis')}`);
		expect(await refusedWords()).toBe('TooMany: text feed.too_many_comments');
	});

	test.each([
		[
			'after thirty days',
			sql`update people.person set created_at = now() - interval '31 days' where person.id = ${idOf('mathis')}`,
		],
		[
			'once a member',
			sql`update people.membership set type_id = (select id from people.membership_type where key = 'member'), verified_at = now()
			where membership.person_id = ${idOf('mathis')}`,
		],
	])('%s, no longer', async (_, change) => {
		await fill(5);
		await scene(change);
		expect(await outcome(answers('mathis', 'Librement'))).toMatch(/^[0-9a-f-]{36}$/);
		await scene(sql`update people.membership set type_id = (select id from people.membership_type where key = 'sympathiser'), verified_at = null
			where membership.person_id = ${idOf('mathis')}`);
	});

	test('answers and posts are counted apart; twenty tabs do not pass together', async () => {
		await fill(5);
		expect(await outcome(say(await as('mathis'), 'Un message'))).toMatch(/^[0-9a-f-]{36}$/);
		await scene(sql`delete from feed.comment where comment.author_id = ${idOf('mathis')}`);
		await asSystem('test', async (tx) => {
			for (let n = 0; n < newcomerLimits.comment - 2; n++)
				await insertComment(tx, {
					authorId: idOf('mathis'),
					postId: post,
					replyTo: null,
					text: `Mot ${n}`,
					at: new Date(),
				});
		});
		const done = await Promise.all([1, 2, 3, 4, 5].map(() => outcome(answers('mathis', 'Ensemble'))));
		expect(done.filter((one) => one === 'TooMany')).toHaveLength(3);
	});
});

describe('finding words', () => {
	beforeAll(async () => {
		const odile = await as('odile');
		for (const text of [
			'Les hôpitaux de proximité ferment',
			'L’hôpital ouvre **samedi**',
			'50 % des voix',
			"L'école d'été",
		])
			await later(await say(odile, text, to('network')));
	});
	const found = async (q: string) =>
		(await findPosts(await as('mathis'), q)).map(({ text }) => text).toSorted();

	test.each<[string, string[]]>([
		['hopital', ['L’hôpital ouvre samedi', 'Les hôpitaux de proximité ferment']],
		['HÔPITAUX', ['L’hôpital ouvre samedi', 'Les hôpitaux de proximité ferment']],
		['hopital samedi', ['L’hôpital ouvre samedi']],
		['hopital -samedi', ['Les hôpitaux de proximité ferment']],
		['"hopital ouvre"', ['L’hôpital ouvre samedi']],
		['ecole', ["L'école d'été"]],
		['%', []],
		["'); drop table feed.post; --", []],
		['& | ! ( ) : *', []],
		['', []],
	])('%s', async (q, expected) => {
		expect(await found(q)).toEqual(expected.toSorted());
	});

	test('corrected, a post is found by its new words and no longer by the old ones', async () => {
		const id = await said(await as('odile'), 'Un banquet', to('network'));
		const { edit } = await import('./edit.ts');
		await edit(await as('odile'), id, { text: 'Un goûter' });
		expect([await found('banquet'), await found('gouter')]).toEqual([[], ['Un goûter']]);
	});

	test('ids and addresses in a text are no words to be found by', async () => {
		await said(await as('odile'), 'Bravo @Samuel Oudraine', to('network'));
		expect(await found(idOf('samuel'))).toEqual([]);
		expect(await found('oudraine')).toHaveLength(1);
	});
});

test('the forms of a comment ask for words and a real place to answer, and keep nothing unwritable', () => {
	expect(faults(CommentForm, { text: '\u0000 \u0007 ' })).toEqual(['text feed.comment_needed']);
	expect(faults(CommentForm, { text: 'Oui', reply_to: `${idOf('x')}x` })).toEqual([
		'reply_to app.invalid_value',
	]);
	expect(
		faults(CommentForm, {
			text: 'Oui',
			reply_to: '',
			named: Array.from({ length: 41 }, (_, n) => idOf(`${n}`)),
		}),
	).toEqual(['named app.invalid_value']);
	expect(faults(EditCommentForm, { text: 'Oui' })).toHaveLength(1);
	expect(faults(EditCommentForm, { id: idOf('x'), text: 'a'.repeat(10_001) })).toEqual([
		'text feed.text_too_long',
	]);
});

test('a thank you for words that went away is taken back by nobody, and counted for nobody', async () => {
	const id = await answers('samuel', 'Bientôt parti');
	await thank(await as('odile'), 'comment', id);
	await removeComment(await as('samuel'), id);
	expect(await refused(written, async () => thank(await as('gerard'), 'comment', id))).toBe('Forbidden');
});
