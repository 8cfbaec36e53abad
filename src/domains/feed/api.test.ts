import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { Operation } from '#platform/domain.ts';
import { parse } from '#platform/http/form.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { api } from './api.ts';
import { feedStage, later, said, to } from './stage.fixture.ts';

feedStage();

/** What a program gets, by the operation's own schemas. */
async function call(name: string, who: Parameters<typeof as>[0], input: object = {}, id = '') {
	const one = api[name] as Operation;
	const result = await one.act(await as(who), parse(one.input, input), { id });
	return v.parse(one.output, JSON.parse(JSON.stringify(result))) as never;
}
type Listed = { items: { id: string; text: string }[]; next: string | null };

test('a program publishes, reads, comments, corrects, thanks and removes under the same rules', async () => {
	const { id } = (await call('POST /api/v1/posts', 'odile', {
		text: 'Par un programme',
		audience: `unit:${idOf('villebrume')}`,
	})) as { id: string };
	await later(id);
	expect(await call('GET /api/v1/posts/[id]', 'mathis', {}, id)).toMatchObject({
		text: 'Par un programme',
		author: { name: 'Odile Fabrègat' },
	});
	expect(await outcome(call('GET /api/v1/posts/[id]', 'ines', {}, id))).toBe('NotFound');
	expect(await outcome(call('GET /api/v1/posts/[id]', 'visitor', {}, id))).toBe('NotFound');
	await call('POST /api/v1/posts/[id]/comments', 'mathis', { text: 'Vu' }, id);
	expect(((await call('GET /api/v1/posts/[id]/comments', 'odile', {}, id)) as Listed).items).toMatchObject([
		{ text: 'Vu' },
	]);
	expect(await outcome(call('GET /api/v1/posts/[id]/comments', 'ines', {}, id))).toBe('NotFound');
	await call('PUT /api/v1/posts/[id]/thanks', 'mathis', {}, id);
	await call('DELETE /api/v1/posts/[id]/thanks', 'mathis', {}, id);
	await call('PATCH /api/v1/posts/[id]', 'odile', { text: 'Corrigé', version: 1 }, id);
	expect(await outcome(call('PATCH /api/v1/posts/[id]', 'odile', { text: 'Encore', version: 1 }, id))).toBe(
		'Conflict',
	);
	expect(await outcome(call('DELETE /api/v1/posts/[id]', 'mathis', {}, id))).toBe('Forbidden');
	await call('DELETE /api/v1/posts/[id]', 'odile', {}, id);
	expect(await outcome(call('GET /api/v1/posts/[id]', 'odile', {}, id))).toBe('NotFound');
});

test('lists turn by cursor; a page has at most fifty; an unknown key is refused', async () => {
	for (let n = 0; n < 5; n++) await said(await as('odile'), `Numéro ${n}`, to('network'));
	const first = (await call('GET /api/v1/feed', 'odile', { limit: '3' })) as Listed;
	const second = (await call('GET /api/v1/feed', 'odile', { limit: '3', cursor: first.next! })) as Listed;
	expect([...first.items, ...second.items].map(({ text }) => text).slice(0, 5)).toEqual(
		[4, 3, 2, 1, 0].map((n) => `Numéro ${n}`),
	);
	expect(
		((await call('GET /api/v1/posts', 'fanny', { author: idOf('odile') })) as Listed).items,
	).toHaveLength(5);
	expect(await outcome(call('GET /api/v1/feed', 'odile', { limit: '51' }))).toBe('Invalid');
	expect(await outcome(call('GET /api/v1/feed', 'odile', { cursor: 'x' }))).toBe('Invalid');
	expect(
		await outcome(
			call('POST /api/v1/posts', 'odile', { text: 'x', audience: 'network', author_id: idOf('samuel') }),
		),
	).toBe('Invalid');
});
