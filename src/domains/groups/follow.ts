import * as v from 'valibot';
import { read, write } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import { lines } from '#platform/text/typed.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { SubjectName } from './lines.ts';

export const bringsMax = 300;

/** The form of a subject: what one can bring, and whether others read it. */
export const FollowForm = v.object({
	brings: v.optional(lines(bringsMax, 'groups.brings_long'), ''),
	shown: v.optional(v.string()),
});

/** Follows a subject. Shown to nobody unless the person ticks it. A second time changes what they bring. Throws NotFound. */
export const follow = (
	viewer: Viewer,
	slug: string,
	{ brings, shown }: v.InferOutput<typeof FollowForm>,
): Promise<void> =>
	write(viewer, async (tx) => {
		const kept = await tx.run(sql`insert into groups.follow (person_id, subject_id, brings, shown, home_id)
			select ${viewer.id}::uuid, subject.id, ${brings}, ${Boolean(shown)}::boolean,
				${shown ? (viewer.units[0] ?? null) : null}::uuid from groups.subject where subject.slug = ${slug}
			on conflict (person_id, subject_id) do update set brings = excluded.brings, shown = excluded.shown, home_id = excluded.home_id`);
		if (!kept) throw notFound();
	});

/** Stops following a subject; a second time changes nothing. */
export const unfollow = (viewer: Viewer, slug: string): Promise<void> =>
	write(viewer, async (tx) => {
		await tx.run(sql`delete from groups.follow using groups.subject
			where follow.subject_id = subject.id and subject.slug = ${slug} and follow.person_id = ${viewer.id}::uuid`);
	});

/** A subject in the list: whether the viewer follows it, and how many groups they see live by it. */
export interface SubjectLine extends SubjectName {
	followed: boolean;
	shown: boolean;
	groups: number;
}

/** Every subject, those followed first. Secret groups are not counted. */
export const listSubjects = (viewer: Viewer): Promise<SubjectLine[]> =>
	read(viewer, (tx) =>
		tx.many(sql`select subject.id, subject.slug, subject.name, follow.person_id is not null as followed,
				coalesce(follow.shown, false) as shown,
				(select count(*)::int from groups.circle_subject join groups.circle on circle.id = circle_subject.circle_id
					where circle_subject.subject_id = subject.id and circle.visibility <> 'secret' and circle.archived_at is null) as groups
			from groups.subject left join groups.follow on follow.subject_id = subject.id and follow.person_id = ${viewer.id}::uuid
			order by follow.person_id is null, subject.position, subject.slug`),
	);
