import * as v from 'valibot';
import { type SubjectName, subjectsIn } from '#domains/groups/index.ts';
import { read, type Tx, write } from '#platform/db.ts';
import { conflict, forbidden, invalid, invalidField, notFound } from '#platform/errors.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { cards, namesIn } from './cards.ts';
import { namedIds, subjectChosen, writtenText } from './input.ts';
import { named } from './named.ts';
import { posts } from './policy.ts';
import { noteMentions, searched } from './post.ts';
import { personalProblems } from './publish.ts';
import { checkSubject } from './subject.ts';
import { unnamed } from './unnamed.ts';

export const EditForm = v.object({
	text: writtenText,
	/** The version that was read: two people who speak for a unit do not overwrite each other. */
	version: v.optional(
		v.pipe(v.union([v.string(), v.number()]), v.transform(Number), v.integer('app.invalid_value')),
	),
	personal_ok: v.optional(v.string()),
	named: namedIds,
	/** Not sent, it stays as it is. */
	subject: v.optional(subjectChosen),
});
type Edition = Omit<v.InferOutput<typeof EditForm>, 'named'>;

/** Corrects the words of a post, and what it is about; the page says that it was edited. Throws Conflict when somebody edited meanwhile, Invalid. */
export async function edit(
	viewer: Viewer,
	id: string,
	input: Edition & { named?: readonly string[] },
): Promise<void> {
	await write(viewer, async (tx) => {
		await posts.guard(tx, viewer, 'edit', id);
		await check(tx, id, input);
		const { subject } = input;
		const text = await named(tx, viewer, input.text, input.named);
		const post = await tx.one<{ out: boolean }>(sql`
			update feed.post set text = ${text}, folded = ${searched(text)}, edited_at = now(), version = post.version + 1,
				subject_id = ${subject === undefined ? sql`post.subject_id` : sql`${subject || null}::uuid`}
			where post.id = ${id}::uuid returning post.publish_after <= now() as out`);
		const newly = await noteMentions(tx, id, null, text);
		// Before it leaves, nobody is told: the announcement will name them.
		for (const personId of post!.out ? newly : []) {
			await announce(tx, 'feed.mentioned', { postId: id, commentId: null, personId, byId: viewer.id });
		}
	});
}

async function check(tx: Tx, id: string, { text, version, personal_ok, subject }: Edition): Promise<void> {
	const problems = personal_ok ? [] : personalProblems(text);
	if (problems.length) throw invalid(problems);
	const kept = (await tx.one<{ held: boolean; version: number; subject: string | null }>(sql`
		select post.version, post.subject_id as subject, exists (select from feed.media where media.post_id = post.id) as held
		from feed.post where post.id = ${id}::uuid`))!;
	if (version !== undefined && kept.version !== version) throw conflict('feed.edited_meanwhile');
	if (!text && !kept.held) throw invalidField('text', 'feed.text_needed');
	await checkSubject(tx, subject, kept.subject);
}

/** Words to correct. */
export interface ToEdit {
	id: string;
	text: string;
	/** Who is named in it. */
	named: string[];
	version: number;
	/** What it is about; none: an empty text. */
	subject: string;
	/** Those it may be about: of the list, and its own that left it. */
	subjects: SubjectName[];
}

/** The words to correct, what they may be about, and their version. Throws NotFound, or Forbidden when the post is somebody else's. */
export const toEdit = (viewer: Viewer, id: string): Promise<ToEdit> =>
	read(viewer, async (tx) => {
		const [card] = await cards(tx, viewer, sql`post.id = ${id}::uuid`, 1);
		if (!card) throw notFound();
		if (!card.mayEdit) throw forbidden();
		const nameOf = await namesIn(tx, viewer, [card.text]);
		const listed = await subjectsIn(tx);
		const own = card.subject;
		return {
			id: card.id,
			...unnamed(card.text, nameOf),
			version: card.version,
			subject: own?.id ?? '',
			subjects: own && !listed.some(({ id }) => id === own.id) ? [own, ...listed] : listed,
		};
	});
