import * as v from 'valibot';
import { record } from '#platform/audit.ts';
import { type Tx, write } from '#platform/db.ts';
import { invalid, invalidField } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { idText } from '#platform/text/typed.ts';
import type { Viewer } from '#platform/viewer.ts';
import { dropDraft } from './draft.ts';
import { namedIds, writtenText } from './input.ts';
import { keepWithin } from './limits.ts';
import { named } from './named.ts';
import { heardBy } from './place.ts';
import { comments, posts } from './policy.ts';
import { noteMentions } from './post.ts';
import { personalProblems } from './publish.ts';

const words = v.pipe(writtenText, v.minLength(1, 'feed.comment_needed'));
export const CommentForm = v.object({
	text: words,
	/** The comment answered; absent, the post is. */
	reply_to: v.optional(v.union([v.literal(''), idText], 'app.invalid_value'), ''),
	personal_ok: v.optional(v.string()),
	named: namedIds,
});
export const EditCommentForm = v.object({
	id: idText,
	text: words,
	personal_ok: v.optional(v.string()),
	named: namedIds,
});

function refusePersonal(text: string, accepted: string | undefined): void {
	const problems = accepted ? [] : personalProblems(text);
	if (problems.length) throw invalid(problems);
}

/** `elsewhere`: not sent by the page of the post (a program, a letter), whose draft stays. */
type Answer = v.InferInput<typeof CommentForm> & { elsewhere?: true };

/** Answers a post, or one of its comments: threads have one level, and say who is answered. Gives the comment's id. */
export const comment = (
	viewer: Viewer,
	postId: string,
	{ text: typed, reply_to, personal_ok, named: chosen, elsewhere }: Answer,
) =>
	write(viewer, async (tx) => {
		await posts.guard(tx, viewer, 'comment', postId);
		if (reply_to) await mayReply(tx, viewer, reply_to);
		refusePersonal(typed, personal_ok);
		const text = await named(tx, viewer, typed, chosen);
		await keepWithin(tx, viewer, 'comment');
		const id = await insertComment(tx, {
			authorId: viewer.id!,
			postId,
			replyTo: reply_to || null,
			text,
			at: new Date(),
		});
		if (!elsewhere) await dropDraft(tx, viewer, `post:${postId}`);
		const said = await tx.one<{ audience: string; unitId: string | null; groupId: string | null }>(
			sql`select ${heardBy} as audience, post.unit_id as "unitId", post.group_id as "groupId" from feed.post where post.id = ${postId}::uuid`,
		);
		await announce(tx, 'feed.commented', { commentId: id, postId, byId: viewer.id, asUnitId: null, ...said });
		for (const personId of await noteMentions(tx, postId, id, text)) {
			await announce(tx, 'feed.mentioned', { postId, commentId: id, personId, byId: viewer.id });
		}
		return id;
	});

// The words answered went meanwhile: those of the answer stay at their field, where they may still be said to the post.
const mayReply = (tx: Tx, viewer: Viewer, id: string) =>
	comments.guard(tx, viewer, 'reply', id).catch((refusal: Error) => {
		throw refusal.name === 'Forbidden' ? invalidField('text', 'feed.reply_gone') : refusal;
	});

interface NewComment {
	authorId: string;
	postId: string;
	replyTo: string | null;
	text: string;
	at: Date;
}

/** Writes a comment and counts it; the answered one must be under the same post, else Invalid. */
export async function insertComment(
	tx: Tx,
	{ authorId, postId, replyTo, text, at }: NewComment,
): Promise<string> {
	const id = newId(at.getTime());
	const written = await tx.run(sql`
		insert into feed.comment (id, post_id, author_id, thread_id, reply_to_id, text, created_at)
		select ${id}::uuid, post.id, ${authorId}::uuid, coalesce(answered.thread_id, answered.id), answered.id, ${text}, ${at}
		from feed.post left join feed.comment as answered on answered.id = ${replyTo}::uuid and answered.post_id = post.id
		where post.id = ${postId}::uuid and (${replyTo}::uuid is null or answered.id is not null)`);
	if (!written) throw invalidField('reply_to', 'feed.reply_elsewhere');
	await tx.run(
		sql`update feed.post set comment_count = post.comment_count + 1 where post.id = ${postId}::uuid`,
	);
	return id;
}

// The post first, then the comment, as answering does: two gestures that meet never wait for each other.
const holdPostOf = (tx: Tx, id: string) =>
	tx.run(sql`select from feed.post
		where post.id = (select comment.post_id from feed.comment where comment.id = ${id}::uuid) for update`);

/** Corrects one's own comment; it then says so. */
export const editComment = (
	viewer: Viewer,
	{ id, text: typed, personal_ok, named: chosen }: v.InferInput<typeof EditCommentForm>,
) =>
	write(viewer, async (tx) => {
		await holdPostOf(tx, id);
		await comments.guard(tx, viewer, 'edit', id);
		refusePersonal(typed, personal_ok);
		const text = await named(tx, viewer, typed, chosen);
		const row = await tx.one<{ post_id: string }>(sql`
			update feed.comment set text = ${text}, edited_at = now() where comment.id = ${id}::uuid returning post_id`);
		for (const personId of await noteMentions(tx, row!.post_id, id, text)) {
			await announce(tx, 'feed.mentioned', {
				postId: row!.post_id,
				commentId: id,
				personId,
				byId: viewer.id,
			});
		}
	});

/** Removes a comment: a trace stays in its place. By a moderator, it is audited. */
export const removeComment = (viewer: Viewer, id: string) =>
	write(viewer, async (tx) => {
		await holdPostOf(tx, id);
		await comments.guard(tx, viewer, 'remove', id);
		const row = (await tx.one<{ post_id: string; author_id: string }>(sql`
			update feed.comment set deleted_at = now(), deleted_by = ${viewer.id}::uuid where comment.id = ${id}::uuid
			returning post_id, author_id`))!;
		await tx.run(
			sql`update feed.post set comment_count = post.comment_count - 1 where post.id = ${row.post_id}::uuid`,
		);
		if (row.author_id !== viewer.id) {
			await record(tx, { actorId: viewer.id, act: 'feed.remove_comment', subject: 'comment', subjectId: id });
		}
	});

/** Brings back the comment one has just removed. */
export const restoreComment = (viewer: Viewer, id: string) =>
	write(viewer, async (tx) => {
		await holdPostOf(tx, id);
		await comments.guard(tx, viewer, 'restore', id).catch((refusal: Error) => {
			throw refusal.name === 'Forbidden' ? invalidField('', 'feed.too_late') : refusal;
		});
		const row = (await tx.one<{ post_id: string }>(sql`
			update feed.comment set deleted_at = null, deleted_by = null where comment.id = ${id}::uuid returning post_id`))!;
		await tx.run(
			sql`update feed.post set comment_count = post.comment_count + 1 where post.id = ${row.post_id}::uuid`,
		);
	});
