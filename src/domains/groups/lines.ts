import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Visibility } from './input.ts';

/** A subject as it is read: its name in the languages of the house. */
export interface SubjectName {
	id: string;
	slug: string;
	name: { fr: string; en: string };
}

/** How the viewer stands with a group. A refusal reads as a request that waits. */
export type Standing = 'none' | 'asked' | 'invited' | 'member' | 'excluded';

/** A group in a list. */
export interface GroupLine {
	id: string;
	name: string;
	purpose: string;
	visibility: Visibility;
	/** The unit that answers for it. */
	unit: string | null;
	/** Where it was born. */
	home: string | null;
	memberCount: number;
	activeAt: Date;
	isArchived: boolean;
	/** The picture at its head, once it is redrawn, and what is on it. */
	cover: { id: string; description: string } | null;
	standing: Standing;
	subjects: SubjectName[];
}

/** Days after which a request without answer may be made again: the same for a refusal and for silence. */
export const restDays = 30;

/** The viewer's own standing with the row named `circle`. */
export const standing = (viewer: Viewer): Sql => sql`coalesce((select case
		when membership.state = 'refused' then case when membership.at > now() - make_interval(days => ${restDays}::int) then 'asked' else 'none' end
		else membership.state end
	from groups.membership where membership.circle_id = circle.id and membership.person_id = ${viewer.id}::uuid), 'none')`;

export const subjectsJson = sql`coalesce((select jsonb_agg(jsonb_build_object('id', subject.id, 'slug', subject.slug, 'name', subject.name)
		order by subject.position) from groups.circle_subject join groups.subject on subject.id = circle_subject.subject_id
	where circle_subject.circle_id = circle.id), '[]')`;

/** The picture at the head of this row, once it is redrawn. */
export const coverOf = (
	row: Sql,
): Sql => sql`(select jsonb_build_object('id', file.id, 'description', ${row}.cover_description)
	from platform.file where file.id = ${row}.cover_id and file.state = 'ready')`;

/** Columns of a line, off the row named `circle`. */
export const line = (viewer: Viewer): Sql => sql`circle.id, circle.name, circle.purpose, circle.visibility,
	(select unit.name from territory.unit where unit.id = circle.unit_id) as unit,
	(select unit.name from territory.unit where unit.id = circle.home_id) as home,
	circle.member_count as "memberCount", circle.active_at as "activeAt", circle.archived_at is not null as "isArchived",
	${coverOf(sql`circle`)} as cover,
	${standing(viewer)} as standing, ${subjectsJson} as subjects`;
