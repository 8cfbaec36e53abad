import { beforeEach, expect, test } from 'vitest';
import { publishAs } from '#domains/feed/index.ts';
import { asSystem, counters } from '#platform/db.ts';
import type { DigestReader } from '#platform/domain.ts';
import { deliver } from '#platform/mail/jobs.ts';
import { sql } from '#platform/sql.ts';
import { domains } from '#registry.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { declareDigest } from './digest.ts';
import { gatherMail } from './gather.ts';
import { make } from './jobs.ts';
import { sending } from './mail-one.ts';

stage();

const house = <T>(work: Parameters<typeof asSystem<T>>[1]) => asSystem('test', work);
const sources = domains.flatMap(({ digest }) => digest ?? []);
/** For whom the week was looked through, each time. */
let looked: (string | null)[] = [];
const first = async (_: unknown, { viewer }: DigestReader) => {
	looked.push(viewer.id);
	return [];
};
const readers = ['odile', 'mathis', 'lucien'] as const satisfies CastName[];

beforeEach(async () => {
	looked = [];
	declareDigest([first, ...sources]);
	await house(async (tx) => {
		for (const table of ['notices.round', 'feed.post', 'platform.mail'])
			await tx.run(sql`delete from ${sql.raw(table)}`);
		for (let n = 0; n < 6; n++)
			await publishAs(tx, {
				...{
					authorId: idOf('samuel'),
					asUnitId: null,
					unitId: idOf('villebrume'),
					audience: 'unit' as const,
				},
				...{ text: `Réunion ${n} mardi`, at: new Date() },
			});
	});
});

/** The mails of the week of these people, from the round to the post office; gives how many left, and the questions asked. */
async function friday(names: readonly CastName[]): Promise<{ left: number; queries: number }> {
	const rounds = names.map((name) => ({ personId: idOf(name), day: '2026-12-04', kind: 'weekly' as const }));
	for (const { personId, day, kind } of rounds)
		await house((tx) =>
			tx.run(sql`insert into notices.round (person_id, day, kind) values (${personId}, ${day}, ${kind})`),
		);
	const before = counters.queries;
	for (const round of rounds) await gatherMail(round);
	const waiting = await house((tx) => tx.many<{ id: string }>(sql`select id from platform.mail`));
	let left = 0;
	const post = { send: async () => (left++, { outcome: 'sent' as const }), close: () => {} };
	for (const { id } of waiting) await deliver(id, post, null, { job: sending, make });
	return { left, queries: counters.queries - before };
}

test('the week is looked through once for each reader', async () => {
	expect((await friday(readers)).left).toBe(3);
	expect(looked).toEqual(readers.map(idOf));
});

test('a reader costs the same number of questions, however many there are', async () => {
	await friday(['odile']);
	await house((tx) => tx.run(sql`delete from notices.round`));
	await house((tx) => tx.run(sql`delete from platform.mail`));
	const one = await friday(['odile']);
	await house((tx) => tx.run(sql`delete from notices.round`));
	await house((tx) => tx.run(sql`delete from platform.mail`));
	const three = await friday(readers);
	expect(three).toEqual({ left: 3, queries: (one.queries - 1) * 3 + 1 });
	expect(one.queries).toBeLessThanOrEqual(23);
});
