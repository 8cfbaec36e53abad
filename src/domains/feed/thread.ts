import { read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { list, sql } from '#platform/sql.ts';
import type { NameOf } from '#platform/text/markdown.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type Card, cards, namesIn } from './cards.ts';
import { draftOf } from './draft.ts';
import { comments } from './policy.ts';

/** A comment as its reader sees it; the words of a removed one are gone, its place stays. */
export interface Comment {
	id: string;
	author: { id: string; name: string };
	/** Written by the viewer. */
	mine: boolean;
	threadId: string | null;
	/** Who is answered, when it is not who opened the thread. */
	replyTo: string | null;
	text: string;
	at: Date;
	editedAt: Date | null;
	/** Who removed it, if somebody did. */
	removed: 'author' | 'moderation' | null;
	thanksCount: number;
	thanked: boolean;
	may: Record<'see' | 'reply' | 'thank' | 'edit' | 'remove' | 'restore', boolean>;
}

/** The last words under a post, for its card. */
export interface Preview {
	id: string;
	postId: string;
	author: { id: string; name: string };
	text: string;
	at: Date;
}

/** A post, its comments, and where the next ones begin. */
export interface Thread {
	card: Card;
	comments: Comment[];
	next: string | null;
	nameOf: NameOf;
	draft: string;
}

const threadsPerPage = 30;
const repliesPerPage = 200;

/** The last two comments of each post that has some, oldest first; none of who is muted. */
export async function previews(
	tx: Tx,
	viewer: Viewer,
	shown: { id: string; commentCount: number }[],
): Promise<Map<string, Preview[]>> {
	const ids = shown.filter(({ commentCount }) => commentCount > 0).map(({ id }) => id);
	if (!ids.length) return new Map();
	const rows = await tx.many<Preview>(sql`
		select last.id, last.post_id as "postId", last.text, last.created_at as at,
			jsonb_build_object('id', author.id, 'name', author.name) as author
		from unnest(${list(ids, 'uuid')}) as shown(id) cross join lateral (
			select * from feed.comment where comment.post_id = shown.id and comment.deleted_at is null and ${comments.see(viewer)}
				and not exists (select from safety.mute where mute.person_id = ${viewer.id}::uuid and mute.muted_id = comment.author_id)
			order by comment.id desc limit 2) as last
		join people.person as author on author.id = last.author_id order by last.id`);
	return Map.groupBy(rows, ({ postId }) => postId);
}

/** A post with its comments, oldest first, by thread. Throws NotFound. */
export const thread = (viewer: Viewer, postId: string, after: string | null = null): Promise<Thread> =>
	read(viewer, async (tx) => {
		const [card] = await cards(tx, viewer, sql`post.id = ${postId}::uuid`, 1);
		if (!card) throw notFound();
		const opening = await rows(
			tx,
			viewer,
			sql`comment.post_id = ${postId}::uuid and comment.thread_id is null
			and comment.id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid`,
			threadsPerPage + 1,
		);
		const page = opening.slice(0, threadsPerPage);
		const ids = page.map(({ id }) => id);
		const replies = ids.length
			? await rows(tx, viewer, sql`comment.thread_id = any (${list(ids, 'uuid')})`, repliesPerPage)
			: [];
		const shown = page.flatMap((one) => [one, ...replies.filter(({ threadId }) => threadId === one.id)]);
		return {
			card,
			comments: shown,
			next: opening.length > threadsPerPage ? (ids.at(-1) ?? null) : null,
			nameOf: await namesIn(tx, viewer, [card.text, ...shown.map(({ text }) => text)]),
			draft: await draftOf(tx, viewer, `post:${postId}`),
		};
	});

const rows = (tx: Tx, viewer: Viewer, where: ReturnType<typeof sql>, limit: number) =>
	tx.many<Comment>(sql`
	select comment.id, jsonb_build_object('id', author.id, 'name', author.name) as author,
		comment.author_id = ${viewer.id}::uuid as mine, comment.thread_id as "threadId",
		case when comment.reply_to_id <> comment.thread_id then (select answered.name from feed.comment as answer
			join people.person as answered on answered.id = answer.author_id where answer.id = comment.reply_to_id) end as "replyTo",
		case when comment.deleted_at is null then comment.text else '' end as text, comment.created_at as at,
		comment.edited_at as "editedAt",
		case when comment.deleted_at is null then null when comment.deleted_by = comment.author_id then 'author' else 'moderation' end as removed,
		comment.thanks_count as "thanksCount",
		exists (select from feed.thanks where thanks.person_id = ${viewer.id}::uuid and thanks.subject_id = comment.id) as thanked,
		${comments.may(viewer)}
	from feed.comment join people.person as author on author.id = comment.author_id
	where ${where} and ${comments.see(viewer)} order by comment.id limit ${limit}`);
