import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { follow, showAtHome, subjectsOf } from '#domains/groups/index.ts';
import type { Operation } from '#platform/domain.ts';
import { parse } from '#platform/http/form.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { api } from './api.ts';
import { block, feedStage, later, said, to } from './stage.fixture.ts';

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

describe('subjects, by a program', () => {
	const subjectAt = async (slug: string) =>
		(await subjectsOf(await as('odile'))).find((one) => one.slug === slug)!.id;
	const feedOf = async (who: Parameters<typeof as>[0], input: object = {}) =>
		((await call('GET /api/v1/feed', who, input)) as { items: Record<string, unknown>[] }).items;

	test('what a post is about is corrected, left, or taken away', async () => {
		const [logement, culture] = [await subjectAt('logement'), await subjectAt('culture')];
		const { id } = (await call('POST /api/v1/posts', 'odile', {
			text: 'Loyers',
			audience: 'network',
			subject: logement,
		})) as { id: string };
		const patch = (input: object) =>
			call('PATCH /api/v1/posts/[id]', 'odile', { text: 'Loyers', ...input }, id);
		const about = async () =>
			((await call('GET /api/v1/posts/[id]', 'odile', {}, id)) as { subject: { slug: string } | null })
				.subject;
		await patch({ subject: culture });
		expect(await about()).toMatchObject({ slug: 'culture' });
		await patch({});
		expect(await about()).toMatchObject({ slug: 'culture' });
		expect(await outcome(patch({ subject: idOf('no subject') }))).toBe('Invalid');
		await patch({ subject: '' });
		expect(await about()).toBeNull();
	});

	test('what is said elsewhere comes to who asked for it, with why and how far; not to the others', async () => {
		const id = await said(await as('fanny'), 'Loyers à Port-Brumel', {
			...to('network'),
			subject: await subjectAt('logement'),
		});
		await later(id);
		const found = async (who: Parameters<typeof as>[0]) => (await feedOf(who)).find((one) => one.id === id);
		await follow(await as('odile'), 'logement', { brings: '' });
		expect(await found('odile')).toBeUndefined();
		await showAtHome(await as('odile'), 'logement', true);
		expect(await found('odile')).toMatchObject({
			reason: 'subject',
			subject: { slug: 'logement' },
			far: { distance: 3, place: 'Région de la Côte-Sarvane' },
		});
		expect((await feedOf('odile')).filter((one) => one.reason !== 'subject').every(({ far }) => !far)).toBe(
			true,
		);
		await block('odile', 'fanny');
		expect(await found('odile')).toBeUndefined();
	});

	/** The home, page after page. */
	async function turned(limit: number) {
		const pages: { id: string; reason: string }[][] = [];
		let cursor: string | null = null;
		do {
			const input = { limit: String(limit), ...(cursor && { cursor }) };
			const page = (await call('GET /api/v1/feed', 'odile', input)) as {
				items: { id: string; reason: string }[];
				next: string | null;
			};
			pages.push(page.items);
			cursor = page.next;
		} while (cursor);
		return pages;
	}

	test('what comes from elsewhere is within the limit, and turning pages misses nothing and repeats nothing', async () => {
		const subject = await subjectAt('logement');
		await follow(await as('odile'), 'logement', { brings: '' });
		await showAtHome(await as('odile'), 'logement', true);
		const own: string[] = [];
		for (let n = 0; n < 23; n++) {
			own.push(await said(await as('samuel'), `Ici ${n}`));
			if (n % 4 === 1) await said(await as('noemie'), `Loin ${n}`, { ...to('network'), subject });
		}
		for (const limit of [1, 5, 6, 10, 50]) {
			const pages = await turned(limit);
			const got = pages.flat().map(({ id }) => id);
			const came = pages.flat().filter(({ reason }) => reason === 'subject').length;
			expect(Math.max(...pages.map(({ length }) => length))).toBe(Math.min(limit, got.length));
			expect(got).toEqual([...new Set(got)].toSorted().toReversed());
			expect(got.filter((id) => own.includes(id))).toEqual(own.toReversed());
			expect(came > 0).toBe(limit >= 5);
		}
	});
});
