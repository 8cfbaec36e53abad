import * as v from 'valibot';
import { record } from '#platform/audit.ts';
import { type Tx, write } from '#platform/db.ts';
import { invalidField, notFound } from '#platform/errors.ts';
import { enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import { idText, line } from '#platform/text/typed.ts';
import type { Viewer } from '#platform/viewer.ts';
import { insistOnKeeper } from './policy.ts';

export const subjectNameMax = 60;
const named = v.pipe(
	line(subjectNameMax, 'groups.subject_name_long'),
	v.regex(/^[^{}<>]*$/, 'groups.subject_name_signs'),
);
/** A name that says something. */
export const subjectName = v.pipe(
	v.optional(named, ''),
	v.check((name) => name.length >= 2, 'groups.subject_name_needed'),
);

/** The names of a subject; without English, the French one is read. */
export const SubjectForm = v.object({ name_fr: subjectName, name_en: v.optional(named, '') });
export type TypedSubject = v.InferOutput<typeof SubjectForm>;
export const OneSubjectForm = v.object({ id: idText });
export const MoveSubjectForm = v.object({
	id: idText,
	direction: v.picklist(['up', 'down'], 'app.invalid_value'),
});

/** Seconds left to take a retirement or a merge back before who follows the subject is told. */
export const tellAfterSeconds = 30;

const namesFrom = ({ name_fr: fr, name_en: en }: TypedSubject) => ({ fr, en: en || fr });

/** One change of the list: the right, then the list held still, for order and names are asked of all of it. */
const changing = <T>(viewer: Viewer, work: (tx: Tx) => Promise<T>): Promise<T> =>
	write(viewer, async (tx) => {
		await insistOnKeeper(tx, viewer);
		await tx.run(sql`select pg_advisory_xact_lock(hashtext('groups.subject'))`);
		return work(tx);
	});

/** Writes in the journal an act upon the list. */
export const noteSubject = (
	tx: Tx,
	viewer: Viewer,
	act: string,
	subjectId: string,
	detail: Record<string, string> = {},
) => record(tx, { actorId: viewer.id, act: `groups.${act}`, subject: 'subject', subjectId, detail });

/** Refuses a name that a subject of the list has already, in one language or the other. */
export async function refuseTaken(tx: Tx, field: string, name: string, besides: string | null = null) {
	const taken = await tx.many<{
		name: { fr: string; en: string };
	}>(sql`select subject.name from groups.subject
		where subject.retired_at is null and subject.id is distinct from ${besides}::uuid`);
	const same = taken.find((one) => [one.name.fr, one.name.en].some((known) => fold(known) === fold(name)));
	if (same) throw invalidField(field, 'groups.subject_exists', { name: same.name.fr });
}

async function freeSlug(tx: Tx, name: string): Promise<string> {
	const wanted =
		fold(name)
			.replace(/[^a-z0-9]+/g, '-')
			.replace(/^-+|-+$/g, '')
			.slice(0, 60) || 'sujet';
	const taken = new Set(
		(await tx.many<{ slug: string }>(sql`select subject.slug from groups.subject`)).map(({ slug }) => slug),
	);
	let slug = wanted;
	for (let n = 2; taken.has(slug); n++) slug = `${wanted}-${n}`;
	return slug;
}

/** As `addSubject`, in a transaction that holds the list. */
export async function addIn(tx: Tx, viewer: Viewer, typed: TypedSubject): Promise<string> {
	await refuseTaken(tx, 'name_fr', typed.name_fr);
	const { id } = (await tx.one<{ id: string }>(sql`insert into groups.subject (slug, name, position)
		select ${await freeSlug(tx, typed.name_fr)}, ${JSON.stringify(namesFrom(typed))}::jsonb, coalesce(max(subject.position), 0) + 10
		from groups.subject returning id`))!;
	await noteSubject(tx, viewer, 'add_subject', id, { name: typed.name_fr });
	return id;
}

/** Adds a subject after the others; gives its id. Throws NotFound, and Invalid when the list has it already. */
export const addSubject = (viewer: Viewer, typed: TypedSubject): Promise<string> =>
	changing(viewer, (tx) => addIn(tx, viewer, typed));

/** A change of the list that answers a proposal too. */
export const withList = changing;

/** Renames a subject; its address stays, so that no link breaks. Throws NotFound, Invalid. */
export const renameSubject = (viewer: Viewer, id: string, typed: TypedSubject): Promise<void> =>
	changing(viewer, async (tx) => {
		await refuseTaken(tx, 'name_fr', typed.name_fr, id);
		const done = await tx.run(sql`update groups.subject set name = ${JSON.stringify(namesFrom(typed))}::jsonb
			where subject.id = ${id}::uuid and subject.merged_into is null`);
		if (!done) throw notFound();
		await noteSubject(tx, viewer, 'rename_subject', id, { name: typed.name_fr });
	});

/**
 * Takes a subject off the list: its groups, its posts and its page stay, nothing new is put under it. Who follows it is told
 * once the seconds to undo are over. A second time changes nothing. Throws NotFound.
 */
export const retireSubject = (viewer: Viewer, { id }: v.InferOutput<typeof OneSubjectForm>): Promise<void> =>
	changing(viewer, async (tx) => {
		await exists(tx, id);
		const done = await tx.run(
			sql`update groups.subject set retired_at = now() where subject.id = ${id}::uuid and subject.retired_at is null`,
		);
		if (!done) return;
		await noteSubject(tx, viewer, 'retire_subject', id);
		const startAfter = new Date(Date.now() + tellAfterSeconds * 1000);
		await enqueue(tx, 'groups.tell_retired', { subjectId: id }, { startAfter });
	});

/** Puts a retired subject back on the list. One that was merged is told apart by `partSubject`. Throws NotFound, Invalid. */
export const restoreSubject = (viewer: Viewer, { id }: v.InferOutput<typeof OneSubjectForm>): Promise<void> =>
	changing(viewer, async (tx) => {
		const { name } = await exists(tx, id);
		await refuseTaken(tx, '', name.fr, id);
		const done = await tx.run(
			sql`update groups.subject set retired_at = null where subject.id = ${id}::uuid and subject.retired_at is not null`,
		);
		if (done) await noteSubject(tx, viewer, 'restore_subject', id);
	});

/** A subject that was not merged. Throws NotFound. */
export async function exists(tx: Tx, id: string): Promise<{ name: { fr: string; en: string } }> {
	const one = await tx.one<{ name: { fr: string; en: string } }>(
		sql`select subject.name from groups.subject where subject.id = ${id}::uuid and subject.merged_into is null`,
	);
	if (!one) throw notFound();
	return one;
}

/** Moves a subject one place; at an end of the list nothing happens. Throws NotFound. */
export const moveSubject = (viewer: Viewer, { id, direction }: v.InferOutput<typeof MoveSubjectForm>) =>
	changing(viewer, async (tx) => {
		const order = (
			await tx.many<{ id: string }>(sql`select subject.id from groups.subject
				where subject.retired_at is null order by subject.position, subject.slug`)
		).map((one) => one.id);
		const from = order.indexOf(id);
		if (from < 0) throw notFound();
		const to = Math.min(Math.max(from + (direction === 'up' ? -1 : 1), 0), order.length - 1);
		[order[from], order[to]] = [order[to]!, order[from]!];
		await tx.run(sql`update groups.subject set position = 10 * array_position(${order}::uuid[], subject.id)
			where subject.retired_at is null`);
		await noteSubject(tx, viewer, 'move_subject', id, { direction });
	});
