import * as v from 'valibot';
import type { Tx } from '#platform/db.ts';
import { conflict, invalidField, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { announce, enqueue } from '#platform/jobs.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { exists, noteSubject, type OneSubjectForm, refuseTaken, tellAfterSeconds, withList } from './keep.ts';
import { giveGroupsBack, type Merge, moveGroups } from './move.ts';

export const MergeForm = v.object({
	into: v.pipe(v.optional(v.string(), ''), v.uuid('groups.merge_choose')),
});

/** Days during which two subjects made one can be told apart again. */
export const partDays = 7;

/**
 * Makes one subject of two: groups at once, then secret ones, who follows it and what is said of it by jobs. Its address leads to the other
 * from now on. Undone by `partSubject` for seven days. Throws NotFound, Invalid.
 */
export const mergeSubject = (viewer: Viewer, id: string, into: string): Promise<void> =>
	withList(viewer, async (tx) => {
		await exists(tx, id);
		const other = await tx.one(sql`select 1 as stands from groups.subject
			where subject.id = ${into}::uuid and subject.id <> ${id}::uuid and subject.retired_at is null`);
		if (!other) throw invalidField('into', 'groups.merge_choose');
		const mergeId = await keepMerge(tx, id, into);
		const merge: Merge = { mergeId, fromId: id, intoId: into };
		await moveGroups(tx, merge);
		await tx.run(sql`update groups.subject set merged_into = ${into}::uuid, retired_at = coalesce(subject.retired_at, now())
			where subject.id = ${id}::uuid or subject.merged_into = ${id}::uuid`);
		await noteSubject(tx, viewer, 'merge_subject', id, { into });
		await announce(tx, 'groups.subject_merged', merge);
		const startAfter = new Date(Date.now() + tellAfterSeconds * 1000);
		await enqueue(tx, 'groups.tell_merged', { mergeId }, { startAfter });
	});

/** Keeps how things stood, before anything moves. */
async function keepMerge(tx: Tx, id: string, into: string): Promise<string> {
	const mergeId = newId();
	await tx.run(sql`insert into groups.subject_merge (id, subject_id, into_id, retired_at, along, until)
		select ${mergeId}::uuid, subject.id, ${into}::uuid, subject.retired_at,
			array(select part.id from groups.subject as part where part.merged_into = subject.id), now() + make_interval(days => ${partDays}::int)
		from groups.subject where subject.id = ${id}::uuid`);
	return mergeId;
}

/** Holds a merge that stands until the end of the transaction; false once it was undone. Runs as the house. */
export const holdMerge = async (tx: Tx, mergeId: string): Promise<boolean> =>
	Boolean(
		await tx.one(sql`select 1 as stands from groups.subject_merge
			where subject_merge.id = ${mergeId}::uuid and subject_merge.undone_at is null for share`),
	);

/** Merges of this subject that were undone: what they brought comes back to it before anything goes further. Runs as the house. */
export const undoneOf = (tx: Tx, subjectId: string): Promise<Required<Merge>[]> =>
	tx.many(sql`select subject_merge.id as "mergeId", subject_merge.subject_id as "fromId", subject_merge.into_id as "intoId"
		from groups.subject_merge where subject_merge.subject_id = ${subjectId}::uuid and subject_merge.undone_at is not null`);

interface Kept {
	id: string;
	intoId: string;
	retiredAt: Date | null;
	along: string[];
	isLate: boolean;
	name: string;
}

/**
 * Tells apart two subjects that were made one, seven days at most: the one is on the list again if it was, its address is its own,
 * and its groups, its followers and its posts go back, but for those who chose otherwise meanwhile. Done twice, done once.
 * Throws NotFound; Conflict when it is too late or when the other became part of a third one since; Invalid when the list has
 * another of that name.
 */
export const partSubject = (viewer: Viewer, { id }: v.InferOutput<typeof OneSubjectForm>): Promise<void> =>
	withList(viewer, async (tx) => {
		const merge = await lastMerge(tx, id);
		if (!merge) return exists(tx, id).then(() => undefined);
		if (merge.isLate) throw conflict('groups.part_too_late');
		const later = await tx.one(sql`select 1 as further from groups.subject
			where subject.id = ${merge.intoId}::uuid and subject.merged_into is not null`);
		if (later) throw conflict('groups.part_later_first');
		if (!merge.retiredAt) await refuseTaken(tx, '', merge.name, id);
		// Waits for what the jobs of the merge are moving; they move nothing after.
		await tx.run(
			sql`update groups.subject_merge set undone_at = now() where subject_merge.id = ${merge.id}::uuid`,
		);
		await tx.run(sql`update groups.subject set merged_into = null, retired_at = ${merge.retiredAt}::timestamptz
			where subject.id = ${id}::uuid`);
		await tx.run(sql`update groups.subject set merged_into = ${id}::uuid
			where subject.id = any (${list(merge.along, 'uuid')}) and subject.merged_into = ${merge.intoId}::uuid`);
		const parted: Required<Merge> = { mergeId: merge.id, fromId: id, intoId: merge.intoId };
		await giveGroupsBack(tx, parted);
		await noteSubject(tx, viewer, 'part_subject', id, { from: merge.intoId });
		await announce(tx, 'groups.subject_parted', parted);
	});

async function lastMerge(tx: Tx, id: string): Promise<Kept | undefined> {
	const merge =
		await tx.one<Kept>(sql`select subject_merge.id, subject_merge.into_id as "intoId", subject_merge.along,
			subject_merge.retired_at as "retiredAt", subject_merge.until <= now() as "isLate", subject.name->>'fr' as name
		from groups.subject_merge join groups.subject on subject.id = subject_merge.subject_id
		where subject_merge.subject_id = ${id}::uuid and subject_merge.undone_at is null and subject.merged_into is not null`);
	if (merge) return merge;
	// Merged before what it brought was kept.
	const old = await tx.one(
		sql`select 1 as merged from groups.subject where subject.id = ${id}::uuid and subject.merged_into is not null`,
	);
	if (old) throw notFound();
	return undefined;
}
