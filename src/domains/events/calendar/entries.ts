import { circles } from '#domains/groups/index.ts';
import { belongsBelow } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { events } from '../policy.ts';

/** An event as a calendar holds it. */
export interface Entry {
	id: string;
	sequence: number;
	title: string;
	text: string;
	place: string;
	latitude: number | null;
	longitude: number | null;
	/** Only for who comes, with a seat. */
	online_url: string | null;
	starts_at: Date;
	ends_at: Date;
	time_zone: string;
	visibility: string;
	created_at: Date;
	changed_at: Date;
	cancelled_at: Date | null;
	cancel_reason: string;
	/** The unit that organises, or the group where the viewer sees it. */
	unit: string;
	/** What the viewer said; null when nothing, or when nobody asks. */
	answer: 'coming' | 'maybe' | 'no' | null;
	waiting: boolean;
}

/** Days that what is over, and what was cancelled, stays in a calendar: long enough for every service to read it once. */
const KEPT_DAYS = 60;
const AT_MOST = 1000;

const own = (viewer: Viewer) =>
	sql`(select answer.answer, answer.is_waiting from events.answer
		where answer.event_id = event.id and answer.person_id = ${viewer.id}::uuid) as own`;

const placed = sql`concat_ws(', ', nullif(event.place_name, ''), nullif(event.address, ''),
	(select zone.name from territory.zone where zone.id = event.zone_id
		and position(zone.name in event.place_name || event.address) = 0))`;

/** Events that the viewer may see now, among those of a condition; soonest first. */
export const entriesAmong = (tx: Tx, viewer: Viewer, condition: Sql): Promise<Entry[]> =>
	tx.many<Entry>(sql`
		select event.id, event.sequence, event.title, event.text, ${placed} as place, event.latitude, event.longitude,
			case when own.answer = 'coming' and not own.is_waiting then event.online_url end as online_url,
			event.starts_at, event.ends_at, event.time_zone, event.visibility, event.created_at, event.changed_at,
			event.cancelled_at, event.cancel_reason, coalesce(unit.name, (select circle.name from groups.circle where circle.id = event.group_id and ${circles.see(viewer)}), '') as unit, own.answer, coalesce(own.is_waiting, false) as waiting
		from events.event left join territory.unit on unit.id = event.unit_id left join lateral ${own(viewer)} on true
		where ${events.see(viewer)} and ${condition}
		order by event.starts_at, event.id limit ${AT_MOST}`);

const isRecent = sql`event.ends_at > now() - make_interval(days => ${KEPT_DAYS})
	and (event.cancelled_at is null or event.cancelled_at > now() - make_interval(days => ${KEPT_DAYS}))`;

/** What the viewer comes to, thinks of, or is invited to and did not refuse. */
export const isMine = (
	viewer: Viewer,
): Sql => sql`${isRecent} and coalesce(own.answer, '') <> 'no' and (own.answer is not null
	or exists (select from events.invitation where invitation.event_id = event.id
		and (invitation.person_id = ${viewer.id}::uuid or exists (select from groups.seat
			where seat.person_id = ${viewer.id}::uuid and seat.circle_id = invitation.group_id) or ${belongsBelow(sql`invitation.unit_id`)(viewer)})))`;

/** Public ones of the house. */
export const isPublic: Sql = sql`${isRecent} and event.visibility = 'public'`;

/** Public ones that a unit, or one below it, organises alone or with others. */
export const isPublicOf = (
	unitId: string,
): Sql => sql`${isPublic} and exists (select from territory.unit as placed
	where placed.ancestors @> array[${unitId}::uuid] and (placed.id = event.unit_id or placed.id in
		(select co_unit.unit_id from events.co_unit where co_unit.event_id = event.id and co_unit.accepted)))`;
