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

/** The row named `notice` is the viewer's and, if anybody caused it, somebody whom they hear did. */
const isHeardBy: Rule = (viewer) =>
	viewer.id
		? sql`(notice.person_id = ${viewer.id}::uuid and (exists (${causes(viewer, sql``)})
			or not exists (select from notices.cause where cause.person_id = notice.person_id and cause.notice_id = notice.id)))`
		: sql`false`;

// The instant to the microsecond, as PostgreSQL keeps it: lines of one millisecond are still one after the other.
const exact = sql`to_char(notice.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** A notice that its reader may be told of; `place`: when exactly, for what follows it. */
export interface Told {
	id: string;
	type: string;
	place: string;
}

/** After which line a page begins. */
export interface Place {
	at: string;
	id: string;
}

/**
 * The viewer's notices among those of `where` that speak of what they still see and of somebody they hear, latest first, at most
 * `limit`. Kinds ask rules of their own, each large: only those of kinds that are there are asked, each by a statement of its own.
 * All of them in one statement took 9 ms at every page, and a second of planning on every new connection.
 */
export async function toldAmong(
	tx: Tx,
	viewer: Viewer,
	where: Sql,
	limit: number,
	after?: Place,
): Promise<Told[]> {
	const told: Told[] = [];
	let place = after;
	// Who left what told them much has many lines to pass over: more at once, each time.
	for (let size = limit; told.length < limit; size = Math.min(size * 4, 2000)) {
		const rows = await tx.many<Told>(sql`select notice.id, notice.type, ${exact} as place from notices.notice
			where ${where} and ${isHeardBy(viewer)} and (${place?.at ?? null}::timestamptz is null
				or (notice.at, notice.id) < (${place?.at ?? null}::timestamptz, ${place?.id ?? null}::uuid))
			order by notice.at desc, notice.id desc limit ${size}`);
		const still = await stillSeen(tx, viewer, rows);
		told.push(...rows.filter(({ id }) => still.has(id)));
		const last = rows.at(-1);
		if (!last || rows.length < size) break;
		place = { at: last.place, id: last.id };
	}
	return told.slice(0, limit);
}

/** Which of these speak of what the viewer still sees. What has no rule is between the house and them alone. */
async function stillSeen(tx: Tx, viewer: Viewer, rows: Told[]): Promise<Set<string>> {
	const asked = [...Map.groupBy(rows, ({ type }) => sights[type])].map(([rule, some]) => {
		const ids = some.map(({ id }) => id);
		return rule
			? tx.many<{ id: string }>(sql`select notice.id from notices.notice
				where notice.person_id = ${viewer.id}::uuid and notice.id = any (${list(ids, 'uuid')}) and ${rule(viewer)}`)
			: some;
	});
	return new Set((await Promise.all(asked)).flat().map(({ id }) => id));
}
