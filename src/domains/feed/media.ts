import { asSystem, type Tx } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { keepFile, redrawFile, takeIn, type Upload } from '#platform/files/keep.ts';
import { type FileProblemCode, sayingProblem } from '#platform/files/problem.ts';
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

/** Judges and stores what came with a form, before anything is written. Throws Invalid at the field. */
export async function arrive({
	photos,
	descriptions,
	document,
	sound,
	sound_words = '',
}: Sent): Promise<Arrived[]> {
	const arrived: Arrived[] = [];
	for (const [index, photo] of photos.entries()) {
		if (!photo) continue;
		const upload = await taken('photos', photo);
		if (upload.kind.family !== 'image') throw invalidField('photos', 'feed.photo_not_picture');
		arrived.push({ upload, description: descriptions[index] ?? '' });
	}
	if (sound) {
		const upload = await taken('sound', sound);
		if (upload.kind.family !== 'sound') throw invalidField('sound', 'feed.sound_not_sound');
		arrived.push({ upload, description: sound_words });
	}
	if (document) arrived.push({ upload: await taken('document', document), description: '' });
	return arrived;
}

/** Why a file is refused, as a key. */
export const faultKey = (code: FileProblemCode) => `feed.file.${code}`; // words: feed.file.*
const taken = (field: string, file: File): Promise<Upload> =>
	sayingProblem(field, faultKey, () => takeIn(file));
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
