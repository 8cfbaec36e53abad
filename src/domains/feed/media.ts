import { asSystem, type Tx } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { keepFile, redrawFile, takeAll, takeIn, type Upload } from '#platform/files/keep.ts';
import { type FileProblemCode, sayingProblem } from '#platform/files/problem.ts';
import type { Kind } from '#platform/files/sniff.ts';
import { enqueue } from '#platform/jobs.ts';
import { every, type Rule } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import { posts } from './policy.ts';

/** An upload and what its author says is on it, or in it. */
export interface Arrived {
	upload: Upload;
	description: string;
}

interface Sent {
	photos: (File | null)[];
	descriptions: string[];
	document?: File | null | undefined;
	sound?: File | null | undefined;
	/** What is said or heard in the sound. */
	sound_words?: string | undefined;
}

/** Judges and stores what came with a form, before anything is written: all of it, or none. Throws Invalid at the field. */
export async function arrive({
	photos,
	descriptions,
	document,
	sound,
	sound_words = '',
}: Sent): Promise<Arrived[]> {
	const chosen = [
		...photos.map((photo, at) => ({ ...picture, file: photo, description: descriptions[at] ?? '' })),
		{ ...heard, file: sound, description: sound_words },
		{ field: 'document', file: document, description: '' },
	].flatMap(({ file, ...one }) => (file ? [{ ...one, file }] : []));
	const uploads = await takeAll(chosen.map((one) => () => taken(one)));
	return uploads.map((upload, at) => ({ upload, description: chosen[at]!.description }));
}

interface Chosen {
	field: string;
	file: File;
	/** What alone is taken there, and what is said of anything else. */
	only?: { family: Kind['family']; otherwise: string };
}
const picture = { field: 'photos', only: { family: 'image', otherwise: 'feed.photo_not_picture' } } as const;
const heard = { field: 'sound', only: { family: 'sound', otherwise: 'feed.sound_not_sound' } } as const;

/** Why a file is refused, as a key. */
export const faultKey = (code: FileProblemCode) => `feed.file.${code}`; // words: feed.file.*
const taken = ({ field, file, only }: Chosen): Promise<Upload> =>
	sayingProblem(field, faultKey, () =>
		takeIn(file, {
			accepts: ({ family }) => {
				if (only && family !== only.family) throw invalidField(field, only.otherwise);
			},
		}),
	);
const fieldOf: Partial<Record<Upload['kind']['family'], string>> = { image: 'photos', sound: 'sound' };

/** Ties uploads to a post, in their order; pictures are redrawn by a job. Throws Invalid at the field when there is no room. */
export async function attach(tx: Tx, ownerId: string, postId: string, arrived: Arrived[]): Promise<void> {
	for (const [position, { upload, description }] of arrived.entries()) {
		const kept = { ownerId, holder: 'feed.post', holderId: postId, description };
		const field = fieldOf[upload.kind.family] ?? 'document';
		const fileId = await sayingProblem(field, faultKey, () => keepFile(tx, upload, kept));
		await tx.run(
			sql`insert into feed.media (post_id, position, file_id, description) values (${postId}, ${position}, ${fileId}, ${description})`,
		);
		if (upload.kind.family === 'image') await enqueue(tx, 'feed.image', { fileId });
	}
}

/** Redraws one picture. */
export const drawSizes = async ({ fileId }: { fileId: string }): Promise<void> => {
	await redrawFile(fileId, (work) => asSystem('images', work));
};

/** A post's file is fetched by who sees the post, and nobody else; a removed post gives its files to nobody. */
export const seesMedia: Rule = every(
	(viewer) => sql`exists (select from feed.post where post.id = file.holder_id
	and post.deleted_at is null and ${posts.see(viewer)})`,
);
