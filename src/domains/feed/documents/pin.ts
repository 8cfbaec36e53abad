import * as v from 'valibot';
import { circles, noteOnGroup } from '#domains/groups/index.ts';
import { type Tx, write } from '#platform/db.ts';
import { conflict, notFound } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import { idText } from '#platform/text/typed.ts';
import type { Viewer } from '#platform/viewer.ts';
import { posts } from '../policy.ts';
import { isDocument, pinnedMax } from './list.ts';

export const PinForm = v.object({ file: idText });

/** The document of this group that the viewer reads. Throws NotFound. */
async function checkDocument(tx: Tx, viewer: Viewer, groupId: string, fileId: string): Promise<void> {
	const found = await tx.one(sql`select 1 as found from feed.media join feed.post on post.id = media.post_id
		join platform.file on file.id = media.file_id and ${isDocument}
		where media.file_id = ${fileId}::uuid and post.group_id = ${groupId}::uuid and post.deleted_at is null and ${posts.see(viewer)}`);
	if (!found) throw notFound();
}

/** Keeps a document at the top of its group's list, ten at most. Said twice it is kept once. Throws NotFound, Forbidden, Conflict. */
export const pin = (viewer: Viewer, groupId: string, fileId: string): Promise<void> =>
	write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'lead', groupId);
		await checkDocument(tx, viewer, groupId, fileId);
		const kept = await tx.one<{
			n: number;
		}>(sql`select count(*)::int as n from feed.media join feed.post on post.id = media.post_id
			where post.group_id = ${groupId}::uuid and post.deleted_at is null and media.pinned_at is not null and media.file_id <> ${fileId}::uuid`);
		if (kept!.n >= pinnedMax) throw conflict('feed.pinned_many');
		await tx.run(sql`update feed.media set pinned_at = now()
			where media.file_id = ${fileId}::uuid and media.pinned_at is null`);
		await noteOnGroup(tx, viewer, 'feed.pin_document', groupId);
	});

/** Lets a document back among the others. Throws NotFound, Forbidden. */
export const unpin = (viewer: Viewer, groupId: string, fileId: string): Promise<void> =>
	write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'lead', groupId);
		await checkDocument(tx, viewer, groupId, fileId);
		await tx.run(sql`update feed.media set pinned_at = null where media.file_id = ${fileId}::uuid`);
		await noteOnGroup(tx, viewer, 'feed.unpin_document', groupId);
	});
