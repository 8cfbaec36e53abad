import type { UnitSign } from '#domains/territory/index.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Seat } from './seats.ts';

/** An event in a list. */
export interface EventCard {
	id: string;
	title: string;
	unit: UnitSign;
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

/** Columns of a card; the query joins `territory.unit`, `territory.unit_kind` and, left, `territory.zone`. */
export const cardColumns = (
	viewer: Viewer,
) => sql`event.id, event.title, event.starts_at as "startsAt", event.ends_at as "endsAt",
	event.time_zone as "timeZone", event.place_name as "placeName", zone.name as commune, event.online_url is not null as "isOnline",
	event.cancelled_at as "cancelledAt", event.cancel_reason as "cancelReason", event.capacity, event.coming_count as coming,
	event.waiting_count as waiting, jsonb_build_object('id', unit.id, 'name', unit.name, 'slug', unit.slug, 'depth', unit_kind.depth,
		'levels', (select max(known_kind.depth) + 1 from territory.unit_kind as known_kind)) as unit,
	(select case when answer.is_waiting then 'waiting' else answer.answer end from events.answer
		where answer.event_id = event.id and answer.person_id = ${viewer.id}::uuid) as answer`;

/** What cards are read from. */
export const cardTables = sql`events.event join territory.unit on unit.id = event.unit_id
	join territory.unit_kind on unit_kind.id = unit.kind_id left join territory.zone on zone.id = event.zone_id`;
