import { notifyMany } from '#domains/notices/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import type { Listener } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { tellAfterSeconds } from './keep.ts';
import { holdMerge, undoneOf } from './merge.ts';
import { giveGroupsBack, type Merge, moveGroups } from './move.ts';

/** Secret groups come too. Who followed the one follows the other, as they followed it; their own line there is theirs already. */
const onMerged = ({ mergeId, fromId, intoId }: Merge) =>
	asSystem('groups', async (tx) => {
		if (mergeId && !(await holdMerge(tx, mergeId))) return;
		await moveGroups(tx, { mergeId, fromId, intoId });
		if (mergeId) await keepFollowers(tx, mergeId, fromId, intoId);
		await tx.run(sql`insert into groups.follow (person_id, subject_id, brings, shown, home_id, in_feed, at)
			select moved.person_id, ${intoId}::uuid, moved.brings, moved.shown, moved.home_id, moved.in_feed, moved.at
			from groups.follow as moved where moved.subject_id = ${fromId}::uuid on conflict do nothing`);
		await tx.run(sql`delete from groups.follow where follow.subject_id = ${fromId}::uuid`);
	});

const keepFollowers = (tx: Tx, mergeId: string, fromId: string, intoId: string) =>
	tx.run(sql`insert into groups.merge_follow (merge_id, person_id, had_both, brings, shown, home_id, in_feed, at)
		select ${mergeId}::uuid, moved.person_id, exists (select from groups.follow as other
				where other.person_id = moved.person_id and other.subject_id = ${intoId}::uuid),
			moved.brings, moved.shown, moved.home_id, moved.in_feed, moved.at
		from groups.follow as moved where moved.subject_id = ${fromId}::uuid on conflict do nothing`);

const keptFollowers = (mergeId: string) =>
	sql`select merge_follow.person_id from groups.merge_follow where merge_follow.merge_id = ${mergeId}::uuid`;

/** Undone meanwhile, nobody is told. */
export const tellMerged = ({ mergeId }: { mergeId: string }) =>
	asSystem('groups', async (tx) => {
		const one = await tx.one<{
			intoId: string;
		}>(sql`select subject_merge.into_id as "intoId" from groups.subject_merge
			where subject_merge.id = ${mergeId}::uuid and subject_merge.undone_at is null`);
		if (one)
			await notifyMany(
				tx,
				{ type: 'subject_merged', subjectId: one.intoId },
				{ people: keptFollowers(mergeId) },
			);
	});

/**
 * Two subjects are told apart again: who followed the one follows it as they did, or as they said since; who stopped following
 * what it had become follows neither. Those who had been told of the merge are told.
 */
async function onParted(merge: Required<Merge>, begun = new Set<string>()): Promise<void> {
	begun.add(merge.mergeId);
	// The jobs of two undoings come in any order: what the other had become goes first.
	for (const later of await asSystem('groups', (tx) => undoneOf(tx, merge.intoId)))
		if (!begun.has(later.mergeId)) await onParted(later, begun);
	await giveBack(merge);
}

const giveBack = ({ mergeId, fromId, intoId }: Required<Merge>) =>
	asSystem('groups', async (tx) => {
		await giveGroupsBack(tx, { mergeId, fromId, intoId });
		const told =
			await tx.one(sql`select 1 as told from groups.subject_merge where subject_merge.id = ${mergeId}::uuid
			and subject_merge.undone_at > subject_merge.at + make_interval(secs => ${tellAfterSeconds}::int)`);
		await tx.run(sql`delete from groups.merge_follow where merge_follow.merge_id = ${mergeId}::uuid and not exists (
			select from groups.follow where follow.person_id = merge_follow.person_id and follow.subject_id = ${intoId}::uuid)`);
		const of = (column: 'brings' | 'shown' | 'home_id' | 'in_feed' | 'at') =>
			sql`case when kept.had_both then kept.${sql.raw(column)} else since.${sql.raw(column)} end`;
		await tx.run(sql`insert into groups.follow (person_id, subject_id, brings, shown, home_id, in_feed, at)
			select kept.person_id, ${fromId}::uuid, ${of('brings')}, ${of('shown')}, ${of('home_id')}, ${of('in_feed')}, ${of('at')}
			from groups.merge_follow as kept join groups.follow as since on since.person_id = kept.person_id
				and since.subject_id = ${intoId}::uuid where kept.merge_id = ${mergeId}::uuid on conflict do nothing`);
		await tx.run(sql`delete from groups.follow using groups.merge_follow where merge_follow.merge_id = ${mergeId}::uuid
			and merge_follow.person_id = follow.person_id and follow.subject_id = ${intoId}::uuid and not merge_follow.had_both`);
		if (told)
			await notifyMany(tx, { type: 'subject_parted', subjectId: fromId }, { people: keptFollowers(mergeId) });
		await tx.run(sql`delete from groups.merge_follow where merge_follow.merge_id = ${mergeId}::uuid`);
	});

export const mergeListeners = [
	{ to: 'groups.subject_merged', name: 'groups.follow_merged', hear: onMerged },
	{
		to: 'groups.subject_parted',
		name: 'groups.follow_parted',
		hear: (merge: Required<Merge>) => onParted(merge),
	},
] as Listener<never>[];
