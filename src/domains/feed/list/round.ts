import { viewerOfPerson } from '#domains/territory/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { enqueue, type JobDefinition, type Listener } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { sendListJob, sendWord, waitListJob } from './send.ts';
import type { Word } from './words-said.ts';

/** People written to in one transaction. */
export const batchSize = 50;

/** Begins to send words of a group to those of its people who asked for them; words said elsewhere are nobody's mail. */
const begin = ({ kind, id }: Word, postId: string) =>
	asSystem('feed', async (tx) => {
		const begun = await tx.run(sql`insert into feed.list_round (word_id, kind, circle_id)
			select ${id}::uuid, ${kind}, post.group_id from feed.post where post.id = ${postId}::uuid and post.group_id is not null
				and exists (select from feed.list_choice as choice where choice.circle_id = post.group_id and choice.mails)
			on conflict do nothing`);
		if (begun) await enqueue(tx, 'feed.list_round', { id });
	});

interface Round extends Word {
	groupId: string;
	after: string | null;
}

/** Sends to whoever is left, batch by batch: killed, it goes on where it was, and nobody is written to twice. */
export async function sendRound({ id }: { id: string }): Promise<void> {
	for (let more = true; more; ) more = await sendSome(id);
}

async function sendSome(id: string): Promise<boolean> {
	const next = await asSystem('feed', async (tx) => {
		const round = await roundOf(tx, id);
		return round && { round, people: await peopleAfter(tx, round) };
	});
	if (!next) return false;
	const { round, people } = next;
	// Who they are is read before the round is held: one connection at a time.
	const viewers: Viewer[] = [];
	for (const personId of people) viewers.push(await viewerOfPerson(personId, []));
	return asSystem('feed', async (tx) => {
		const held = await tx.one(sql`select from feed.list_round where list_round.word_id = ${id}::uuid
			and list_round.done_at is null and list_round.after is not distinct from ${round.after}::uuid for update`);
		if (!held) return true;
		for (const viewer of viewers) if (viewer.id) await sendWord(tx, viewer, round);
		const isLast = people.length < batchSize;
		await tx.run(sql`update feed.list_round set after = ${isLast ? null : people.at(-1)!}::uuid,
			done_at = case when ${isLast} then now() end where list_round.word_id = ${id}::uuid`);
		return !isLast;
	});
}

const roundOf = (tx: Tx, id: string) =>
	tx.one<Round>(sql`select list_round.word_id as id, list_round.kind, list_round.circle_id as "groupId", list_round.after
		from feed.list_round where list_round.word_id = ${id}::uuid and list_round.done_at is null`);

async function peopleAfter(tx: Tx, { groupId, after }: Round): Promise<string[]> {
	const rows = await tx.many<{ id: string }>(sql`select choice.person_id as id from feed.list_choice as choice
			join groups.seat on seat.person_id = choice.person_id and seat.circle_id = choice.circle_id
		where choice.circle_id = ${groupId}::uuid and choice.mails ${after ? sql`and choice.person_id > ${after}::uuid` : sql``}
		order by choice.person_id limit ${batchSize}`);
	return rows.map(({ id }) => id);
}

/** Who left receives nothing more; coming back, they choose again. */
const onLeft = ({ groupId, personId }: { groupId: string; personId: string }) =>
	asSystem('feed', async (tx) => {
		await tx.run(sql`update feed.list_choice set mails = false, at = now()
			where list_choice.person_id = ${personId}::uuid and list_choice.circle_id = ${groupId}::uuid and not exists (
				select from groups.seat where seat.person_id = list_choice.person_id and seat.circle_id = list_choice.circle_id)`);
	});

/** Two accounts were one person: what they receive follows. */
const onMerged = ({ fromId, intoId }: { fromId: string; intoId: string }) =>
	asSystem('feed', async (tx) => {
		await tx.run(sql`update feed.list_choice set person_id = ${intoId}::uuid where list_choice.person_id = ${fromId}::uuid
			and not exists (select from feed.list_choice as other where other.person_id = ${intoId}::uuid and other.circle_id = list_choice.circle_id)`);
		await tx.run(sql`delete from feed.list_choice where list_choice.person_id = ${fromId}::uuid`);
	});

export const listJobs: JobDefinition<never>[] = [
	{ name: 'feed.list_round', policy: 'house', batch: 10, work: sendRound } as JobDefinition<never>,
	sendListJob,
	waitListJob,
];

export const listListeners = [
	{
		to: 'feed.posted',
		name: 'feed.list_posted',
		hear: ({ postId }: { postId: string }) => begin({ kind: 'post', id: postId }, postId),
	},
	{
		to: 'feed.commented',
		name: 'feed.list_commented',
		hear: ({ commentId, postId }: { commentId: string; postId: string }) =>
			begin({ kind: 'comment', id: commentId }, postId),
	},
	{ to: 'groups.left', name: 'feed.list_left', hear: onLeft },
	{ to: 'people.merged', name: 'feed.list_merged', hear: onMerged },
] as Listener<never>[];
