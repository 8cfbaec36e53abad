import type { Tx } from '#platform/db.ts';
import { Refusal } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';

const day = 86_400_000;
/** What a sympathiser of less than thirty days may write in a day. */
export const newcomerLimits = { post: 3, comment: 20 } as const;

/**
 * Slows down who has just arrived as a sympathiser, before their words are known. Counted in the transaction that
 * writes, one at a time for a person, so that two tabs do not pass together. Throws TooMany with a sentence.
 */
export async function keepWithin(tx: Tx, viewer: Viewer, kind: keyof typeof newcomerLimits): Promise<void> {
	if (viewer.standing !== 'sympathiser') return;
	const table = sql.raw(`feed.${kind}`);
	await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`feed ${viewer.id}`}, 0))`);
	const row = await tx.one<{ written: number }>(sql`
		select (select count(*)::int from ${table} as written
			where written.author_id = ${viewer.id}::uuid and written.id > ${firstIdOf(Date.now() - day)}::uuid) as written
		from people.person where person.id = ${viewer.id}::uuid and person.created_at > now() - interval '30 days'`);
	const most = newcomerLimits[kind];
	if (row && row.written >= most) {
		const key = kind === 'post' ? 'feed.too_many_posts' : 'feed.too_many_comments';
		throw new Refusal('TooMany', [{ field: 'text', key, args: { n: most } }]);
	}
}

// Ids sort by time: the smallest one of an instant bounds a day without another index.
const firstIdOf = (at: number) => `${newId(at).slice(0, 14)}7000-8000-000000000000`;
