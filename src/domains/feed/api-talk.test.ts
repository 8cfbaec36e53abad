import * as v from 'valibot';
import { expect, test } from 'vitest';
import { read } from '#platform/db.ts';
import type { Operation } from '#platform/domain.ts';
import { parse } from '#platform/http/form.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { api } from './api.ts';
import { talkApi } from './api-talk.ts';
import { draftOf } from './draft.ts';
import { block, feedStage, later, said, say, to } from './stage.fixture.ts';

feedStage();

/** What a program gets, by the operation's own schemas. */
async function call(name: string, who: Parameters<typeof as>[0], at: string, input: object = {}) {
	const one = { ...api, ...talkApi }[name] as Operation;
	const result = await one.act(await as(who), parse(one.input, input), { id: at, place: at });
	return v.parse(one.output, JSON.parse(JSON.stringify(result))) as never;
}
const post = (who: Parameters<typeof as>[0], id: string) =>
	call('GET /api/v1/posts/[id]', who, id) as Promise<{
		poll: { voters: number; options: { id: string; label: string; votes: number; mine: boolean }[] };
	}>;
const commentsOf = async (who: Parameters<typeof as>[0], id: string) =>
	((await call('GET /api/v1/posts/[id]/comments', who, id)) as { items: Record<string, unknown>[] }).items;
const at = { ...to('network'), options: ['Mardi', 'Jeudi'] };

test('a program votes, changes its person’s mind, and takes the vote back', async () => {
	const id = await said(await as('odile'), 'Quel soir ?', at);
	const [mardi, jeudi] = (await post('mathis', id)).poll.options;
	const votes = async () => (await post('mathis', id)).poll.options.map((one) => [one.votes, one.mine]);
	const vote = (choices: string[], who: Parameters<typeof as>[0] = 'mathis') =>
		call('PUT /api/v1/posts/[id]/vote', who, id, { choices });
	await vote([mardi!.id]);
	expect(await votes()).toEqual([
		[1, true],
		[0, false],
	]);
	await vote([jeudi!.id]);
	await vote([jeudi!.id]);
	expect(await votes()).toEqual([
		[0, false],
		[1, true],
	]);
	expect(await outcome(vote([mardi!.id, jeudi!.id]))).toBe('Invalid');
	expect(await outcome(vote([]))).toBe('Invalid');
	expect(await outcome(vote([id]))).toBe('Invalid');
	await Promise.all([vote([mardi!.id], 'ines'), vote([jeudi!.id], 'ines'), vote([mardi!.id], 'fanny')]);
	expect((await post('mathis', id)).poll.voters).toBe(3);
	await call('DELETE /api/v1/posts/[id]/vote', 'mathis', id);
	expect(await votes().then((rows) => rows.map(([, mine]) => mine))).toEqual([false, false]);
	await block('odile', 'lucien');
	expect(await outcome(vote([mardi!.id], 'lucien'))).toBe('NotFound');
	const plain = await said(await as('odile'), 'Sans sondage', to('network'));
	expect(await outcome(call('DELETE /api/v1/posts/[id]/vote', 'mathis', plain))).toBe('Invalid');
});

test('a new post is taken back while nobody was told; its words are a draft again', async () => {
	const id = await say(await as('odile'), 'Trop vite', to('network'));
	expect(await outcome(call('POST /api/v1/posts/[id]/undo', 'samuel', id))).toBe('NotFound');
	await call('POST /api/v1/posts/[id]/undo', 'odile', id);
	expect(await outcome(post('odile', id))).toBe('NotFound');
	expect(await call('GET /api/v1/drafts', 'odile', '')).toMatchObject({
		items: [{ place: 'feed', text: 'Trop vite' }],
	});
	const late = await say(await as('odile'), 'Trop tard', to('network'));
	await later(late);
	expect(await outcome(call('POST /api/v1/posts/[id]/undo', 'odile', late))).toBe('Invalid');
	expect(await outcome(call('POST /api/v1/posts/[id]/undo', 'mathis', late))).toBe('Invalid');
});

