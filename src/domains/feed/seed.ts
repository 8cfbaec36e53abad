import { noteSpoken } from '#domains/friends/index.ts';
import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { insertComment } from './comment.ts';
import type { Arrived } from './media.ts';
import { heardBy } from './place.ts';
import { insertPost, type NewPost } from './post.ts';

/** A post for a demonstration: its past is given, and nobody is told. */
export type Seed = Pick<NewPost, 'authorId' | 'unitId' | 'audience' | 'text' | 'at' | 'poll' | 'linkUrl'> & {
	asUnitId?: string | null;
	groupId?: string | null;
	/** Slug of what it is about. */
	subject?: string;
	/** Uploads made with `takeIn`; their pictures are redrawn by the usual job. */
	files?: Arrived[];
	comments?: { authorId: string; text: string; at: Date }[];
	thankedBy?: string[];
};

/** Writes a post as if it had been published at its date, with its comments and thanks. Runs as the house. Gives its id. */
export async function publishAs(tx: Tx, seed: Seed): Promise<string> {
	const { files = [], comments = [], thankedBy = [], asUnitId = null, subject = null, ...post } = seed;
	const about = await tx.one<{ id: string }>(
		sql`select subject.id from groups.subject where subject.slug = ${subject}::text`,
	);
	const id = await insertPost(
		tx,
		{ ...post, asUnitId, subjectId: about?.id ?? null, publishAfter: post.at, silent: true },
		files,
	);
	const { heard } = (await tx.one<{ heard: string }>(
		sql`select ${heardBy} as heard from feed.post where post.id = ${id}::uuid`,
	))!;
	await noteSpoken(tx, { byId: post.authorId, asUnitId, unitId: post.unitId, audience: heard });
	for (const { authorId, text, at } of comments)
		await insertComment(tx, { authorId, postId: id, replyTo: null, text, at });
	for (const personId of new Set(thankedBy)) {
		await tx.run(
			sql`insert into feed.thanks (person_id, subject_id, kind) values (${personId}, ${id}, 'post')`,
		);
	}
	await tx.run(
		sql`update feed.post set thanks_count = ${new Set(thankedBy).size} where post.id = ${id}::uuid`,
	);
	return id;
}
