import { isApartFrom } from '#domains/safety/index.ts';
import { unitsAbove } from '#domains/territory/index.ts';
import { read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type GroupLine, line, type SubjectName } from './lines.ts';
import { circles } from './policy.ts';

/** How far something is from the viewer: how many levels of its place are not theirs. 0 is at home. */
export interface Far {
	distance: number;
	/** The highest place that is not shared: the other region, or the other town. */
	place: string | null;
}

/** Somebody who follows the subject and wanted it known. */
export interface Offering extends Far {
	id: string;
	name: string;
	photoId: string | null;
	brings: string;
}

/** Something said on the subject in a group that the viewer reads: its first words. Found by the domain that holds posts. */
export interface Discussion extends Far {
	id: string;
	name: string;
	/** The group or the unit it is said in. */
	where: string;
	text: string;
	at: Date;
	comments: number;
}

/** A subject, and who and what there is about it, the farthest first. */
export interface SubjectPage {
	/** Off the list, it takes nothing new. */
	subject: SubjectName & { retired: boolean };
	/** The viewer's own line; null: they do not follow it. */
	mine: { brings: string; shown: boolean; inFeed: boolean } | null;
	groups: (GroupLine & Far)[];
	people: Offering[];
}

const few = 12;

/** Joins, as `far`, the path of a unit that the viewer does not share: how long it is, and its highest unit (`farPlace` names it). */
export const farFrom = (viewer: Viewer, unit: Sql) => sql`left join lateral (
	select count(*)::int as distance, (array_agg(other.id order by other.level))[1] as highest_id
	from territory.unit as born cross join lateral unnest(born.ancestors) with ordinality as other (id, level)
	where born.id = ${unit} and not other.id = any (${unitsAbove(viewer)})) as far on true`;

/** The name of the highest place of the path joined as `far`: asked of the lines that are kept, not of all that were weighed. */
export const farPlace = sql`(select highest.name from territory.unit as highest where highest.id = far.highest_id)`;

// The same subject elsewhere is what one would not meet otherwise: each level of distance counts as much as twenty days of silence.
const bonus = sql`coalesce(far.distance, 0)`;

const groupsOn = (tx: Tx, viewer: Viewer, subjectId: string) =>
	tx.many<
		GroupLine & Far
	>(sql`select ${line(viewer)}, coalesce(far.distance, 0) as distance, ${farPlace} as place
		from groups.circle_subject join groups.circle on circle.id = circle_subject.circle_id ${farFrom(viewer, sql`circle.home_id`)}
		where circle_subject.subject_id = ${subjectId}::uuid and circle.archived_at is null and ${circles.see(viewer)}
		order by circle.active_at + ${bonus} * interval '20 days' desc, circle.id limit ${few}`);

// Told with their yes, with the place they belonged to then.
const peopleOn = (tx: Tx, viewer: Viewer, subjectId: string) =>
	tx.many<Offering>(sql`select person.id, person.name, person.photo_id as "photoId", follow.brings,
			coalesce(far.distance, 0) as distance, ${farPlace} as place
		from groups.follow join people.person on person.id = follow.person_id ${farFrom(viewer, sql`follow.home_id`)}
		where follow.subject_id = ${subjectId}::uuid and follow.shown and follow.person_id <> ${viewer.id}::uuid
			and person.confirmed_at is not null and person.left_at is null and person.erased_at is null
			and ${isApartFrom(sql`person.id`)(viewer)}
		order by follow.at + ${bonus} * interval '20 days' desc, person.id limit ${few}`);

/** A subject by its address, or by the id that a notice knows; one that was merged gives the one it became. */
const subjectAt = (tx: Tx, address: string) =>
	tx.one<
		SubjectPage['subject']
	>(sql`select subject.id, subject.slug, subject.name, subject.retired_at is not null as retired
		from groups.subject as asked join groups.subject on subject.id = coalesce(asked.merged_into, asked.id)
		where asked.slug = ${address} or asked.id = ${isId(address) ? address : null}::uuid`);

/** A subject's page. Throws NotFound. */
export const showSubject = (viewer: Viewer, address: string): Promise<SubjectPage> =>
	read(viewer, async (tx) => {
		const subject = await subjectAt(tx, address);
		if (!subject) throw notFound();
		const [mine, groups, people] = await Promise.all([
			tx.one<
				NonNullable<SubjectPage['mine']>
			>(sql`select follow.brings, follow.shown, follow.in_feed as "inFeed" from groups.follow
				where follow.subject_id = ${subject.id}::uuid and follow.person_id = ${viewer.id}::uuid`),
			groupsOn(tx, viewer, subject.id),
			peopleOn(tx, viewer, subject.id),
		]);
		return { subject, mine: mine ?? null, groups, people };
	});
