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

/** Puts a picture at the head of a group; it is redrawn, with nothing of what a camera writes in it. Throws NotFound, Forbidden, Invalid. */
export async function setCover(
	viewer: Viewer,
	id: string,
	{ cover, cover_words }: v.InferOutput<typeof CoverForm>,
): Promise<void> {
	const { requestKey: _, ...asker } = viewer;
	await write(asker, (tx) => circles.guard(tx, asker, 'lead', id));
	if (!cover || !cover.size) throw invalidField('cover', 'groups.cover_needed');
	if (cover_words.length < 3) throw invalidField('cover_words', 'groups.cover_words_needed');
	// words: groups.cover_*
	const upload = await takePicture(cover, 'cover', 'groups.cover');
	const before = await orGiveUp([upload], () => write(viewer, putCover));
	if (before) await asSystem('images', (tx) => dropFile(tx, before));

	async function putCover(tx: Tx): Promise<string | null> {
		await circles.guard(tx, viewer, 'lead', id);
		const old = await coverIn(tx, id);
		const kept = { ownerId: viewer.id!, holder: coverHolder, holderId: id, description: cover_words };
		const fileId = await sayingWhy('cover', 'groups.cover', () => keepFile(tx, upload, kept));
		await tx.run(
			sql`update groups.circle set cover_id = ${fileId}, cover_description = ${cover_words} where circle.id = ${id}::uuid`,
		);
		await enqueue(tx, 'groups.picture', { fileId });
		await note(tx, viewer, 'groups.set_cover', id);
		return old;
	}
}

/** Gives a group its contour lines back. Throws NotFound, Forbidden. */
export async function dropCover(viewer: Viewer, id: string): Promise<void> {
	const before = await write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'lead', id);
		const old = await coverIn(tx, id);
		if (!old) throw notFound();
		await tx.run(
			sql`update groups.circle set cover_id = null, cover_description = '' where circle.id = ${id}::uuid`,
		);
		await note(tx, viewer, 'groups.drop_cover', id);
		return old;
	});
	await asSystem('images', (tx) => dropFile(tx, before));
}

const coverIn = async (tx: Tx, id: string): Promise<string | null> =>
	(await tx.one<{ id: string | null }>(
		sql`select circle.cover_id as id from groups.circle where circle.id = ${id}::uuid`,
	))!.id;

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
