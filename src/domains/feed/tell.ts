import { type News, notify } from '#domains/notices/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import type { Listener } from '#platform/jobs.ts';
import { every, type Rule } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import { comments, posts } from './policy.ts';

const isPostSeen: Rule = (viewer) => sql`exists (select from feed.post where post.id = notice.place_id
	and post.deleted_at is null and ${posts.see(viewer)})`;
const isWordSeen: Rule = (
	viewer,
) => sql`(notice.subject_id = notice.place_id or exists (select from feed.comment
	where comment.id = notice.subject_id and comment.deleted_at is null and ${comments.see(viewer)}))`;
const isSeen = every(isPostSeen, isWordSeen);

/** A notice of the feed lives as long as its reader sees the words it speaks of. */
export const sights: Record<string, Rule> = {
	commented: isSeen,
	replied: isSeen,
	mentioned: isSeen,
	thanked: isSeen,
};

interface Commented {
	commentId: string;
	postId: string;
	byId: string;
}

/** Tells the author of the post, and who is answered; who the comment names is told of that. */
async function ofComment(tx: Tx, { commentId, postId, byId }: Commented): Promise<News[]> {
	const row = await tx.one<{
		author: string;
		unit_id: string | null;
		group_id: string | null;
		answered: string | null;
		answered_id: string | null;
		named: string[];
	}>(sql`
		select post.author_id as author, post.unit_id, post.group_id, answered.author_id as answered, answered.id as answered_id,
			array(select mention.person_id from feed.mention where mention.comment_id = comment.id) as named
		from feed.comment join feed.post on post.id = comment.post_id left join feed.comment as answered on answered.id = comment.reply_to_id
		where comment.id = ${commentId}::uuid and comment.deleted_at is null`);
	if (!row) return [];
	const untold = (id: string | null) => (id && !row.named.includes(id) ? [id] : []);
	const replied = untold(row.answered);
	const where = { placeId: postId, unitId: row.unit_id, groupId: row.group_id };
	return [
		{ type: 'replied', to: replied, byId, subjectId: row.answered_id, ...where },
		{
			type: 'commented',
			to: untold(row.author).filter((id) => !replied.includes(id)),
			byId,
			subjectId: postId,
			...where,
		},
	];
}

async function ofThanks(
	tx: Tx,
	{ kind, subjectId, byId }: { kind: 'post' | 'comment'; subjectId: string; byId: string },
): Promise<News[]> {
	const from =
		kind === 'post'
			? sql`select post.author_id, post.id as place, post.unit_id, post.group_id from feed.post where post.id = ${subjectId}::uuid`
			: sql`select comment.author_id, post.id as place, post.unit_id, post.group_id from feed.comment
				join feed.post on post.id = comment.post_id where comment.id = ${subjectId}::uuid`;
	const row = await tx.one<{
		author_id: string;
		place: string;
		unit_id: string | null;
		group_id: string | null;
	}>(from);
	const where = row && { placeId: row.place, unitId: row.unit_id, groupId: row.group_id };
	return row ? [{ type: 'thanked', to: [row.author_id], byId, subjectId, ...where }] : [];
}

interface Mentioned {
	postId: string;
	commentId: string | null;
	personId: string;
	byId: string;
}

async function ofMention(tx: Tx, { postId, commentId, personId, byId }: Mentioned): Promise<News[]> {
	const post = await tx.one<{ unitId: string | null; groupId: string | null }>(
		sql`select post.unit_id as "unitId", post.group_id as "groupId" from feed.post where post.id = ${postId}::uuid`,
	);
	return [
		{ type: 'mentioned', to: [personId], byId, subjectId: commentId ?? postId, placeId: postId, ...post },
	];
}

const told = (tell: (tx: Tx, event: never) => News[] | Promise<News[]>) => (event: never) =>
	asSystem('notices', async (tx) => {
		for (const news of await tell(tx, event)) await notify(tx, news);
	});

export const listeners: Listener<never>[] = [
	{ to: 'feed.commented', name: 'feed.tell_comment', hear: told(ofComment) },
	{ to: 'feed.thanked', name: 'feed.tell_thanks', hear: told(ofThanks) },
	{ to: 'feed.mentioned', name: 'feed.tell_mention', hear: told(ofMention) },
];
