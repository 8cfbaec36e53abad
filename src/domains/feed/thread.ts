import { read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
import type { NameOf } from '#platform/text/markdown.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type Author, authorJson, type Card, cards, namesIn } from './cards.ts';
import { draftOf } from './draft.ts';
import { comments } from './policy.ts';

/** A comment as its reader sees it; the words of a removed one are gone, its place stays. */
export interface Comment {
	id: string;
	author: Author;
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
	author: Author;
	text: string;
	at: Date;
}

/** A post, its comments, and where the next ones begin. */
export interface Thread {
	card: Card;
	/** Nothing comes before this page. */
	isFirst: boolean;
	/** What opened the thread in the midst of which this page begins: read already, shown again. */
	within: Comment | null;
	comments: Comment[];
	next: string | null;
	nameOf: NameOf;
	draft: string;
}

const threadsPerPage = 30;
const answersPerPage = 200;

/** The last two comments of each of these posts that has some, oldest first; none of who is muted. */
export async function previews(tx: Tx, viewer: Viewer, ids: string[]): Promise<Map<string, Preview[]>> {
	if (!ids.length) return new Map();
	const rows = await tx.many<Preview>(sql`
		select last.id, last.post_id as "postId", last.text, last.created_at as at,
			${authorJson} as author
		from unnest(${list(ids, 'uuid')}) as shown(id) cross join lateral (
			select * from feed.comment where comment.post_id = shown.id and comment.deleted_at is null and ${comments.see(viewer)}
				and not exists (select from safety.mute where mute.person_id = ${viewer.id}::uuid and mute.muted_id = comment.author_id)
			order by comment.id desc limit 2) as last
		join people.person as author on author.id = last.author_id order by last.id`);
	return Map.groupBy(rows, ({ postId }) => postId);
}

/** Where a page of comments stopped: after a thread, or after one of its answers. */
interface Place {
	threadId: string;
	answerId: string | null;
}

/** Reads a place back: `<thread>`, or `<thread>.<answer>`. Anything else is null, the beginning. */
export function placeIn(cursor: string | null): Place | null {
	const [threadId, answerId = null, ...more] = cursor?.split('.') ?? [];
	const isPlace = isId(threadId) && (answerId === null || isId(answerId)) && !more.length;
	return isPlace ? { threadId, answerId } : null;
}

const zero = '00000000-0000-0000-0000-000000000000';

/**
 * Comments as one reads them, thread after thread, from a place on: thirty threads at most, and two hundred answers. What does
 * not hold begins the next page, be it in the midst of a thread.
 */
async function discussion(tx: Tx, viewer: Viewer, postId: string, from: Place | null) {
	const { threadId, answerId } = from ?? { threadId: zero, answerId: null };
	const since = answerId ? sql`comment.id >= ${threadId}::uuid` : sql`comment.id > ${threadId}::uuid`;
	const opening = await rows(
		tx,
		viewer,
		sql`comment.post_id = ${postId}::uuid and comment.thread_id is null and ${since}`,
		sql`comment.id`,
		threadsPerPage + 1,
	);
	const threads = opening.slice(0, threadsPerPage);
	const answers = threads.length
		? await rows(
				tx,
				viewer,
				sql`comment.thread_id = any (${list(
					threads.map(({ id }) => id),
					'uuid',
				)}) and (comment.thread_id, comment.id) > (${threadId}::uuid, ${answerId ?? zero}::uuid)`,
				sql`comment.thread_id, comment.id`,
				answersPerPage + 1,
			)
		: [];
	const last = answers.length > answersPerPage ? answers[answersPerPage - 1]! : null;
	const shown = threads
		.filter(({ id }) => !last || id <= last.threadId!)
		.flatMap((one) => [
			one,
			...answers.slice(0, answersPerPage).filter((answer) => answer.threadId === one.id),
		]);
	const within = answerId && shown[0]?.id === threadId ? shown.shift()! : null;
	const end = opening.length > threadsPerPage ? threads.at(-1)!.id : null;
	return { within, comments: shown, next: last ? `${last.threadId}.${last.id}` : end };
}

/** The place just before a comment, so that a page begins with it; null for the first one, and for what is not of this post. */
async function placeBefore(tx: Tx, postId: string, commentId: string): Promise<Place | null> {
	const sought = await tx.one<Place>(sql`
		select coalesce(comment.thread_id, comment.id) as "threadId", case when comment.thread_id is not null then comment.id end as "answerId"
		from feed.comment where comment.id = ${commentId}::uuid and comment.post_id = ${postId}::uuid`);
	if (!sought) return null;
	const last = async (where: Sql) =>
		(
			await tx.one<{ id: string }>(sql`select comment.id from feed.comment
				where comment.post_id = ${postId}::uuid and ${where} order by comment.id desc limit 1`)
		)?.id ?? null;
	const { threadId, answerId } = sought;
	const answer =
		answerId && (await last(sql`comment.thread_id = ${threadId}::uuid and comment.id < ${answerId}::uuid`));
	if (answer) return { threadId, answerId: answer };
	const opening = await last(sql`comment.thread_id is null and comment.id < ${threadId}::uuid`);
	return opening ? { threadId: opening, answerId: null } : null;
}

/** Where a page begins: after what was read, or with the comment that is sought if the first page does not show it. */
interface From {
	after?: string | null;
	sought?: string | null;
}

/** A post with its comments, oldest first, by thread. Throws NotFound. */
export const thread = (viewer: Viewer, postId: string, { after = null, sought = null }: From = {}) =>
	read(viewer, async (tx): Promise<Thread> => {
		const [card] = await cards(tx, viewer, sql`post.id = ${postId}::uuid`, 1);
		if (!card) throw notFound();
		let place = placeIn(after);
		let page = await discussion(tx, viewer, postId, place);
		if (isId(sought) && !page.comments.some(({ id }) => id === sought)) {
			place = await placeBefore(tx, postId, sought);
			page = await discussion(tx, viewer, postId, place);
		}
		const texts = [page.within, ...page.comments].map((one) => one?.text ?? '');
		return {
			card,
			...page,
			isFirst: !place,
			nameOf: await namesIn(tx, viewer, [card.text, ...texts]),
			draft: await draftOf(tx, viewer, `post:${postId}`),
		};
	});

const rows = (tx: Tx, viewer: Viewer, where: Sql, order: Sql, limit: number) =>
	tx.many<Comment>(sql`
	select comment.id, ${authorJson} as author,
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
	where ${where} and ${comments.see(viewer)} order by ${order} limit ${limit}`);
