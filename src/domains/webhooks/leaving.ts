import type { Tx } from '#platform/db.ts';
import { list, type Sql, sql } from '#platform/sql.ts';

/** What an address may be told of. */
export type Sort = 'event' | 'mission';

const isKept = (kind: Sort, id: Sql) =>
	sql`not exists (select from safety.hidden where hidden.kind = ${kind} and hidden.subject_id = ${id})`;

/**
 * What may leave, by its own domain's columns: what everybody may read, or everybody of the network. What is for members,
 * for a unit, for the invited or a group's own stays here, its id included; so does what moderation hides.
 */
const open: Record<Sort, (ids: Sql) => Sql> = {
	event: (ids) => sql`select event.id from events.event
		where event.id = any (${ids}) and event.group_id is null and event.visibility in ('public', 'network') and ${isKept('event', sql`event.id`)}
		order by event.starts_at, event.id`,
	mission: (ids) => sql`select mission.id from missions.mission
		where mission.id = any (${ids}) and mission.audience in ('network', 'public') and ${isKept('mission', sql`mission.id`)}
		order by mission.starts_at, mission.id`,
};

/** Those of these things that may leave now. Runs as the house. */
export async function leaving(tx: Tx, sort: Sort, ids: readonly string[]): Promise<string[]> {
	if (!ids.length) return [];
	return (await tx.many<{ id: string }>(open[sort](list(ids, 'uuid')))).map(({ id }) => id);
}
