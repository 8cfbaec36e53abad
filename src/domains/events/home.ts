import { persons } from '#domains/friends/index.ts';
import { unitsAbove } from '#domains/territory/index.ts';
import { isId } from '#platform/ids.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { readTogether } from '#platform/together.ts';
import type { Viewer } from '#platform/viewer.ts';
import { hasAnswered, isOfGroups } from './agenda.ts';
import { cardColumns, cardTables, type EventCard } from './cards.ts';
import { events } from './policy.ts';
import { type Someone, someone } from './show.ts';

/** An event that waits for the viewer's answer, with the first who come and whom they may know. */
export interface Asked extends EventCard {
	people: Someone[];
}

/** What the home says of events. */
export interface HomeEvents {
	/** The next ones, by date: those the viewer said they come to first of all, then what their units and groups prepare. */
	next: EventCard[];
	/** The one question of the home. */
	asked: Asked | null;
}

/** How many the home lists. */
const listed = 3;
/** How many of those who come are named. */
const named = 2;

// Looked up by unit and by person: what is read stays the same however many events the organisation has.
const around = (viewer: Viewer): Sql => sql`(
	select event.id from events.event where event.unit_id = any (${unitsAbove(viewer)})
		and event.starts_at between now() - interval '31 days' and now() + interval '45 days'
	union select co_unit.event_id from events.co_unit where co_unit.unit_id = any (${unitsAbove(viewer)}) and co_unit.accepted
	union select event.id from events.event where ${isOfGroups(viewer)}
		and event.starts_at between now() - interval '31 days' and now() + interval '45 days'
	union select invitation.event_id from events.invitation where invitation.unit_id = any (${unitsAbove(viewer)})
	union select invitation.event_id from events.invitation where invitation.person_id = ${viewer.id}::uuid
	union select answer.event_id from events.answer where answer.person_id = ${viewer.id}::uuid and answer.answer <> 'no')`;

const peopleOf = (
	viewer: Viewer,
) => sql`(select coalesce(jsonb_agg(${someone} order by person.seat_at), '[]') from (
	select person.*, answer.seat_at from events.answer join people.person on person.id = answer.person_id
	where answer.event_id = event.id and answer.answer = 'coming' and not answer.is_waiting
		and answer.person_id <> ${viewer.id}::uuid and ${persons.see(viewer)}
	order by answer.seat_at limit ${named}) as person)`;

const refused = (viewer: Viewer) => sql`exists (select from events.answer where answer.event_id = event.id
	and answer.person_id = ${viewer.id}::uuid and answer.answer = 'no')`;

/**
 * What comes next, and the soonest event that waits for the viewer's answer; nothing cancelled nor refused. `justSaid`: the event
 * they have this moment answered, which stays the question, so that the answer is read and may be changed.
 */
export const homeEvents = async (viewer: Viewer, justSaid: string | null = null): Promise<HomeEvents> => {
	if (!viewer.id) return { next: [], asked: null };
	const held = isId(justSaid) ? justSaid : null;
	const asks = sql`(found.open and (found.held or not (found.said or found.refused)))`;
	const rows = await readTogether(viewer, (tx) =>
		tx.many<Asked & { isListed: boolean; isAsked: boolean }>(sql`
			with around as materialized ${around(viewer)},
			found as materialized (select event.id, event.starts_at, coalesce(event.id = ${held}::uuid, false) as held, ${refused(viewer)} as refused,
					${hasAnswered(viewer)} as said, event.starts_at > now() and ${events.answer(viewer)} as open
				from events.event where event.id in (select around.id from around) and event.ends_at > now()
					and event.starts_at < now() + interval '45 days' and event.cancelled_at is null and ${events.see(viewer)}),
			placed as (select found.id, not found.refused and row_number() over (order by found.refused, found.said desc, found.starts_at, found.id)
					<= ${listed} as listed, ${asks} and row_number() over (partition by ${asks}
						order by found.held desc, found.starts_at, found.id) = 1 as asked from found)
			select ${cardColumns(viewer)}, placed.listed as "isListed", placed.asked as "isAsked",
				case when placed.asked then ${peopleOf(viewer)} else '[]' end as people
			from ${cardTables} join placed on placed.id = event.id and (placed.listed or placed.asked)
			order by event.starts_at, event.id`),
	);
	return {
		next: rows.filter(({ isListed }) => isListed),
		asked: rows.find(({ isAsked }) => isAsked) ?? null,
	};
};
