import { asSystem, type Tx, write } from '#platform/db.ts';
import { dropFile, keepFile, passFiles, takeIn } from '#platform/files/keep.ts';
import { enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';
import { soundWordsMax } from './input.ts';

/** A file that came with a post that was refused: kept for the next try, seen by nobody else. */
export interface Held {
	id: string;
	name: string;
	description: string;
	isPicture: boolean;
	isSound: boolean;
}

const holder = 'feed.draft';
const mostHeld = 10;
const descriptionShown = 200;

/** The viewer's files that wait for their post. */
export const heldFiles = (tx: Tx, viewer: Viewer): Promise<Held[]> =>
	tx.many(sql`select file.id, file.name, left(coalesce(file.description, ''), ${descriptionShown}) as description, file.kind like 'image/%' as "isPicture",
			file.kind like 'audio/%' as "isSound"
		from platform.file where file.owner_id = ${viewer.id}::uuid and file.holder = ${holder} order by file.created_at, file.id
		limit ${mostHeld}`);

const filesIn = (sent: Record<string, unknown>): { file: File; description: string }[] => {
	const descriptions = [sent.descriptions].flat();
	const described = [sent.photos].flat().map((file, at) => ({ file, description: descriptions[at] }));
	const heard = { file: sent.sound, description: sent.sound_words };
	return [...described, heard, { file: sent.document, description: '' }].flatMap(({ file, description }) =>
		file instanceof File && file.size
			? [{ file, description: String(description ?? '').slice(0, soundWordsMax) }]
			: [],
	);
};

/** Keeps what can be kept of a form that was refused: files that are good, once each. */
export async function holdFiles(viewer: Viewer, sent: Record<string, unknown>): Promise<void> {
	if (!isActive(viewer)) return;
	for (const { file, description } of filesIn(sent).slice(0, mostHeld)) {
		// What is wrong with a file is said by the refusal itself.
		const upload = await takeIn(file).catch(() => null);
		if (!upload) continue;
		await write({ ...viewer, requestKey: undefined } as Viewer, async (tx) => {
			const there = await heldFiles(tx, viewer);
			const twin =
				await tx.one(sql`select 1 as there from platform.file where file.owner_id = ${viewer.id}::uuid
				and file.holder = ${holder} and file.name = ${upload.name} and file.bytes = ${upload.bytes}`);
			if (twin || there.length >= mostHeld) return;
			await keepFile(tx, upload, { ownerId: viewer.id!, holder, holderId: null, description });
		}).catch((problem: Error) => {
			if (problem.name !== 'FileProblem') throw problem;
		});
	}
}

/**
 * Ties held files to their post, after those that came with it; anybody else's id ties nothing. `words` are those of a
 * held sound, as they are now.
 */
export async function attachHeld(
	tx: Tx,
	viewer: Viewer,
	postId: string,
	{ ids, words }: { ids: readonly string[]; words: string },
): Promise<void> {
	if (!ids.length) return;
	const tied = await passFiles(tx, ids, holder, {
		ownerId: viewer.id!,
		holder: 'feed.post',
		holderId: postId,
	});
	for (const { id, kind, description } of tied) {
		const said = kind.startsWith('audio/') ? words || description : description;
		await tx.run(sql`insert into feed.media (post_id, position, file_id, description)
			select ${postId}::uuid, coalesce(max(media.position), -1) + 1, ${id}::uuid, ${said ?? ''}
			from feed.media where media.post_id = ${postId}::uuid`);
		if (kind.startsWith('image/')) await enqueue(tx, 'feed.image', { fileId: id });
	}
}

/** Forgets what is still held: the post is out, and these were left aside. */
export const dropHeld = (viewer: Viewer): Promise<void> =>
	asSystem('feed', async (tx) => {
		for (const { id } of await heldFiles(tx, viewer)) await dropFile(tx, id);
	});
