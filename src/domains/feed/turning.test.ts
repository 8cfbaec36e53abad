import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { forgetSettings, saveSetting } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { home, postsOf } from './home.ts';
import type { Audience } from './policy.ts';
import { publishAs } from './seed.ts';
import { befriend, feedStage, hide, said } from './stage.fixture.ts';

feedStage();

const noon = Date.now() - 3_600_000;
/** So many posts of somebody, all at one instant. */
const seed = (
	author: CastName,
	n: number,
	at = noon,
	unit: string | null = 'villebrume',
	audience: Audience = 'unit',
) =>
	asSystem('test', async (tx) => {
		const ids: string[] = [];
		for (let k = 0; k < n; k++)
			ids.push(
				await publishAs(tx, {
					authorId: idOf(author),
					unitId: unit && idOf(unit),
					audience,
					text: `${author} numéro ${k}.`,
					at: new Date(at),
				}),
			);
		return ids;
	});
/** Every post that turning the pages shows, and how many pages it took. */
async function turned(
	next: (before: string | null) => Promise<{ cards: { id: string }[]; next: string | null }>,
) {
	const ids: string[] = [];
	let pages = 0;
	for (let before: string | null = null; pages === 0 || before; pages++) {
		const page = await next(before);
		ids.push(...page.cards.map(({ id }) => id));
		before = page.next;
		if (pages > 20) throw new Error('the feed never ends');
	}
	return { ids, pages };
}
const homeOf = async (who: CastName, view: string | null = null) => {
	const viewer = await as(who);
	return turned((before) => home(viewer, view, before));
};
beforeEach(() =>
	scene(
		...['feed.post', 'feed.draft', 'safety.mute', 'safety.block', 'safety.hidden', 'friends.link'].map(
			(table) => sql`delete from ${sql.raw(table)}`,
		),
		sql`update people.person set created_at = '2025-01-01'`,
	),
);
const newestFirst = (ids: string[]) => ids.toSorted().toReversed();

describe('turning the pages', () => {
	test('posts of one same instant are each shown once, in the feed, in a level and on a person’s page', async () => {
		const ids = await seed('odile', 45, noon, 'villebrume', 'network');
		expect(await homeOf('mathis')).toEqual({ ids: newestFirst(ids), pages: 3 });
		expect((await homeOf('mathis', 'section-de-villebrume')).ids).toEqual(newestFirst(ids));
		const fanny = await as('fanny');
		expect(await turned((before) => postsOf(fanny, idOf('odile'), before))).toEqual({
			ids: newestFirst(ids),
			pages: 3,
		});
	});

	test('exactly one page has no next one', async () => {
		await seed('odile', 20);
		expect(await homeOf('mathis')).toMatchObject({ pages: 1 });
	});

	test('what is said while one reads comes to the first page, and shifts nothing on the others', async () => {
		const ids = await seed('odile', 30);
		const mathis = await as('mathis');
		const first = await home(mathis);
		await seed('samuel', 5, Date.now());
		const second = await home(mathis, null, first.next);
		expect([...first.cards, ...second.cards].map(({ id }) => id)).toEqual(newestFirst(ids));
	});

	test('what is removed while one reads leaves no hole: the last one shown may even be gone', async () => {
		const ids = newestFirst(await seed('odile', 30));
		const mathis = await as('mathis');
		const first = await home(mathis);
		await scene(sql`update feed.post set deleted_at = now() where post.id = ${first.next}`);
		expect((await home(mathis, null, first.next)).cards.map(({ id }) => id)).toEqual(ids.slice(20));
	});

	test('eighty posts of somebody muted hide nobody else’s: one page further, they are there', async () => {
		const [old] = await seed('samuel', 1, noon - 1000);
		await seed('odile', 80);
		await scene(
			sql`insert into safety.mute (person_id, muted_id) values (${idOf('mathis')}, ${idOf('odile')})`,
		);
		expect((await homeOf('mathis')).ids).toEqual([old]);
		const mathis = await browser('mathis');
		const { main, html } = await mathis.get('/fil');
		expect(main).not.toContain('Rien ici pour l’instant');
		expect(main).not.toContain('Tu es à jour.');
		const next = /href="(\/fil\?avant=[^"]+)"/.exec(html)![1]!;
		expect((await mathis.get(next)).main).toContain('samuel numéro 0.');
	});

	test('many hidden by moderation, the page is still full', async () => {
		const ids = newestFirst(await seed('odile', 40));
		for (const id of ids.slice(0, 30)) await hide('post', id);
		expect((await home(await as('mathis'))).cards.map(({ id }) => id)).toEqual(ids.slice(30));
	});

	test('somebody’s posts for a unit are not on their own page, nor what they removed', async () => {
		await seed('samuel', 1);
		await said(await as('samuel'), 'La section parle', { as: idOf('villebrume') });
		const [gone] = await seed('samuel', 1);
		await scene(sql`update feed.post set deleted_at = now() where post.id = ${gone!}`);
		expect((await postsOf(await as('odile'), idOf('samuel'))).cards).toHaveLength(1);
		expect((await postsOf(await as('samuel'), idOf('samuel'))).cards).toHaveLength(1);
	});
});

