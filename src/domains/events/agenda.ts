import { unitsAbove } from '#domains/territory/index.ts';
import { read, type Tx } from '#platform/db.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import { type Viewer, visitor } from '#platform/viewer.ts';
import { cardColumns, cardTables, type EventCard } from './cards.ts';
import { events } from './policy.ts';

/** Whose events: those one answered, those of one's units and of those above, those of one's groups, or all that one may see. */
export const scopes = ['all', 'units', 'groups', 'mine'] as const;
export type AgendaScope = (typeof scopes)[number];

/** A page of an agenda. */
export interface Agenda {
	events: EventCard[];
	/** Where the next page starts; null at the end. */
	next: string | null;
}

const pageSize = 40;

/** A place in the agenda: an instant and an id, as `2026-12-01T18:00:00.000Z_id`. */
const placeIn = (cursor: string): { at: Date; id: string } | null => {
	const found = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_([0-9a-f-]{36})$/.exec(cursor);
	const at = found ? new Date(found[1]!) : new Date(Number.NaN);
	return found && !Number.isNaN(at.getTime()) ? { at, id: found[2]! } : null;
};

const hasAnswered = (
	viewer: Viewer,
): Sql => sql`exists (select from events.answer where answer.event_id = event.id
	and answer.person_id = ${viewer.id}::uuid and answer.answer <> 'no')`;
export const isOfUnits = (
	viewer: Viewer,
): Sql => sql`(event.unit_id = any (${unitsAbove(viewer)}) or exists (select from events.co_unit
	where co_unit.event_id = event.id and co_unit.accepted and co_unit.unit_id = any (${unitsAbove(viewer)})))`;
export const isOfGroups = (
	viewer: Viewer,
): Sql => sql`event.group_id = any (array(select seat.circle_id from groups.seat
	where seat.person_id = ${viewer.id}::uuid))`;
const within = (viewer: Viewer, scope: AgendaScope): Sql => {
	if (scope === 'mine') return hasAnswered(viewer);
	if (scope === 'groups') return isOfGroups(viewer);
	return scope === 'units' ? isOfUnits(viewer) : sql`true`;
};

/** Events to come that the viewer sees, soonest first; those under way first of all. */
export const agenda = (
	viewer: Viewer,
	{ scope = 'all', after = '', size = pageSize }: { scope?: AgendaScope; after?: string; size?: number } = {},
): Promise<Agenda> =>
	read(viewer, async (tx) => {
		const from = placeIn(after);
		const later = from ? sql`(event.starts_at, event.id) > (${from.at}, ${from.id}::uuid)` : sql`true`;
		const rows = await coming(tx, viewer, sql`${within(viewer, scope)} and ${later}`, size + 1);
		const last = rows[size - 1];
		return {
			events: rows.slice(0, size),
			next: rows.length > size && last ? `${last.startsAt.toISOString()}_${last.id}` : null,
		};
	});

const coming = (tx: Tx, viewer: Viewer, which: Sql, limit: number): Promise<EventCard[]> =>
	tx.many(sql`select ${cardColumns(viewer)} from ${cardTables}
		where event.ends_at > now() and ${which} and ${events.see(viewer)}
		order by event.starts_at, event.id limit ${limit}`);

/** The next events of a unit that the viewer sees, those of its co-organised ones among them. */
export const nextOf = (viewer: Viewer, unitId: string, limit = 4): Promise<EventCard[]> =>
	read(viewer, (tx) =>
		coming(
			tx,
			viewer,
			sql`(event.unit_id = ${unitId}::uuid or exists (select from events.co_unit where co_unit.event_id = event.id
				and co_unit.accepted and co_unit.unit_id = ${unitId}::uuid))`,
			limit,
		),
	);

/** The next events of a group that the viewer sees. */
export const nextOfGroup = (viewer: Viewer, groupId: string, limit = 4): Promise<EventCard[]> =>
	read(viewer, (tx) => coming(tx, viewer, sql`event.group_id = ${groupId}::uuid`, limit));

/** The next public events of a unit: what its public page shows to anybody. */
export const nextPublicOf = (unitId: string, limit = 4): Promise<EventCard[]> =>
	nextOf(visitor, unitId, limit);

/** Events to come that hold these words (French stems, accents ignored), soonest first, then the last ones past. */
export const findEvents = async (viewer: Viewer, q: string, limit = 10): Promise<EventCard[]> => {
	const words = fold(q.slice(0, 200));
	if (!words) return [];
	return read(viewer, (tx) =>
		tx.many(sql`select ${cardColumns(viewer)} from ${cardTables}
			where event.id = any (array(select events.holding(${words}))) and ${events.see(viewer)}
			order by event.ends_at <= now(), abs(extract(epoch from event.starts_at - now())), event.id limit ${limit}`),
	);
};
