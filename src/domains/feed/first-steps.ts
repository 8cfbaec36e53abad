import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';

/** The first three things to do, and which are done. */
export interface Steps {
	hello: boolean;
	photo: boolean;
}

/** What a newcomer of less than thirty days has yet to do; null once it is done, or for older accounts. */
export async function firstSteps(tx: Tx, viewer: Viewer): Promise<Steps | null> {
	const row = await tx.one<Steps>(sql`
		select person.photo_id is not null as photo,
			exists (select from feed.post where post.author_id = person.id and post.deleted_at is null and post.undone_at is null)
				or exists (select from feed.comment where comment.author_id = person.id) as hello
		from people.person where person.id = ${viewer.id}::uuid and person.created_at > now() - interval '30 days'`);
	return row && !(row.hello && row.photo) ? row : null;
}
