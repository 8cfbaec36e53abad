import { circles } from '#domains/groups/index.ts';
import type { UnitSign } from '#domains/territory/index.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Seat } from './seats.ts';

/** An event in a list. */
export interface EventCard {
	id: string;
	title: string;
	/** The unit that organises; null when a group does. */
	unit: UnitSign | null;
	/** The group that organises, if one does and the viewer sees it. */
	group: { id: string; name: string } | null;
	startsAt: Date;
	endsAt: Date;
	timeZone: string;
	placeName: string;
	commune: string | null;
	isOnline: boolean;
	cancelledAt: Date | null;
	cancelReason: string;
	capacity: number | null;
	coming: number;
	waiting: number;
	/** What the viewer said. */
	answer: Seat | null;
}

/** Columns of a card; the query joins, left, `territory.unit`, `territory.unit_kind` and `territory.zone`. */
export const cardColumns = (
	viewer: Viewer,
) => sql`event.id, event.title, event.starts_at as "startsAt", event.ends_at as "endsAt",
	event.time_zone as "timeZone", event.place_name as "placeName", zone.name as commune, event.online_url is not null as "isOnline",
	event.cancelled_at as "cancelledAt", event.cancel_reason as "cancelReason", event.capacity, event.coming_count as coming,
	event.waiting_count as waiting, case when unit.id is not null then jsonb_build_object('id', unit.id, 'name', unit.name, 'slug', unit.slug, 'depth', unit_kind.depth,
		'levels', (select max(known_kind.depth) + 1 from territory.unit_kind as known_kind)) end as unit,
	case when event.group_id is not null then (select jsonb_build_object('id', circle.id, 'name', circle.name) from groups.circle
		where circle.id = event.group_id and ${circles.see(viewer)}) end as "group",
	(select case when answer.is_waiting then 'waiting' else answer.answer end from events.answer
		where answer.event_id = event.id and answer.person_id = ${viewer.id}::uuid) as answer`;

/** What cards are read from. */
export const cardTables = sql`events.event left join territory.unit on unit.id = event.unit_id
	left join territory.unit_kind on unit_kind.id = unit.kind_id left join territory.zone on zone.id = event.zone_id`;
