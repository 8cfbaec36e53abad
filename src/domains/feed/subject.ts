import type { Tx } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';

/**
 * Refuses a subject that a post may not be about: only those on the list, and the one it is about already. Held until the post is
 * written: a subject that is being merged takes nothing any more. Throws Invalid at `subject`.
 */
export async function checkSubject(
	tx: Tx,
	id: string | undefined,
	before: string | null = null,
): Promise<void> {
	if (!id || id === before) return;
	const stands = await tx.one(
		sql`select 1 as yes from groups.subject where subject.id = ${id}::uuid and subject.retired_at is null for share`,
	);
	if (!stands) throw invalidField('subject', 'feed.subject_unknown');
}
