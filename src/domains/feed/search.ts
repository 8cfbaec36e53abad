import { readByValues } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import { excerpt } from '#platform/text/markdown.ts';
import type { Viewer } from '#platform/viewer.ts';
import { cards } from './cards.ts';

/** A post found: who says it, where, and its first words. */
export interface Found {
	id: string;
	name: string;
	unit: string | null;
	text: string;
	at: Date;
}

/** The newest posts that hold these words (French stems, accents ignored), among those the viewer sees. */
export async function findPosts(viewer: Viewer, q: string, limit = 10): Promise<Found[]> {
	const words = fold(q.slice(0, 200));
	if (!words) return [];
	const rows = await readByValues(viewer, (tx) =>
		cards(
			tx,
			viewer,
			sql`post.search @@ websearch_to_tsquery('french', ${words})
		and post.deleted_at is null and post.undone_at is null`,
			limit,
		),
	);
	return rows.map(({ id, as, author, unit, text, publishedAt }) => ({
		id,
		name: as?.name ?? author.name,
		unit: unit?.name ?? null,
		text: excerpt(text, 160),
		at: publishedAt,
	}));
}
