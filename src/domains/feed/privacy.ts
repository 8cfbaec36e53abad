import type { Tx } from '#platform/db.ts';
import type { Privacy } from '#platform/domain.ts';
import { dropFile } from '#platform/files/keep.ts';
import { sql } from '#platform/sql.ts';
import { forgetName } from './forget-name.ts';

const day = 86_400_000;

/** What the feed keeps about people. Texts go with their author, their name with them from what others wrote; an answered comment leaves an empty place. */
export const privacy: Privacy = {
	tables: {
		'feed.post': {
			person: 'author_id',
			columns: ['author_id', 'text', 'folded', 'search', 'link_url', 'video_url', 'deleted_by'],
			kept: 'until removed',
			onErase: 'delete',
		},
		'feed.media': { person: null, columns: ['description'], kept: 'with its post', onErase: 'delete' },
		'feed.option': { person: null, columns: ['label'], kept: 'with its post', onErase: 'delete' },
		'feed.vote': {
			person: 'person_id',
			columns: ['person_id', 'option_id'],
			kept: 'with its poll',
			onErase: 'delete',
		},
		'feed.comment': {
			person: 'author_id',
			columns: ['author_id', 'text', 'deleted_by'],
			kept: 'until removed',
			onErase: 'anonymise',
		},
		'feed.thanks': {
			person: 'person_id',
			columns: ['person_id'],
			kept: 'until taken back',
			onErase: 'delete',
		},
		'feed.mention': { person: 'person_id', columns: ['person_id'], kept: 'with its post', onErase: 'delete' },
		'feed.heard': {
			person: 'person_id',
			columns: ['person_id'],
			kept: 'with its post, as long as both are friends',
			onErase: 'delete',
		},
		'feed.draft': {
			person: 'person_id',
			columns: ['person_id', 'text'],
			kept: '12 months',
			onErase: 'delete',
		},
		'feed.list_choice': {
			person: 'person_id',
			columns: ['person_id'],
			kept: 'until the person changes their mind; 1 year after they left the group',
			onErase: 'delete',
		},
		'feed.list_round': { person: null, columns: ['after'], kept: '30 days', onErase: 'keep' },
	},
	said: {
		'posts.audience': 'profiles.to_',
		'thanks.kind': 'privacy.is_',
		'drafts.place': null,
	},
	gather,
	erase,
	retain,
};

/** The name of a group, unless it is secret and one is no longer in it. */
const groupName = (group: string, person: string) =>
	`(select circle.name from groups.circle where circle.id = held.${group} and (circle.visibility <> 'secret' or exists (
		select from groups.seat where seat.circle_id = circle.id and seat.person_id = held.${person})))`;

async function gather(tx: Tx, personId: string): Promise<Record<string, unknown[]>> {
	const of = (table: string, column: string, columns: string) =>
		tx.many<unknown>(sql`
		select ${sql.raw(columns)} from ${sql.raw(table)} as held where held.${sql.raw(column)} = ${personId}::uuid`);
	return {
		posts: await of(
			'feed.post',
			'author_id',
			`id, audience, unit_id, (select unit.name from territory.unit where unit.id = held.unit_id) as unit, ${groupName('group_id', 'author_id')} as "group", text, link_url, video_url, published_at, edited_at, deleted_at`,
		),
		comments: await of('feed.comment', 'author_id', 'id, post_id, text, created_at, edited_at, deleted_at'),
		thanks: await of('feed.thanks', 'person_id', 'subject_id, kind, at'),
		// Not the option's words: they are their author's.
		votes: await of('feed.vote', 'person_id', 'post_id, option_id, voted_at'),
		mentions: await of('feed.mention', 'person_id', 'post_id, comment_id, at'),
		drafts: await of('feed.draft', 'person_id', 'place, text, saved_at'),
		list_choices: await of(
			'feed.list_choice',
			'person_id',
			`circle_id, ${groupName('circle_id', 'person_id')} as name, mails, at`,
		),
		media: await tx.many(sql`select media.post_id, media.file_id, media.description from feed.media
			join feed.post on post.id = media.post_id where post.author_id = ${personId}::uuid`),
		polls: await tx.many(sql`select option.post_id, option.label, option.votes from feed.option
			join feed.post on post.id = option.post_id where post.author_id = ${personId}::uuid order by option.post_id, option.position`),
	};
}

