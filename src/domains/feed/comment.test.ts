import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { comment, editComment, removeComment, restoreComment } from './comment.ts';
import { home } from './home.ts';
import { remove } from './remove.ts';
import { block, feedStage, hide, said, to } from './stage.fixture.ts';
import { thank, unthank } from './thank.ts';
import { thread } from './thread.ts';

feedStage();

let post: string;
beforeAll(async () => {
	post = await said(await as('odile'), 'Qui vient samedi ?');
});
const answer = async (who: Parameters<typeof as>[0], text: string, reply_to = '') =>
	comment(await as(who), post, { text, reply_to });
const counts = async () =>
	(await asSystem('test', (tx) =>
		tx.one<{ kept: number; real: number }>(sql`select post.comment_count as kept,
	(select count(*)::int from feed.comment where comment.post_id = post.id and comment.deleted_at is null) as real from feed.post where post.id = ${post}::uuid`),
	))!;

describe('under a post', () => {
	test('threads have one level, and say who is answered', async () => {
		const first = await answer('mathis', 'Moi !');
		const second = await answer('odile', 'Merci', first);
		const third = await answer('gerard', 'Moi aussi', second);
		const { comments } = await thread(await as('samuel'), post);
		expect(comments.map(({ id, threadId, replyTo }) => [id, threadId, replyTo])).toEqual([
			[first, null, null],
			[second, first, null],
			[third, first, 'Odile Fabrègat'],
		]);
	});

	test('a comment elsewhere is not answered here', async () => {
		const other = await said(await as('odile'), 'Autre chose');
		const elsewhere = await comment(await as('odile'), other, { text: 'Là-bas', reply_to: '' });
		expect(await outcome(answer('mathis', 'Ici', elsewhere))).toBe('Invalid');
	});

	test('who does not see the post finds neither it nor its comments', async () => {
		const id = await answer('mathis', 'Secret');
		const ines = await as('ines');
		expect(await outcome(comment(ines, post, { text: 'Coucou', reply_to: '' }))).toBe('NotFound');
		expect(await outcome(removeComment(ines, id))).toBe('NotFound');
		expect(await outcome(editComment(ines, { id, text: 'x' }))).toBe('NotFound');
		expect(await outcome(thank(ines, 'comment', id))).toBe('NotFound');
	});

	test('twenty answers at once are all counted', async () => {
		await Promise.all(
			Array.from({ length: 20 }, async (_, n) => answer(n % 2 ? 'odile' : 'samuel', `Réponse ${n}`)),
		);
		const { kept, real } = await counts();
		expect(kept).toBe(real);
	});

	test('removed, a comment leaves a trace without its words; it comes back at once, not later', async () => {
		const mathis = await as('mathis');
		const id = await answer('mathis', 'Des mots regrettés');
		await removeComment(mathis, id);
		const seen = (await thread(await as('odile'), post)).comments.find((one) => one.id === id);
		expect(seen).toMatchObject({ text: '', removed: 'author' });
		await restoreComment(mathis, id);
		expect((await thread(mathis, post)).comments.find((one) => one.id === id)).toMatchObject({
			removed: null,
		});
		await removeComment(await as('paulo'), id);
		expect((await thread(mathis, post)).comments.find((one) => one.id === id)).toMatchObject({
			removed: 'moderation',
		});
		expect(await outcome(restoreComment(mathis, id))).toBe('Invalid');
		const { kept, real } = await counts();
		expect(kept).toBe(real);
	});

	test('only its author corrects it; only they or a moderator remove it', async () => {
		const id = await answer('mathis', 'Faute');
		expect(await outcome(editComment(await as('odile'), { id, text: 'Autre' }))).toBe('Forbidden');
		expect(await outcome(removeComment(await as('odile'), id))).toBe('Forbidden');
		await editComment(await as('mathis'), { id, text: 'Corrigé' });
		expect((await thread(await as('odile'), post)).comments.find((one) => one.id === id)).toMatchObject({
			text: 'Corrigé',
		});
	});

	test('what is hidden, or said by somebody blocked, is in no page and in no count', async () => {
		const odile = await as('odile');
		const [hidden, apart] = [await answer('samuel', 'Caché'), await answer('lucien', 'Bloqué')];
		const before = (await thread(odile, post)).card.commentCount;
		await hide('comment', hidden);
		await block('odile', 'lucien');
		const after = await thread(odile, post);
		expect(after.comments.map(({ id }) => id)).not.toEqual(expect.arrayContaining([hidden]));
		expect(after.comments.map(({ id }) => id)).not.toEqual(expect.arrayContaining([apart]));
		expect(after.card.commentCount).toBe(before - 2);
		expect([...(await home(odile)).previews.values()].flat().map(({ id }) => id)).not.toContain(apart);
	});

	test('nobody answers a comment that is hidden from them, nor one that was removed', async () => {
		const hidden = await answer('mathis', 'Bientôt caché');
		await hide('comment', hidden);
		expect(await outcome(answer('gerard', 'Quoi ?', hidden))).toBe('NotFound');
		const gone = await answer('mathis', 'Bientôt retiré');
		await removeComment(await as('mathis'), gone);
		expect(await outcome(answer('gerard', 'Quoi ?', gone))).toBe('Invalid');
	});

	test('nobody answers a post that was removed', async () => {
		const gone = await said(await as('odile'), 'Éphémère');
		await remove(await as('odile'), gone);
		expect(await outcome(comment(await as('mathis'), gone, { text: 'Quoi ?', reply_to: '' }))).toBe(
			'NotFound',
		);
		expect(await outcome(comment(await as('odile'), gone, { text: 'Quoi ?', reply_to: '' }))).toBe(
			'Forbidden',
		);
	});

	test('a visitor reads a public post and none of its comments', async () => {
		const open = await said(await as('odile'), 'À tous', to('public'));
		await comment(await as('mathis'), open, { text: 'Bravo', reply_to: '' });
		expect(await thread(await as('visitor'), open)).toMatchObject({
			comments: [],
			card: { commentCount: 0, mayAnswer: false },
		});
	});
});

describe('thank you', () => {
	test('said five times at once, it counts once; taken back twice, once', async () => {
		const mathis = await as('mathis');
		await Promise.all([1, 2, 3, 4, 5].map(() => thank(mathis, 'post', post)));
		expect((await thread(mathis, post)).card).toMatchObject({ thanksCount: 1, thanked: true });
		await Promise.all([1, 2].map(() => unthank(mathis, 'post', post)));
		expect((await thread(mathis, post)).card).toMatchObject({ thanksCount: 0, thanked: false });
	});

	test('of a comment too', async () => {
		const id = await answer('mathis', 'Un café ?');
		await thank(await as('samuel'), 'comment', id);
		expect((await thread(await as('samuel'), post)).comments.find((one) => one.id === id)).toMatchObject({
			thanksCount: 1,
			thanked: true,
		});
		expect(await outcome(thank(await as('samuel'), 'comment', idOf('nothing')))).toBe('NotFound');
	});
});
