import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem, counters, read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { comment } from './comment.ts';
import { home, pageOf, postsOf } from './home.ts';
import { findPosts } from './search.ts';
import { publishAs } from './seed.ts';
import { befriend, block, feedStage, hide, said, to } from './stage.fixture.ts';

feedStage();

const day = 86_400_000;
const seed = (
	author: string,
	unit: string | null,
	text: string,
	daysAgo: number,
	audience: 'unit' | 'network' | 'members' | 'friends' = 'unit',
) =>
	asSystem('test', (tx) =>
		publishAs(tx, {
			authorId: idOf(author),
			unitId: unit && idOf(unit),
			audience,
			text,
			at: new Date(Date.now() - daysAgo * day),
		}),
	);
const texts = async (who: Parameters<typeof as>[0], view?: string) =>
	(await home(await as(who), view)).cards.map(({ text, reason }) => `${reason} ${text}`);

// Seventy more: a friend says one in three, between friends.
const many = Array.from(
	{ length: 70 },
	(_, at) => (n: number) =>
		at % 3
			? seed('samuel', 'villebrume', `many ${n}`, 20 + n)
			: seed('fanny', null, `many ${n}`, 20 + n, 'friends'),
);

beforeAll(async () => {
	await befriend('odile', 'fanny');
	await seed('sabrina', 'national', 'national', 1);
	await seed('leontine', 'orsande', 'region', 2, 'network');
	await seed('yamina', 'valdorsande', 'federation', 3);
	await seed('samuel', 'villebrume', 'section', 4);
	await seed('fanny', 'pontsarvan', 'from a friend', 5, 'network');
	await seed('fanny', null, 'between friends', 6, 'friends');
	await seed('fanny', 'pontsarvan', 'for her section alone', 7);
	await seed('driss', 'hautsarvan', 'elsewhere', 8);
	await seed('tidiane', 'pontsarvan', `@[Odile](person:${idOf('odile')}) named`, 9, 'network');
	await seed('odile', 'villebrume', 'mine', 10);
	await seed('samuel', 'villebrume', 'members only', 11, 'members');
});

describe('the home feed', () => {
	test('goes by date, over one’s units, those above, friends and mentions, and says why', async () => {
		expect(await texts('odile')).toEqual([
			'unit national',
			'unit region',
			'unit federation',
			'unit section',
			'friend from a friend',
			'friend between friends',
			expect.stringMatching(/^mention .*named$/),
			'own mine',
			'unit members only',
		]);
	});

	test('gives a sympathiser what is theirs, and ends', async () => {
		const { cards, next } = await home(await as('mathis'));
		expect(cards.map(({ text }) => text)).toEqual(['national', 'region', 'federation', 'section', 'mine']);
		expect(next).toBeNull();
	});

	test('has scopes: a level, friends; a level that is not one’s own does not exist', async () => {
		expect(await texts('odile', 'section-de-villebrume')).toEqual([
			'unit section',
			'unit mine',
			'unit members only',
		]);
		expect(await texts('odile', 'amis')).toEqual(['friend from a friend', 'friend between friends']);
		expect(await outcome(home(await as('odile'), 'section-de-montclairval'))).toBe('NotFound');
	});

	test('leaves out who is blocked, muted or hidden, from the page and from the search', async () => {
		const gerard = await as('gerard');
		expect((await findPosts(gerard, 'sections')).map(({ text }) => text)).toEqual(['section']);
		await block('gerard', 'samuel');
		await asSystem('test', (tx) =>
			tx.run(
				sql`insert into safety.mute (person_id, muted_id) values (${idOf('gerard')}, ${idOf('leontine')})`,
			),
		);
		const id = await said(await as('odile'), 'à cacher', to('network'));
		await hide('post', id);
		expect((await texts('gerard')).map((text) => text.split(' ').slice(1).join(' '))).toEqual([
			'national',
			'federation',
			'mine',
		]);
		expect(await findPosts(gerard, 'section')).toEqual([]);
		expect(await findPosts(gerard, 'cacher')).toEqual([]);
	});

	test('turns its pages without a hole nor a double, in as many queries whatever is there', async () => {
		const before = counters.queries;
		await home(await as('odile'));
		const few = counters.queries - before;
		for (const [n, seedOne] of many.entries()) await seedOne(n);
		const post = (await home(await as('odile'))).cards.find(({ mayAnswer }) => mayAnswer);
		await comment(await as('odile'), post!.id, { text: 'Bien', reply_to: '' });
		const start = counters.queries;
		const odile = await as('odile');
		const seen: string[] = [];
		let cursor: string | null = null;
		let pages = 0;
		do {
			const page: Awaited<ReturnType<typeof pageOf>> = await read(odile, (tx) =>
				pageOf(tx, odile, { kind: 'all' }, cursor),
			);
			seen.push(...page.cards.map(({ id }) => id));
			cursor = page.next;
			pages++;
		} while (cursor);
		expect(seen).toHaveLength(80);
		expect(seen).toEqual([...new Set(seen)].toSorted().toReversed());
		expect((counters.queries - start) / pages).toBeLessThanOrEqual(4);
		const again = counters.queries;
		await home(await as('odile'));
		expect(counters.queries - again).toBeLessThanOrEqual(Math.min(12, few + 2));
	});
});

test('a person’s posts are those the reader may see', async () => {
	const listed = async (who: Parameters<typeof as>[0]) =>
		(await postsOf(await as(who), idOf('fanny'))).cards
			.map(({ text }) => text)
			.filter((text) => !text.startsWith('many'));
	expect(await listed('odile')).toEqual(['from a friend', 'between friends']);
	expect(await listed('mathis')).toEqual(['from a friend']);
	expect(await listed('visitor')).toEqual([]);
});
