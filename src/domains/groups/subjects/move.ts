import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { subjectsMax } from '../input.ts';

/** What the jobs of a merge, or of its undoing, are told. */
export interface Merge {
	mergeId?: string;
	fromId: string;
	intoId: string;
}

/**
 * Puts the groups of one subject under another, and keeps what each had so that it can go back: those that who asks may read. Secret
 * groups, which who keeps the list cannot read, follow when the house does the same. Repeatable.
 */
export async function moveGroups(tx: Tx, { mergeId, fromId, intoId }: Merge): Promise<void> {
	if (mergeId)
		await tx.run(sql`insert into groups.merge_circle (merge_id, circle_id, had_both)
			select ${mergeId}::uuid, had.circle_id, exists (select from groups.circle_subject as other
				where other.circle_id = had.circle_id and other.subject_id = ${intoId}::uuid)
			from groups.circle_subject as had where had.subject_id = ${fromId}::uuid on conflict do nothing`);
	await tx.run(sql`insert into groups.circle_subject (circle_id, subject_id) select moved.circle_id, ${intoId}::uuid
		from groups.circle_subject as moved where moved.subject_id = ${fromId}::uuid on conflict do nothing`);
	await tx.run(sql`delete from groups.circle_subject where circle_subject.subject_id = ${fromId}::uuid`);
}

/**
 * Gives a subject its groups back, of those that who asks may read; see `moveGroups`. A group that took the other subject off meanwhile
 * chose; one that would have too many keeps what it has. Repeatable.
 */
export async function giveGroupsBack(tx: Tx, { mergeId, fromId, intoId }: Required<Merge>): Promise<void> {
	const still = sql`groups.merge_circle join groups.circle_subject as has on has.circle_id = merge_circle.circle_id
		and has.subject_id = ${intoId}::uuid where merge_circle.merge_id = ${mergeId}::uuid`;
	await tx.run(sql`insert into groups.circle_subject (circle_id, subject_id)
		select merge_circle.circle_id, ${fromId}::uuid from ${still} and (not merge_circle.had_both or ${subjectsMax}::int > (
			select count(*) from groups.circle_subject as all_of where all_of.circle_id = merge_circle.circle_id))
		on conflict do nothing`);
	await tx.run(sql`delete from groups.circle_subject as gone where gone.subject_id = ${intoId}::uuid
		and gone.circle_id in (select merge_circle.circle_id from ${still} and not merge_circle.had_both)`);
}
