import { record } from '#platform/audit.ts';
import { type Tx, write } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { putDraft } from './draft.ts';
import { posts } from './policy.ts';

interface Row {
	author_id: string;
	as_unit_id: string | null;
	unit_id: string | null;
	text: string;
	/** Removed before it left: when the time to tell of it came, there was nothing to tell. */
	untold: boolean;
}

const rowOf = async (tx: Tx, id: string) =>
	(await tx.one<Row>(sql`
	select post.author_id, post.as_unit_id, post.unit_id, post.text,
		coalesce(post.deleted_at <= post.publish_after and post.publish_after <= now(), false) as untold
	from feed.post where post.id = ${id}::uuid`))!;

/** Removes a post; who removed it is kept. Removing somebody else's is an officer's act: audited. */
export const remove = (viewer: Viewer, id: string) =>
	write(viewer, async (tx) => {
		await posts.guard(tx, viewer, 'remove', id);
		const { author_id, unit_id } = await rowOf(tx, id);
		await tx.run(
			sql`update feed.post set deleted_at = now(), deleted_by = ${viewer.id}::uuid where post.id = ${id}::uuid`,
		);
		if (author_id !== viewer.id) await record(tx, actOn('feed.remove_post', viewer, id, unit_id));
	});

/** Brings back what one has just removed; whom it was for is told, if they were not yet. */
export const restore = (viewer: Viewer, id: string) =>
	write(viewer, async (tx) => {
		await guardInTime(tx, viewer, 'restore', id);
		const { author_id, unit_id, untold } = await rowOf(tx, id);
		await tx.run(sql`update feed.post set deleted_at = null, deleted_by = null where post.id = ${id}::uuid`);
		if (untold) await enqueue(tx, 'feed.announce', { postId: id });
		if (author_id !== viewer.id) await record(tx, actOn('feed.restore_post', viewer, id, unit_id));
	});

/** Takes a new post back before anybody saw it; its text becomes the draft again. Says so kindly when it is too late. */
export const undo = (viewer: Viewer, id: string) =>
	write(viewer, async (tx) => {
		await guardInTime(tx, viewer, 'undo', id);
		const { text } = await rowOf(tx, id);
		await tx.run(sql`update feed.post set undone_at = now() where post.id = ${id}::uuid`);
		if (text) await putDraft(tx, viewer, 'feed', text);
	});

async function guardInTime(tx: Tx, viewer: Viewer, ability: 'undo' | 'restore', id: string): Promise<void> {
	await posts.guard(tx, viewer, ability, id).catch((refusal: Error) => {
		if (refusal.name === 'Forbidden') throw invalidField('', 'feed.too_late');
		throw refusal;
	});
}

const actOn = (act: string, viewer: Viewer, id: string, unitId: string | null) => ({
	actorId: viewer.id,
	act,
	subject: 'post',
	subjectId: id,
	...(isId(unitId) && { unitId }),
});
