import { isApartFrom } from '#domains/safety/index.ts';
import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { comments, posts } from '../policy.ts';

/** A post or a comment, as a round or a mail names it. */
export interface Word {
	kind: 'post' | 'comment';
	id: string;
}

/** What was said in a group, as one of its people receives it. */
export interface WordsSaid {
	authorId: string;
	author: string;
	groupId: string;
	group: string;
	postId: string;
	postText: string;
	/** The comment answered. */
	answeredId: string | null;
	text: string;
	/** Pictures, a poll, files: what a mail does not carry. */
	hasMore: boolean;
	/** Of the reader's place in the group. */
	key: string;
}

const wordRow = ({ kind, id }: Word, viewer: Viewer) =>
	kind === 'post'
		? {
				from: sql`feed.post`,
				said: sql`post.author_id`,
				where: sql`post.id = ${id}::uuid`,
				answered: sql`null::uuid`,
				text: sql`post.text`,
				more: sql`(post.link_url is not null or post.video_url is not null or exists (select from feed.media where media.post_id = post.id)
					or exists (select from feed.poll where poll.post_id = post.id))`,
			}
		: {
				from: sql`feed.comment join feed.post on post.id = comment.post_id`,
				said: sql`comment.author_id`,
				where: sql`comment.id = ${id}::uuid and comment.deleted_at is null and ${comments.see(viewer)}`,
				answered: sql`comment.reply_to_id`,
				text: sql`comment.text`,
				more: sql`false`,
			};

/**
 * Words of a group for one of its people; undefined when they did not ask for them, are not of it, wrote them, or may not read them
 * now: gone, hidden, said by somebody they are apart from or do not hear.
 */
export function wordsSaid(tx: Tx, viewer: Viewer, word: Word): Promise<WordsSaid | undefined> {
	const { from, said, where, answered, text, more } = wordRow(word, viewer);
	return tx.one<WordsSaid>(sql`select author.id as "authorId", author.name as author, circle.id as "groupId", circle.name as "group",
			post.id as "postId", post.text as "postText", ${answered} as "answeredId", ${text} as text, ${more} as "hasMore", choice.key
		from ${from} join groups.circle on circle.id = post.group_id
			join groups.seat on seat.circle_id = circle.id and seat.person_id = ${viewer.id}::uuid
			join feed.list_choice as choice on choice.circle_id = circle.id and choice.person_id = seat.person_id and choice.mails
			join people.person as author on author.id = ${said} and author.erased_at is null
		where ${where} and author.id <> ${viewer.id}::uuid and post.deleted_at is null and post.undone_at is null
			and post.publish_after <= now() and ${posts.see(viewer)} and ${isApartFrom(sql`author.id`)(viewer)}
			and not exists (select from safety.mute where mute.person_id = ${viewer.id}::uuid and mute.muted_id = author.id)`);
}
