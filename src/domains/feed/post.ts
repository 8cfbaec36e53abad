import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { enqueue } from '#platform/jobs.ts';
import { list, sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import { mentionedIn, plainText } from '#platform/text/markdown.ts';
import { type Arrived, attach } from './media.ts';
import type { Audience } from './policy.ts';

/** A post about to be written. */
export interface NewPost {
	authorId: string;
	asUnitId: string | null;
	unitId: string | null;
	/** With the audience of a group. */
	groupId?: string | null;
	subjectId?: string | null;
	audience: Audience;
	text: string;
	linkUrl?: string | null;
	videoUrl?: string | null;
	at: Date;
	/** When the others see it and are told. */
	publishAfter: Date;
	/** Nobody is told: seeds and imports. */
	silent?: boolean;
	poll?: { labels: string[]; several: boolean; endsAt: Date } | null;
}

/** What the search reads of a text: plain words, folded. */
export const searched = (text: string) => fold(plainText(text)).slice(0, 20_000);

/** Writes a post with its pictures, poll and mentions; who listens is told once the seconds to undo are over. */
export async function insertPost(tx: Tx, post: NewPost, arrived: Arrived[] = []): Promise<string> {
	const id = newId(post.at.getTime());
	await tx.run(sql`
		insert into feed.post (id, author_id, as_unit_id, unit_id, group_id, subject_id, audience, text, link_url, video_url, published_at, publish_after, folded)
		values (${id}, ${post.authorId}, ${post.asUnitId}::uuid, ${post.unitId}::uuid, ${post.groupId ?? null}::uuid, ${post.subjectId ?? null}::uuid,
			${post.audience}, ${post.text},
			${post.linkUrl ?? null}, ${post.videoUrl ?? null}, ${post.at}, ${post.publishAfter}, ${searched(post.text)})`);
	if (post.poll) await openPoll(tx, id, post.poll);
	await attach(tx, post.authorId, id, arrived);
	await noteMentions(tx, id, null, post.text);
	if (!post.silent) await enqueue(tx, 'feed.announce', { postId: id }, { startAfter: post.publishAfter });
	return id;
}

async function openPoll(
	tx: Tx,
	postId: string,
	{ labels, several, endsAt }: NonNullable<NewPost['poll']>,
): Promise<void> {
	await tx.run(
		sql`insert into feed.poll (post_id, several, ends_at) values (${postId}, ${several}, ${endsAt})`,
	);
	for (const [position, label] of labels.entries()) {
		await tx.run(
			sql`insert into feed.option (id, post_id, position, label) values (${newId()}, ${postId}, ${position}, ${label})`,
		);
	}
}

/** Keeps who a text names; gives the ids of people named for the first time. */
export async function noteMentions(
	tx: Tx,
	postId: string,
	commentId: string | null,
	text: string,
): Promise<string[]> {
	const named = mentionedIn(text).slice(0, 20);
	if (!named.length) return [];
	const rows = await tx.many<{ person_id: string }>(sql`
		insert into feed.mention (person_id, post_id, comment_id)
		select person.id, ${postId}::uuid, ${commentId}::uuid from people.person
		where person.id = any (${list(named, 'uuid')}) and person.confirmed_at is not null and person.erased_at is null
		on conflict do nothing returning person_id`);
	return rows.map(({ person_id }) => person_id);
}
