import { isApartFrom } from '#domains/safety/index.ts';
import type { Tx } from '#platform/db.ts';
import { every, type Rule } from '#platform/policy.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
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

/**
 * The row named `notice` is the viewer's, of those that `among` chooses, speaks of what they still see, and of somebody they hear if
 * of anybody. Only the kinds that they have there are ruled: all of them together take longer to plan than the page that asks.
 */
export async function isTold(tx: Tx, viewer: Viewer, among: Sql): Promise<Sql> {
	if (!viewer.id) return sql`false`;
	const own = sql`notice.person_id = ${viewer.id}::uuid and ${among}`;
	const rows = await tx.many<{ type: string }>(
		sql`select distinct notice.type from notices.notice where ${own} order by notice.type`,
	);
	const types = rows.map(({ type }) => type);
	return types.length
		? sql`(${own} and notice.type = any (${list(types, 'text')}) and ${isSeen(viewer, types)} and (exists (${causes(viewer, sql``)})
			or not exists (select from notices.cause where cause.person_id = notice.person_id and cause.notice_id = notice.id)))`
		: sql`false`;
}

// A rule that several kinds share is written once: the whole rule of a post, four times, took 30 ms to plan.
function isSeen(viewer: Viewer, types: string[]): Sql {
	const ruled = types.flatMap((type) => (sights[type] ? [[sights[type], type] as const] : []));
	const cases = [...Map.groupBy(ruled, ([rule]) => rule)].map(
		([rule, kinds]) =>
			sql`when notice.type in (${sql.join(kinds.map(([, type]) => sql.lit(type)))}) then ${rule(viewer)}`,
	);
	return cases.length ? sql`case ${sql.join(cases, ' ')} else true end` : sql`true`;
}