describe('the scopes', () => {
	beforeEach(async () => {
		await befriend('odile', 'fanny');
		await seed('samuel', 1, noon, 'villebrume');
		await seed('yamina', 1, noon, 'valdorsande');
		await seed('leontine', 1, noon, 'orsande', 'network');
		await seed('sabrina', 1, noon, 'national', 'public');
		await seed('fanny', 1, noon, null, 'friends');
		await seed('driss', 1, noon, 'hautsarvan', 'network');
	});
	const authors = async (view: string) =>
		(await home(await as('odile'), view)).cards.map(({ author }) => author.name.split(' ')[0]).toSorted();

	test.each([
		['tout', ['Fanny', 'Léontine', 'Sabrina', 'Samuel', 'Yamina']],
		['amis', ['Fanny']],
		['section-de-villebrume', ['Samuel']],
		['federation-du-val-d-orsande', ['Yamina']],
		['region-des-hautes-orsandes', ['Léontine']],
		['bureau-national', ['Sabrina']],
	])('%s shows that level alone', async (view, expected) => {
		expect(await authors(view)).toEqual(expected);
	});

	test.each([
		'federation-du-littoral-sarvan',
		'section-de-montclairval',
		'TOUT',
		'amis ',
		'../fil',
		'x'.repeat(5000),
	])('%s is no level of hers', async (view) => {
		expect(await outcome(home(await as('odile'), view))).toBe('NotFound');
	});

	test('each filter keeps its place when the page turns, and the way back to its beginning', async () => {
		await seed('samuel', 25, noon - 5000);
		const odile = await browser('odile');
		const { html } = await odile.get('/fil?vue=section-de-villebrume');
		const next = /href="(\/fil\?vue=section-de-villebrume&(?:amp;)?avant=[^"]+)"/
			.exec(html)![1]!
			.replace('&amp;', '&');
		const second = await odile.get(next);
		expect(second.html).toContain('href="/fil?vue=section-de-villebrume"');
		expect(second.main).toContain('Tu es à jour.');
		expect(second.main).not.toContain('Yamina');
	});
});

describe('why one sees it', () => {
	let odile: Browser;
	beforeAll(async () => {
		odile = await browser('odile');
	});
	const why = async () =>
		[
			...(await odile.get('/fil')).main.matchAll(
				/(?:Tu vois|Vous voyez|You see) (?:ce|this) message (?:parce qu|because )[^.]*\./g,
			),
		].map(([sentence]) => sentence);

	test('the strongest reason alone: one’s own, then a name, then the place, then a friend', async () => {
		await befriend('odile', 'samuel');
		await seed('samuel', 1, noon - 4000, 'villebrume', 'network');
		expect(await why()).toEqual([expect.stringContaining('Section de Villebrume')]);
		await seed('samuel', 1, noon - 3000, null, 'friends');
		await said(await as('samuel'), 'Avec @Odile Fabrègat');
		await seed('odile', 1, Date.now() + 1000);
		expect((await why()).map((sentence) => sentence.replace(/.*parce que? ?/, ''))).toEqual([
			expect.stringContaining('écrit'),
			expect.stringContaining('nomme'),
			expect.stringContaining('Samuel Oudraine est parmi'),
			expect.stringContaining('Section de Villebrume'),
		]);
	});

	const addressedBy = async (address: 'tu' | 'vous') => {
		const organisation = { name: 'La Rive commune', colour: '#00616c', address };
		await asSystem('test', (tx) => saveSetting(tx, 'organisation', organisation, null));
		forgetSettings();
	};

	test('is said as the organisation addresses people', async () => {
		await seed('odile', 1);
		await addressedBy('vous');
		expect(await why()).toEqual(['Vous voyez ce message parce que vous l’avez écrit.']);
		expect((await odile.get('/fil')).main).toContain('Vous êtes à jour.');
		await addressedBy('tu');
		expect(await why()).toEqual(['Tu vois ce message parce que tu l’as écrit.']);
	});

	test('and in English for who reads English', async () => {
		await seed('odile', 1);
		await scene(sql`update people.person set language = 'en' where person.id = ${idOf('odile')}`);
		expect(await why()).toEqual(['You see this message because you wrote it.']);
		await scene(sql`update people.person set language = 'fr' where person.id = ${idOf('odile')}`);
	});
});
