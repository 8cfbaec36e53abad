import { beforeEach, expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { comment, removeComment } from './comment.ts';
import { keepDraft } from './draft.ts';
import { home, postsOf } from './home.ts';
import { merging } from './merged.ts';
import { remove } from './remove.ts';
import { feedStage, said, to } from './stage.fixture.ts';
import { thank } from './thank.ts';
import { thread } from './thread.ts';
import { vote } from './vote.ts';

feedStage();

/** Gérard had two accounts: the words of the second go to Mathis’s, which plays the one kept. */
const merge = () => merging[0]!.hear({ fromId: idOf('gerard'), intoId: idOf('mathis') } as never);
const pollOf = async (id: string) => (await thread(await as('samuel'), id)).card.poll!;
const asks = async (more: object = {}) => {
	const id = await said(await as('samuel'), 'Quel soir ?', {
		options: ['Jeudi', 'Samedi', 'Dimanche'],
		...more,
	});
	const { options } = await pollOf(id);
	return {
		id,
		choose: async (who: CastName, ...at: number[]) =>
			vote(await as(who), id, { choices: at.map((n) => options[n]!.id) }),
	};
};
beforeEach(() =>
	scene(sql`delete from feed.post`, sql`delete from feed.thanks`, sql`delete from feed.draft`),
);

test('a poll that only the account left had answered keeps the answer, as one’s own', async () => {
	const { id, choose } = await asks({ several: 'on' });
	await choose('gerard', 0, 2);
	await merge();
	expect(await pollOf(id)).toMatchObject({ voters: 1, options: [{ votes: 1 }, { votes: 0 }, { votes: 1 }] });
	expect((await thread(await as('mathis'), id)).card.poll!.options.map(({ mine }) => mine)).toEqual([
		true,
		false,
		true,
	]);
	await choose('mathis', 1);
	expect(await pollOf(id)).toMatchObject({ voters: 1, options: [{ votes: 0 }, { votes: 1 }, { votes: 0 }] });
});

test('of two answers to one poll, the kept account’s holds, and one person has one voice', async () => {
	const { id, choose } = await asks();
	await choose('gerard', 0);
	await choose('mathis', 1);
	await merge();
	expect(await pollOf(id)).toMatchObject({ voters: 1, options: [{ votes: 0 }, { votes: 1 }, { votes: 0 }] });
});

test('what one had removed under the other account is not said to be moderation', async () => {
	const gerard = await as('gerard');
	const post = await said(await as('odile'), 'Parlons-en');
	const words = await comment(gerard, post, { text: 'Je retire', reply_to: '' });
	await removeComment(gerard, words);
	await merge();
	expect((await thread(await as('odile'), post)).comments).toMatchObject([
		{ id: words, removed: 'author', text: '' },
	]);
});

test('posts, comments and the place in one’s own page follow; nothing is left in the other name', async () => {
	const gerard = await as('gerard');
	const [open, gone] = [await said(gerard, 'De Gérard', to('network')), await said(gerard, 'Retiré')];
	await remove(gerard, gone);
	const post = await said(await as('odile'), 'Une question');
	await comment(gerard, post, { text: 'Une réponse', reply_to: '' });
	await merge();
	const odile = await as('odile');
	expect((await postsOf(odile, idOf('mathis'))).cards.map(({ id }) => id)).toEqual([open]);
	expect((await postsOf(odile, idOf('gerard'))).cards).toEqual([]);
	expect((await thread(odile, post)).comments).toMatchObject([
		{ author: { id: idOf('mathis') }, text: 'Une réponse' },
	]);
	expect((await home(await as('mathis'))).cards.find(({ id }) => id === open)).toMatchObject({
		reason: 'own',
		mine: true,
	});
});

test('thanks said by both are one, said by one follow; the counts are what is there', async () => {
	const [both, one] = [await said(await as('odile'), 'Deux fois'), await said(await as('odile'), 'Une fois')];
	const reply = await comment(await as('samuel'), both, { text: 'Oui', reply_to: '' });
	for (const name of ['gerard', 'mathis'] as const) {
		await thank(await as(name), 'post', both);
		await thank(await as(name), 'comment', reply);
	}
	await thank(await as('gerard'), 'post', one);
	await merge();
	const shown = async (id: string) => (await thread(await as('mathis'), id)).card;
	expect(await shown(both)).toMatchObject({ thanksCount: 1, thanked: true });
	expect(await shown(one)).toMatchObject({ thanksCount: 1, thanked: true });
	expect((await thread(await as('mathis'), both)).comments).toMatchObject([
		{ thanksCount: 1, thanked: true },
	]);
});

test('who was named under the other account finds those words in their feed, and a draft is not carried over', async () => {
	await scene(sql`update people.person set name = 'Gérard Valmorin' where person.id = ${idOf('gerard')}`);
	const post = await said(await as('odile'), 'Avec @Gérard Valmorin', to('network'));
	await keepDraft(await as('gerard'), { place: 'feed', text: 'À moitié' });
	await merge();
	const mathis = await as('mathis');
	expect((await home(mathis)).cards.find(({ id }) => id === post)?.reason).toBe('mention');
	const drafts = await read(mathis, (tx) => tx.many(sql`select text from feed.draft`));
	expect(drafts).toEqual([]);
	expect(await asSystem('test', (tx) => tx.many(sql`select 1 from feed.draft`))).toEqual([]);
});

test('heard twice, it changes nothing the second time', async () => {
	const { id, choose } = await asks();
	await choose('gerard', 0);
	const post = await said(await as('odile'), 'Bonjour');
	for (const name of ['gerard', 'mathis'] as const) await thank(await as(name), 'post', post);
	await merge();
	const before = [await pollOf(id), (await thread(await as('mathis'), post)).card];
	await merge();
	expect([await pollOf(id), (await thread(await as('mathis'), post)).card]).toEqual(before);
});
