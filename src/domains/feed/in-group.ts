import { circles } from '#domains/groups/index.ts';
import { read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { NameOf } from '#platform/text/markdown.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type Card, cards, namesIn } from './cards.ts';

/** What is said in a group: a page of it, and how much of it there was in a month. */
export interface Said {
	cards: Card[];
	next: string | null;
	nameOf: NameOf;
	/** Posts in thirty days: told to who does not read them too, before they come in. */
	pulse: number;
}

const size = 20;

/** Posts of a group that the viewer reads, newest first. A group they do not see gives nothing. */
export const inGroup = (viewer: Viewer, groupId: string, before: string | null = null): Promise<Said> =>
	read(viewer, async (tx) => {
		const rows = await cards(
			tx,
			viewer,
			sql`post.group_id = ${groupId}::uuid and post.deleted_at is null and post.undone_at is null
				${before ? sql`and post.id < ${before}::uuid` : sql``}`,
			size + 1,
		);
		const shown = rows.slice(0, size);
		const month = await tx.one<{
			n: number;
		}>(sql`select count(*)::int as n from feed.post join groups.circle on circle.id = post.group_id
			where post.group_id = ${groupId}::uuid and post.deleted_at is null and post.undone_at is null
				and post.publish_after between now() - interval '30 days' and now() and ${circles.see(viewer)}`);
		return {
			cards: shown,
			next: rows.length > size ? shown.at(-1)!.id : null,
			nameOf: await namesIn(
				tx,
				viewer,
				shown.map(({ text }) => text),
			),
			pulse: month?.n ?? 0,
		};
	});
