import * as v from 'valibot';
import { asSystem, type Tx, write } from '#platform/db.ts';
import { invalidField, notFound } from '#platform/errors.ts';
import { dropFile, keepFile, redrawFile } from '#platform/files/keep.ts';
import { orGiveUp } from '#platform/files/leave.ts';
import { sayingWhy, takePicture } from '#platform/files/picture.ts';
import { enqueue } from '#platform/jobs.ts';
import type { Rule } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import { line } from '#platform/text/typed.ts';
import type { Viewer } from '#platform/viewer.ts';
import { note } from './lead.ts';
import { circles } from './policy.ts';

/** Where a group's picture is held. */
export const coverHolder = 'groups.circle';

export const CoverForm = v.object({
	// Asked for once the group is known to be theirs: what one may not see answers the same, whatever was sent.
	cover: v.optional(
		v.union([v.custom<File>((value) => value instanceof File), v.literal('')], 'groups.cover_not_picture'),
		'',
	),
	/** Said to who does not see it. */
	cover_words: v.optional(line(300, 'groups.cover_words_long'), ''),
});

/** What has a picture at its head: a group, or what is planned by one or by a unit. */
export interface Headed {
	/** Its table, where its picture is held, and the job that redraws it. */
	holder: string;
	job: string;
	/** Throws NotFound, Forbidden. */
	guard(tx: Tx, viewer: Viewer, id: string): Promise<unknown>;
	put(tx: Tx, id: string, fileId: string | null, words: string): Promise<unknown>;
	/** Something else shows that picture still. */
	shows?(tx: Tx, fileId: string): Promise<boolean>;
	note(tx: Tx, viewer: Viewer, id: string, act: 'set_cover' | 'drop_cover'): Promise<void>;
}

/** How a picture is put at the head of something, and taken away. */
export const headOf = (headed: Headed) => ({ set: setAt(headed), drop: dropAt(headed) });

/** Puts a picture; it is redrawn, with nothing of what a camera writes in it. Throws NotFound, Forbidden, Invalid. */
function setAt({ holder, job, guard, put, shows, note: noted }: Headed) {
	return async (
		viewer: Viewer,
		id: string,
		{ cover, cover_words }: v.InferOutput<typeof CoverForm>,
	): Promise<void> => {
		const { requestKey: _, ...asker } = viewer;
		await write(asker, (tx) => guard(tx, asker, id));
		if (!cover || !cover.size) throw invalidField('cover', 'groups.cover_needed');
		if (cover_words.length < 3) throw invalidField('cover_words', 'groups.cover_words_needed');
		// words: groups.cover_*
		const upload = await takePicture(cover, 'cover', 'groups.cover');
		await throwAway(await orGiveUp([upload], () => write(viewer, putCover)));

		async function putCover(tx: Tx): Promise<string | null> {
			await guard(tx, viewer, id);
			const old = await coverAt(tx, holder, id);
			const kept = { ownerId: viewer.id!, holder, holderId: id, description: cover_words };
			const fileId = await sayingWhy('cover', 'groups.cover', () => keepFile(tx, upload, kept));
			await put(tx, id, fileId, cover_words);
			await enqueue(tx, job, { fileId });
			await noted(tx, viewer, id, 'set_cover');
			return old && (await shows?.(tx, old)) ? null : old;
		}
	};
}

/** Gives the contour lines back. Throws NotFound, Forbidden. */
function dropAt({ holder, guard, put, shows, note: noted }: Headed) {
	return async (viewer: Viewer, id: string): Promise<void> => {
		const gone = await write(viewer, async (tx) => {
			await guard(tx, viewer, id);
			const old = await coverAt(tx, holder, id);
			if (!old) throw notFound();
			await put(tx, id, null, '');
			await noted(tx, viewer, id, 'drop_cover');
			return (await shows?.(tx, old)) ? null : old;
		});
		await throwAway(gone);
	};
}

const coverAt = async (tx: Tx, table: string, id: string): Promise<string | null> =>
	(await tx.one<{ id: string | null }>(
		sql`select headed.cover_id as id from ${sql.ref(table)} as headed where headed.id = ${id}::uuid`,
	))!.id;

const throwAway = async (gone: string | null): Promise<void> => {
	if (gone) await asSystem('images', (tx) => dropFile(tx, gone));
};

const head = headOf({
	holder: coverHolder,
	job: 'groups.picture',
	guard: (tx, viewer, id) => circles.guard(tx, viewer, 'lead', id),
	put: (tx, id, fileId, words) =>
		tx.run(
			sql`update groups.circle set cover_id = ${fileId}::uuid, cover_description = ${words} where circle.id = ${id}::uuid`,
		),
	note: (tx, viewer, id, act) => note(tx, viewer, `groups.${act}`, id),
});
/** Puts a picture at the head of a group. Throws NotFound, Forbidden, Invalid. */
export const setCover = head.set;
/** Gives a group its contour lines back. Throws NotFound, Forbidden. */
export const dropCover = head.drop;

/** Redraws a picture in its sizes. */
export const drawCover = async ({ fileId }: { fileId: string }): Promise<void> => {
	await redrawFile(fileId, (work) => asSystem('images', work));
};

/** The picture of a group is fetched by who sees the group, while it is its picture. */
export const seesCover: Rule = (viewer) =>
	sql`exists (select from groups.circle where circle.id = file.holder_id and circle.cover_id = file.id and ${circles.see(viewer)})`;

/** The pictures that somebody chose go with them. */
export async function eraseCovers(tx: Tx, personId: string): Promise<void> {
	const gone = await tx.many<{
		id: string;
	}>(sql`update groups.circle set cover_id = null, cover_description = ''
		from platform.file where file.id = circle.cover_id and file.owner_id = ${personId}::uuid returning file.id`);
	for (const { id } of gone) await dropFile(tx, id);
}
