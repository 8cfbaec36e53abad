import { slowedUntil } from '#domains/safety/index.ts';
import type { Tx } from '#platform/db.ts';
import { Refusal } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';

const day = 86_400_000;
/** What a sympathiser of less than thirty days may write in a day. */
export const newcomerLimits = { post: 3, comment: 20 } as const;

/** What somebody writes in a day while a decision of the moderators slows them down. */
export const slowedLimits = { post: 1, comment: 5 } as const;
type Kind = keyof typeof newcomerLimits;
/** What is said to a newcomer, then to somebody slowed down. */
const sentences = {
	post: ['feed.too_many_posts', 'feed.slowed_posts'],
	comment: ['feed.too_many_comments', 'feed.slowed_comments'],
} as const;

/**
 * Slows down whom a decision says, and who has just arrived as a sympathiser, before their words are known. Counted in the
 * transaction that writes, one at a time for a person, so that two tabs do not pass together. Throws TooMany with a sentence.
 */
export async function keepWithin(tx: Tx, viewer: Viewer, kind: Kind): Promise<void> {
	const until = await slowedUntil(tx, viewer.id!);
	if (!until && viewer.standing !== 'sympathiser') return;
	await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`feed ${viewer.id}`}, 0))`);
	const { written, isNew } = await writtenToday(tx, viewer, kind);
	const n = until ? slowedLimits[kind] : newcomerLimits[kind];
	if (written < n || !(until || isNew)) return;
	const key = sentences[kind][until ? 1 : 0];
	throw new Refusal('TooMany', [{ field: 'text', key, args: { n, ...(until && { days: daysTo(until) }) } }]);
}

const daysTo = (until: Date) => Math.ceil((until.getTime() - Date.now()) / day);

async function writtenToday(tx: Tx, viewer: Viewer, kind: Kind) {
	const table = sql.raw(`feed.${kind}`);
	return (await tx.one<{ written: number; isNew: boolean }>(sql`
		select (select count(*)::int from ${table} as written
			where written.author_id = ${viewer.id}::uuid and written.id > ${firstIdOf(Date.now() - day)}::uuid) as written,
			(viewer.created_at > now() - interval '30 days') as "isNew"
		from people.person as viewer where viewer.id = ${viewer.id}::uuid`))!;
}

// Ids sort by time: the smallest one of an instant bounds a day without another index.
const firstIdOf = (at: number) => `${newId(at).slice(0, 14)}7000-8000-000000000000`;
