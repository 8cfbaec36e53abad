import * as v from 'valibot';
import { keepPhoto } from '#domains/people/index.ts';
import { asSystem, type Tx, write } from '#platform/db.ts';
import { forbidden, invalidField } from '#platform/errors.ts';
import { dropFile, keepFile, redrawFile } from '#platform/files/keep.ts';
import { orGiveUp } from '#platform/files/leave.ts';
import { sayingWhy, takePicture } from '#platform/files/picture.ts';
import { enqueue } from '#platform/jobs.ts';
import type { Rule } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';
import { putOne } from './edit.ts';
import { audiences, fields } from './policy.ts';

export const PhotoForm = v.object({
	photo: v.optional(v.file('profiles.photo_needed')),
	description: v.pipe(
		v.optional(v.string(), ''),
		v.transform((text) => text.toWellFormed().trim()),
		v.maxLength(200, 'profiles.too_long'),
	),
	audience: v.picklist(audiences, 'app.invalid_value'),
});

/** Puts a picture on the profile, or changes who sees the one there is. Throws Invalid at `photo`. */
export async function savePhoto(
	viewer: Viewer,
	{ photo, description, audience }: v.InferOutput<typeof PhotoForm>,
): Promise<void> {
	if (!isActive(viewer)) throw forbidden();
	// words: profiles.photo_*
	const upload = photo?.size ? await takePicture(photo, 'photo', 'profiles.photo') : null;
	await orGiveUp(upload ? [upload] : [], () => write(viewer, put));

	async function put(tx: Tx): Promise<void> {
		const before = await currentOf(tx, viewer.id!);
		if (!upload && !before) throw invalidField('photo', 'profiles.photo_needed');
		const file = upload
			? await sayingWhy('photo', 'profiles.photo', () =>
					keepFile(tx, upload, {
						ownerId: viewer.id!,
						holder: 'profiles.photo',
						holderId: viewer.id,
						description,
					}),
				)
			: before;
		if (audience !== 'network') await keepPhoto(tx, viewer.id!, null);
		await putOne(tx, viewer, 'photo', audience, { file, description });
		await enqueue(tx, 'profiles.photo', { personId: viewer.id, file, former: upload ? before : null });
	}
}

async function currentOf(tx: Tx, personId: string): Promise<string | null> {
	const row = await tx.one<{ file: string }>(sql`select field.value->>'file' as file from profiles.field
		where field.person_id = ${personId}::uuid and field.kind = 'photo'`);
	return row?.file ?? null;
}

/** Takes the picture away, for everybody. */
export const removePhoto = (viewer: Viewer): Promise<void> =>
	write(viewer, async (tx) => {
		const file = await currentOf(tx, viewer.id!);
		await tx.run(sql`delete from profiles.field where field.kind = 'photo' and ${fields.edit(viewer)}`);
		await keepPhoto(tx, viewer.id!, null);
		if (file) await enqueue(tx, 'profiles.photo', { personId: viewer.id, file: null, former: file });
	});

interface Drawn {
	personId: string;
	file: string | null;
	former: string | null;
}

/**
 * Redraws a new picture, then puts it beside the name wherever the network shows it, if it is for the whole network;
 * the former one is thrown away. Doing it twice changes nothing.
 */
export async function settlePhoto({ personId, file, former }: Drawn): Promise<void> {
	const within = <T>(work: (tx: Tx) => Promise<T>) => asSystem('images', work);
	if (file) await redrawFile(file, within);
	await within(async (tx) => {
		const row = await tx.one<{ file: string; audience: string; state: string }>(sql`
			select field.value->>'file' as file, field.audience, file.state from profiles.field
			join platform.file on file.id = (field.value->>'file')::uuid
			where field.person_id = ${personId}::uuid and field.kind = 'photo' for update of field`);
		const isForAll = row?.audience === 'network' && row.state === 'ready';
		await keepPhoto(tx, personId, isForAll ? row.file : null);
		if (former && former !== row?.file) await dropFile(tx, former);
	});
}

/** A profile's picture is fetched by its audience, and only while it is on the profile. */
export const seesPhoto: Rule = (viewer) => sql`exists (select from profiles.field
	where field.kind = 'photo' and field.person_id = file.holder_id and field.value->>'file' = file.id::text and ${fields.see(viewer)})`;
