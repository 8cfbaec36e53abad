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
	in_feed: v.optional(v.string()),
});
/** Whether what is said elsewhere of a subject comes home. */
export const FeedForm = v.object({
	subject: v.pipe(v.string('app.invalid_value'), v.maxLength(100, 'app.invalid_value')),
});

/**
 * Follows a subject of the list. Shown to nobody unless the person ticks it, and nothing of it comes home unless they ask. A
 * second time changes what they bring. Throws NotFound.
 */
export const follow = (
	viewer: Viewer,
	slug: string,
	{ brings, shown, in_feed }: v.InferOutput<typeof FollowForm>,
): Promise<void> =>
	write(viewer, async (tx) => {
		// Held until the end: a subject that is being merged takes nobody any more.
		const kept =
			await tx.run(sql`insert into groups.follow (person_id, subject_id, brings, shown, in_feed, home_id)
			select ${viewer.id}::uuid, subject.id, ${brings}, ${Boolean(shown)}::boolean, ${Boolean(in_feed)}::boolean,
				${shown ? (viewer.units[0] ?? null) : null}::uuid
			from groups.subject where subject.slug = ${slug} and subject.retired_at is null for share
			on conflict (person_id, subject_id) do update set brings = excluded.brings, shown = excluded.shown,
				in_feed = excluded.in_feed, home_id = excluded.home_id`);
		if (!kept) throw notFound();
	});

/** Stops following a subject; gives what following it said, for who takes it back. A second time changes nothing. */
export const unfollow = (
	viewer: Viewer,
	slug: string,
): Promise<{ brings: string; shown: string; in_feed: string }> =>
	write(viewer, async (tx) => {
		const was = await tx.one<{
			brings: string;
			shown: boolean;
			inFeed: boolean;
		}>(sql`delete from groups.follow using groups.subject
			where follow.subject_id = subject.id and subject.slug = ${slug} and follow.person_id = ${viewer.id}::uuid
			returning follow.brings, follow.shown, follow.in_feed as "inFeed"`);
		const ticked = (yes?: boolean) => (yes ? 'on' : '');
		return { brings: was?.brings ?? '', shown: ticked(was?.shown), in_feed: ticked(was?.inFeed) };
	});

/** Lets what is said elsewhere of a subject that one follows come home, or no more. Throws NotFound. */
export const showAtHome = (viewer: Viewer, slug: string, isWanted: boolean): Promise<void> =>
	write(viewer, async (tx) => {
		const done = await tx.run(sql`update groups.follow set in_feed = ${isWanted}::boolean from groups.subject
			where follow.subject_id = subject.id and subject.slug = ${slug} and follow.person_id = ${viewer.id}::uuid`);
		if (!done) throw notFound();
	});

/** A subject in the list: whether the viewer follows it, and how many groups they see live by it. */
export interface SubjectLine extends SubjectName {
	followed: boolean;
	shown: boolean;
	inFeed: boolean;
	/** No longer on the list: still there for who follows it. */
	retired: boolean;
	groups: number;
}

/** Every subject of the list, and those followed that left it; those followed first. Secret groups are not counted. */
export const listSubjects = (viewer: Viewer): Promise<SubjectLine[]> =>
	read(viewer, (tx) =>
		tx.many(sql`select subject.id, subject.slug, subject.name, follow.person_id is not null as followed,
				coalesce(follow.shown, false) as shown, coalesce(follow.in_feed, false) as "inFeed",
				subject.retired_at is not null as retired,
				(select count(*)::int from groups.circle_subject join groups.circle on circle.id = circle_subject.circle_id
					where circle_subject.subject_id = subject.id and circle.visibility <> 'secret' and circle.archived_at is null) as groups
			from groups.subject left join groups.follow on follow.subject_id = subject.id and follow.person_id = ${viewer.id}::uuid
			where subject.merged_into is null and (subject.retired_at is null or follow.person_id is not null)
			order by follow.person_id is null, subject.position, subject.slug`),
	);
