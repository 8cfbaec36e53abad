import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { operations } from '#registry.ts';
import { browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { outcome } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { answers, block, conversation, hide, mathis, odile, said, samuel } from './stage.fixture.ts';
import { placeIn, thread } from './thread.ts';

conversation();
// Who came long ago writes as often as they like.
beforeAll(() =>
	scene(sql`update people.person set created_at = '2025-01-01' where person.id = ${idOf('mathis')}`),
);

/** Answers come by hundreds under one comment, a minute ago, all at once. */
const crowd = (post: string, threadId: string, count: number, word: string) =>
	asSystem('test', (tx) =>
		tx.run(sql`insert into feed.comment (id, post_id, author_id, thread_id, reply_to_id, text)
			select uuidv7(interval '-1 minute'), ${post}::uuid, ${idOf('samuel')}::uuid, ${threadId}::uuid, ${threadId}::uuid, ${word} || ' ' || n || '.'
			from generate_series(1, ${count}::int) as n`),
	);
const numbered = (word: string, count: number) =>
	Array.from({ length: count }, (_, n) => `${word} ${n + 1}.`);

/** A post with three threads, the second of 450 answers. */
async function longOne() {
	const post = await said(odile, 'Qui vient samedi ?');
	const opened: string[] = [];
	for (const text of ['Début', 'Milieu', 'Fin']) opened.push(await answers(mathis, post, text));
	await crowd(post, opened[0]!, 3, 'avant');
	await crowd(post, opened[1]!, 450, 'pendant');
	await crowd(post, opened[2]!, 3, 'après');
	return { post, opened };
}

async function pagesOf(post: string, who = odile) {
	const pages: Awaited<ReturnType<typeof thread>>[] = [];
	for (let after: string | null = null; !pages.length || after; after = pages.at(-1)!.next)
		pages.push(await thread(who, post, { after }));
	return pages;
}

describe('a thread of hundreds of answers', () => {
	test('is read to its end, page after page, each word once and thread after thread', async () => {
		const { post, opened } = await longOne();
		const pages = await pagesOf(post);
		const read = pages.flatMap(({ comments }) => comments);
		expect(pages.length).toBe(3);
		expect(Math.max(...pages.map(({ comments }) => comments.length))).toBeLessThanOrEqual(230);
		expect(read.map(({ text }) => text).toSorted()).toEqual(
			[
				'Début',
				'Milieu',
				'Fin',
				...numbered('avant', 3),
				...numbered('pendant', 450),
				...numbered('après', 3),
			].toSorted(),
		);
		const order = read.map(({ id, threadId }) => opened.indexOf(threadId ?? id));
		expect(order).toEqual(order.toSorted());
		expect(pages.map(({ within }) => within?.text ?? null)).toEqual([null, 'Milieu', 'Milieu']);
	});

	test('on the page, a plain link leads on, and says again what is being answered', async () => {
		const { post } = await longOne();
		const reader = await browser('odile');
		const read = new Set<string>();
		let path: string | undefined = `/publications/${post}`;
		for (let n = 0; path && n < 9; n++) {
			const page = await reader.get(path);
			for (const [words] of page.main.matchAll(/(avant|pendant|après) \d+\./g)) read.add(words);
			expect(page.main.includes('La discussion continue')).toBe(n > 0);
			if (n) expect(page.main).toContain('Milieu');
			const next = /href="(\?apres=[^"#]+)#commentaires"/.exec(page.html)?.[1];
			path = next && `/publications/${post}${next}`;
		}
		expect(read.size).toBe(456);
	});

	test('a program follows its cursor to the end; another cursor is refused', async () => {
		const { post } = await longOne();
		const list = operations['GET /api/v1/posts/[id]/comments']!;
		const ids: string[] = [];
		for (let cursor: string | null | undefined; cursor !== null; ) {
			const page = (await list.act(odile, { cursor }, { id: post })) as {
				items: { id: string }[];
				next: string | null;
			};
			ids.push(...page.items.map(({ id }) => id));
			cursor = page.next;
		}
		expect([ids.length, new Set(ids).size]).toEqual([459, 459]);
		const id = idOf('x');
		expect([placeIn(`${id}.${id}`), placeIn(id)]).toEqual([
			{ threadId: id, answerId: id },
			{ threadId: id, answerId: null },
		]);
		for (const none of ['', 'hier', `${id}.`, `.${id}`, `${id}.hier`, `${id}.${id}.${id}`])
			expect([none, placeIn(none)]).toEqual([none, null]);
	});

	test('whose opening is hidden, or by somebody kept apart, gives none of its answers to a cursor', async () => {
		const { post, opened } = await longOne();
		const inTheMidst = (await thread(odile, post)).next!;
		expect(placeIn(inTheMidst)!.threadId).toBe(opened[1]);
		await hide('comment', opened[1]!);
		const { within, comments } = await thread(odile, post, { after: inTheMidst });
		expect([within, comments.length]).toEqual([null, 4]);
		await block('samuel', 'mathis');
		expect((await thread(samuel, post, { after: inTheMidst })).comments).toEqual([]);
		await asSystem('test', (tx) => tx.run(sql`delete from safety.block`));
	});

	test('under a post one does not see, is not there at all', async () => {
		const { post } = await longOne();
		const { next } = await thread(odile, post);
		expect(await outcome(thread({ ...odile, id: idOf('ines'), units: [] }, post, { after: next }))).toBe(
			'NotFound',
		);
	});

	test('a place in it leads nowhere under another post', async () => {
		const { post } = await longOne();
		const { next } = await thread(odile, post);
		const other = await said(odile, 'Autre chose');
		const early = await answers(mathis, other, 'Ailleurs');
		const page = await thread(odile, other, { after: next });
		expect(page.within).toBeNull();
		expect(page.comments.map(({ id }) => id)).toEqual([early]);
	});
});

describe('the address of a comment', () => {
	test('leads to it wherever it stands: an answer in the midst, a thread at the end, and the first page as it is', async () => {
		const { post, opened } = await longOne();
		const late = await answers(mathis, post, 'Tout au bout');
		const pages = await pagesOf(post);
		const deep = pages[1]!.comments[100]!;
		const sought = async (id: string) => thread(odile, post, { sought: id });
		expect(await sought(deep.id)).toMatchObject({
			isFirst: false,
			within: { id: opened[1] },
			comments: expect.arrayContaining([expect.objectContaining({ id: deep.id })]),
		});
		expect((await sought(deep.id)).comments[0]!.id).toBe(deep.id);
		expect((await sought(late)).comments.map(({ id }) => id)).toEqual([late]);
		expect(await sought(opened[0]!)).toMatchObject({ isFirst: true, next: pages[0]!.next });
		expect(await sought(idOf('nowhere'))).toMatchObject({ isFirst: true, next: pages[0]!.next });
	});

	test('is where one’s own words are shown once sent, with a way back to the start', async () => {
		const { post, opened } = await longOne();
		const writer = await browser('mathis');
		const page = await writer.through(`/publications/${post}?/comment`, {
			text: 'Me voilà',
			reply_to: opened[1]!,
		});
		expect(page.main).toContain('Me voilà');
		expect(page.main).toContain('Depuis le début');
	});

	test('leads nowhere under another post, which is read from its start', async () => {
		const other = await said(odile, 'Autre chose');
		const early = await answers(mathis, other, 'Ailleurs');
		const { opened } = await longOne();
		const page = await thread(odile, other, { sought: opened[2]! });
		expect(page.comments.map(({ id }) => id)).toEqual([early]);
	});
});
