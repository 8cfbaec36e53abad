import { holdMerge, type Merge, undoneOf } from '#domains/groups/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import type { Listener } from '#platform/jobs.ts';
import { list, sql } from '#platform/sql.ts';
import { uncountVotes } from './privacy.ts';

/** Two accounts were one person: their words and thanks follow; of two answers to one poll, the kept account's holds. */
const onMerged = ({ fromId, intoId }: { fromId: string; intoId: string }) =>
	asSystem('feed', async (tx) => {
		for (const table of ['post', 'comment']) {
			await tx.run(
				sql`update ${sql.raw(`feed.${table}`)} as written set author_id = ${intoId}::uuid where written.author_id = ${fromId}::uuid`,
			);
			await tx.run(
				sql`update ${sql.raw(`feed.${table}`)} as removed set deleted_by = ${intoId}::uuid where removed.deleted_by = ${fromId}::uuid`,
			);
		}
		await tx.run(sql`update feed.mention set person_id = ${intoId}::uuid where mention.person_id = ${fromId}::uuid and not exists (
			select from feed.mention as other where other.person_id = ${intoId}::uuid and other.post_id = mention.post_id)`);
		await moveThanks(tx, fromId, intoId);
		await moveVotes(tx, fromId, intoId);
		await uncountVotes(tx, fromId);
		for (const table of ['vote', 'mention', 'draft']) {
			await tx.run(
				sql`delete from ${sql.raw(`feed.${table}`)} as held where held.person_id = ${fromId}::uuid`,
			);
		}
	});

/** An answer that only the account left gave is the kept one's; the counts stay. */
const moveVotes = (tx: Tx, fromId: string, intoId: string) =>
	tx.run(sql`update feed.vote set person_id = ${intoId}::uuid where vote.person_id = ${fromId}::uuid and not exists (
		select from feed.vote as other where other.person_id = ${intoId}::uuid and other.post_id = vote.post_id)`);

async function moveThanks(tx: Tx, fromId: string, intoId: string): Promise<void> {
	await tx.run(sql`update feed.thanks set person_id = ${intoId}::uuid where thanks.person_id = ${fromId}::uuid and not exists (
		select from feed.thanks as other where other.person_id = ${intoId}::uuid and other.subject_id = thanks.subject_id)`);
	const twice = await tx.many<{ kind: string; subject_id: string }>(sql`
		delete from feed.thanks where thanks.person_id = ${fromId}::uuid returning kind, subject_id`);
	for (const { kind, subject_id } of twice) {
		await tx.run(sql`update ${sql.raw(kind === 'post' ? 'feed.post' : 'feed.comment')} as thanked
			set thanks_count = thanked.thanks_count - 1 where thanked.id = ${subject_id}::uuid`);
	}
}

/** Posts moved in one transaction. */
const batchSize = 2000;

/** Two subjects became one: what was said of the one is about the other. Stopped, it goes on where it was; undone, it moves no more. */
async function onSubjectMerged({ mergeId, fromId, intoId }: Merge): Promise<void> {
	for (let n = batchSize; n === batchSize; ) {
		n = await asSystem('feed', async (tx) => {
			if (mergeId && !(await holdMerge(tx, mergeId))) return 0;
			const moved = await tx.many<{
				id: string;
			}>(sql`update feed.post set subject_id = ${intoId}::uuid where post.id in (
				select moved.id from feed.post as moved where moved.subject_id = ${fromId}::uuid limit ${batchSize}) returning post.id`);
			if (mergeId)
				await tx.run(sql`insert into feed.merged_post (merge_id, post_id)
					select ${mergeId}::uuid, moved.id from unnest(${idsOf(moved)}) as moved (id) on conflict do nothing`);
			return moved.length;
		});
	}
}

const idsOf = (rows: { id: string }[]) =>
	list(
		rows.map(({ id }) => id),
		'uuid',
	);

/**
 * Two subjects are told apart again: what was said of the one is about it, unless its author said otherwise since. When the other was
 * told apart from a third one too, that goes first: the jobs of the two come in any order.
 */
async function onSubjectParted(
	{ mergeId, fromId, intoId }: Required<Merge>,
	begun = new Set<string>(),
): Promise<void> {
	begun.add(mergeId);
	for (const later of await asSystem('feed', (tx) => undoneOf(tx, intoId)))
		if (!begun.has(later.mergeId)) await onSubjectParted(later, begun);
	for (let n = batchSize; n === batchSize; ) {
		n = await asSystem('feed', async (tx) => {
			const back = await tx.many<{ id: string }>(sql`delete from feed.merged_post
				where merged_post.merge_id = ${mergeId}::uuid and merged_post.post_id in (select next.post_id from feed.merged_post as next
					where next.merge_id = ${mergeId}::uuid limit ${batchSize}) returning merged_post.post_id as id`);
			await tx.run(sql`update feed.post set subject_id = ${fromId}::uuid
				where post.id = any (${idsOf(back)}) and post.subject_id = ${intoId}::uuid`);
			return back.length;
		});
	}
}

export const merging = [
	{ to: 'people.merged', name: 'feed.on_merged', hear: onMerged },
	{ to: 'groups.subject_merged', name: 'feed.on_subject_merged', hear: onSubjectMerged },
	{
		to: 'groups.subject_parted',
		name: 'feed.on_subject_parted',
		hear: (merge: Required<Merge>) => onSubjectParted(merge),
	},
] as Listener<never>[];
