import { isApartFrom } from '#domains/safety/index.ts';
import { every, type Rule } from '#platform/policy.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';

let sights: Readonly<Record<string, Rule>> = {};

/** Tells, by kind of notice, whether what the row named `notice` speaks of may still be seen; the registry calls it once at start. */
export function declareSights(rules: Readonly<Record<string, Rule>>): void {
	sights = rules;
}

const isHeard = every(
	isApartFrom(sql`cause.by_id`),
	(viewer) => sql`not exists (select from safety.mute
	where mute.person_id = ${viewer.id}::uuid and mute.muted_id = cause.by_id)`,
);

/** People who caused the row named `notice` and whom this viewer hears, latest first. */
export const causes = (viewer: Viewer, columns: Sql): Sql => sql`select ${columns} from notices.cause
	join people.person as author on author.id = cause.by_id and author.erased_at is null
	where cause.person_id = notice.person_id and cause.notice_id = notice.id and ${isHeard(viewer)}`;

// A rule that several kinds share is written once: the whole rule of a post, four times, took 30 ms to plan.
/** The row named `notice` is the viewer's, speaks of what they still see, and of somebody they hear if of anybody. */
export const isTold: Rule = (viewer) => {
	const ruled = [...Map.groupBy(Object.entries(sights), ([, rule]) => rule)].map(([rule, kinds]) => {
		const types = sql.join(kinds.map(([type]) => sql.lit(type)));
		return sql`when notice.type in (${types}) then ${rule(viewer)}`;
	});
	const still = ruled.length ? sql`case ${sql.join(ruled, ' ')} else true end` : sql`true`;
	return viewer.id
		? sql`(notice.person_id = ${viewer.id}::uuid and ${still} and (exists (${causes(viewer, sql``)})
			or not exists (select from notices.cause where cause.person_id = notice.person_id and cause.notice_id = notice.id)))`
		: sql`false`;
};
