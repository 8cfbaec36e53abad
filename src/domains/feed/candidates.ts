import type { Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { cards } from './cards.ts';
import type { Found } from './from-afar.ts';
import { type Candidate, candidateOf, type Scope, skeleton } from './skeleton.ts';

/** What may enter a page of this scope, newest first; nothing from afar. */
export async function candidatesOf(
	tx: Tx,
	viewer: Viewer,
	scope: Scope,
	before: string | null,
	wanted: number,
): Promise<{ own: Candidate[]; far: Found[] }> {
	const rows = await tx.many<{ id: string; rank: number }>(skeleton(viewer, scope, before, wanted));
	return { own: rows.flatMap(candidateOf), far: [] };
}

/** Those of these posts that the viewer reads, newest first, each with why it is there; nothing of whom they muted. */
export async function seenAmong(tx: Tx, viewer: Viewer, candidates: Candidate[], limit: number) {
	if (!candidates.length) return [];
	const reason = new Map(candidates.map((one) => [one.id, one.reason]));
	const rows = await cards(
		tx,
		viewer,
		sql`post.id = any (${list([...reason.keys()], 'uuid')}) and post.deleted_at is null
		and (post.as_unit_id is not null or exists (select from safety.mute
			where mute.person_id = ${viewer.id}::uuid and mute.muted_id = post.author_id) = false)`,
		limit,
	);
	return rows.map((card) => ({ ...card, reason: reason.get(card.id)! }));
}