async function erase(tx: Tx, personId: string): Promise<void> {
	const files = await tx.many<{ file_id: string }>(sql`
		select media.file_id from feed.media join feed.post on post.id = media.post_id where post.author_id = ${personId}::uuid`);
	await forgetName(tx, personId);
	await uncount(tx, personId);
	await tx.run(sql`delete from feed.post where post.author_id = ${personId}::uuid`);
	await tx.run(sql`update feed.comment set text = '', deleted_at = coalesce(comment.deleted_at, now()),
		deleted_by = coalesce(comment.deleted_by, comment.author_id) where comment.author_id = ${personId}::uuid`);
	// What they removed of others stays removed, by moderation.
	await tx.run(sql`update feed.post set deleted_by = null where post.deleted_by = ${personId}::uuid`);
	await tx.run(
		sql`update feed.comment set deleted_by = null where comment.deleted_by = ${personId}::uuid and comment.author_id <> ${personId}::uuid`,
	);
	for (const table of ['vote', 'thanks', 'mention', 'heard', 'draft', 'list_choice']) {
		await tx.run(
			sql`delete from ${sql.raw(`feed.${table}`)} as held where held.person_id = ${personId}::uuid`,
		);
	}
	for (const { file_id } of files) await dropFile(tx, file_id);
}

// Kept counts follow what leaves.
async function uncount(tx: Tx, personId: string): Promise<void> {
	await tx.run(sql`update feed.post set comment_count = post.comment_count - gone.n from (
		select comment.post_id, count(*)::int as n from feed.comment
		where comment.author_id = ${personId}::uuid and comment.deleted_at is null group by comment.post_id) as gone where gone.post_id = post.id`);
	for (const kind of ['post', 'comment']) {
		await tx.run(sql`update ${sql.raw(`feed.${kind}`)} as thanked set thanks_count = thanked.thanks_count - 1
			from feed.thanks where thanks.subject_id = thanked.id and thanks.person_id = ${personId}::uuid`);
	}
	await uncountVotes(tx, personId);
}

/** Takes a person's answers out of the counts of the polls; the answers themselves are for the caller. */
export async function uncountVotes(tx: Tx, personId: string): Promise<void> {
	await tx.run(sql`update feed.option set votes = option.votes - 1 from feed.vote
		where vote.option_id = option.id and vote.person_id = ${personId}::uuid`);
	await tx.run(sql`update feed.poll set voters = poll.voters - 1
		where exists (select from feed.vote where vote.post_id = poll.post_id and vote.person_id = ${personId}::uuid)`);
}

/** Words removed for thirty days are forgotten, with their files; drafts and lists of groups that one left after a year; files of a refused post after seven days. */
async function retain(tx: Tx, now: Date, dry: boolean): Promise<Record<string, number>> {
	const month = new Date(now.getTime() - 30 * day);
	const rules = {
		'feed.post': sql`(held.deleted_at < ${month} or held.undone_at < ${month})`,
		'feed.comment': sql`held.deleted_at < ${month} and held.text <> ''`,
		'feed.list_choice': sql`not held.mails and held.at < ${new Date(now.getTime() - 365 * day)} and not exists (select from groups.seat
			where seat.person_id = held.person_id and seat.circle_id = held.circle_id)`,
		'feed.list_round': sql`held.at < ${month}`,
		// The subjects can no longer be told apart.
		'feed.merged_post': sql`not exists (select from groups.subject_merge where subject_merge.id = held.merge_id
			and subject_merge.until > ${new Date(now.getTime() - day)})`,
		'feed.draft': sql`held.saved_at < ${new Date(now.getTime() - 365 * day)}`,
	};
	const waiting = await tx.many<{ id: string }>(sql`
		select file.id from platform.file where file.holder = 'feed.draft' and file.created_at < ${new Date(now.getTime() - 7 * day)}`);
	const found: Record<string, number> = { 'platform.file': waiting.length };
	for (const [table, rule] of Object.entries(rules)) {
		const row = await tx.one<{ n: number }>(
			sql`select count(*)::int as n from ${sql.raw(table)} as held where ${rule}`,
		);
		found[table] = row!.n;
	}
	if (dry) return found;
	const files = await tx.many<{ file_id: string }>(sql`
		select media.file_id from feed.media join feed.post as held on held.id = media.post_id where ${rules['feed.post']}`);
	await tx.run(sql`delete from feed.post as held where ${rules['feed.post']}`);
	await tx.run(sql`update feed.comment as held set text = '' where ${rules['feed.comment']}`);
	for (const table of ['feed.draft', 'feed.list_choice', 'feed.list_round', 'feed.merged_post'] as const)
		await tx.run(sql`delete from ${sql.raw(table)} as held where ${rules[table]}`);
	for (const { file_id } of files) await dropFile(tx, file_id);
	for (const { id } of waiting) await dropFile(tx, id);
	return found;
}