test('what was just removed comes back, by who removed it alone', async () => {
	const id = await said(await as('odile'), 'À garder', to('network'));
	await call('DELETE /api/v1/posts/[id]', 'odile', id);
	expect(await outcome(call('DELETE /api/v1/posts/[id]/removal', 'mathis', id))).toBe('NotFound');
	await call('DELETE /api/v1/posts/[id]/removal', 'odile', id);
	expect(await post('mathis', id)).toMatchObject({ text: 'À garder' });
	expect(await outcome(call('DELETE /api/v1/posts/[id]/removal', 'odile', id))).toBe('Invalid');
});

test('a comment is corrected, thanked for, removed and brought back', async () => {
	const id = await said(await as('odile'), 'Réunion', to('network'));
	const { id: comment } = (await call('POST /api/v1/posts/[id]/comments', 'mathis', id, {
		text: 'Je viens',
	})) as { id: string };
	const one = async () => (await commentsOf('odile', id))[0];
	await call('PATCH /api/v1/comments/[id]', 'mathis', comment, { text: 'Je viens tôt' });
	expect(await one()).toMatchObject({ text: 'Je viens tôt', editedAt: expect.any(String) });
	expect(await outcome(call('PATCH /api/v1/comments/[id]', 'odile', comment, { text: 'Non' }))).toBe(
		'Forbidden',
	);
	await call('PUT /api/v1/comments/[id]/thanks', 'odile', comment);
	await call('PUT /api/v1/comments/[id]/thanks', 'odile', comment);
	expect(await one()).toMatchObject({ thanksCount: 1, thanked: true });
	await call('DELETE /api/v1/comments/[id]/thanks', 'odile', comment);
	expect(await one()).toMatchObject({ thanksCount: 0, thanked: false });
	expect(await outcome(call('DELETE /api/v1/comments/[id]', 'ines', comment))).toBe('Forbidden');
	await call('DELETE /api/v1/comments/[id]', 'mathis', comment);
	expect(await one()).toMatchObject({ text: '', removed: expect.any(String) });
	expect(await outcome(call('DELETE /api/v1/comments/[id]/removal', 'odile', comment))).toBe('Invalid');
	await call('DELETE /api/v1/comments/[id]/removal', 'mathis', comment);
	expect(await one()).toMatchObject({ text: 'Je viens tôt', removed: null });
	await block('odile', 'lucien');
	expect(await outcome(call('PUT /api/v1/comments/[id]/thanks', 'lucien', comment))).toBe('NotFound');
});

test('drafts are kept by place, for oneself alone, and forgotten', async () => {
	const place = `post:${idOf('a post')}`;
	const put = (at: string, text: string) => call('PUT /api/v1/drafts/[place]', 'fanny', at, { text });
	await put('feed', 'Brouillon');
	await put(place, 'Réponse');
	await put(place, 'Réponse corrigée');
	expect(await call('GET /api/v1/drafts', 'fanny', '')).toMatchObject({
		items: [
			{ place, text: 'Réponse corrigée' },
			{ place: 'feed', text: 'Brouillon' },
		],
	});
	expect(await call('GET /api/v1/drafts', 'ines', '')).toEqual({ items: [] });
	for (const bad of ['elsewhere', 'post:x', '']) expect(await outcome(put(bad, 'x'))).toBe('Invalid');
	expect(await outcome(put('feed', ' '))).toBe('Invalid');
	await call('DELETE /api/v1/drafts/[place]', 'fanny', 'feed');
	await call('DELETE /api/v1/drafts/[place]', 'ines', place);
	expect(
		await read(await as('fanny'), async (tx) => [
			await draftOf(tx, await as('fanny'), 'feed'),
			await draftOf(tx, await as('fanny'), place),
		]),
	).toEqual(['', 'Réponse corrigée']);
});
