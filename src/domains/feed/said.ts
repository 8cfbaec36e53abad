import { read } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { comments, posts } from './policy.ts';

/** Words that somebody reports or judges, as this viewer reads them. */
export interface Said {
	kind: 'post' | 'comment';
	id: string;
	postId: string;
	author: { id: string; name: string };
	/** Who wrote the post. */
	hostId: string;
	unitId: string | null;
	text: string;
	at: Date;
}

/** A post or a comment that the viewer sees. Throws NotFound. */
export const said = (viewer: Viewer, kind: 'post' | 'comment', id: string): Promise<Said> =>
	read(viewer, async (tx) => {
		const author = sql`jsonb_build_object('id', author.id, 'name', author.name) as author`;
		const row = await tx.one<Said>(
			kind === 'post'
				? sql`select 'post' as kind, post.id, post.id as "postId", ${author}, post.author_id as "hostId", post.unit_id as "unitId",
						post.text, post.published_at as at
					from feed.post join people.person as author on author.id = post.author_id
					where post.id = ${id}::uuid and post.deleted_at is null and ${posts.see(viewer)}`
				: sql`select 'comment' as kind, comment.id, post.id as "postId", ${author}, post.author_id as "hostId", post.unit_id as "unitId",
						comment.text, comment.created_at as at
					from feed.comment join feed.post on post.id = comment.post_id join people.person as author on author.id = comment.author_id
					where comment.id = ${id}::uuid and comment.deleted_at is null and ${comments.see(viewer)}`,
		);
		if (!row) throw notFound();
		return row;
	});
