import { unitsAbove } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { isId } from '#platform/ids.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { readTogether } from '#platform/together.ts';
import type { Viewer } from '#platform/viewer.ts';
import { isOfGroups } from './agenda.ts';
import { cardColumns, cardTables, type EventCard } from './cards.ts';
import { events } from './policy.ts';
import { peopleOf, type Someone } from './show.ts';

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
	union select invitation.event_id from events.invitation
		where invitation.person_id = ${viewer.id}::uuid or invitation.unit_id = any (${unitsAbove(viewer)})
	union select answer.event_id from events.answer where answer.person_id = ${viewer.id}::uuid and answer.answer <> 'no')`;

/**
 * What comes next, and the soonest event that waits for the viewer's answer; nothing cancelled nor refused. `justSaid`: the event
 * they have this moment answered, which stays the question, so that the answer is read and may be changed.
 */
export const homeEvents = async (viewer: Viewer, justSaid: string | null = null): Promise<HomeEvents> => {
	if (!viewer.id) return { next: [], asked: null };
	return readTogether(viewer, async (tx) => {
		const rows = await chosen(tx, viewer, isId(justSaid) ? justSaid : null);
		const asked = rows.find(({ isAsked }) => isAsked);
		return {
			next: rows.filter(({ isListed }) => isListed),
			asked: asked
				? { ...asked, people: await peopleOf(tx, viewer, asked.id, { but: viewer.id, most: named }) }
				: null,
		};
	});
};

// What one may answer is what is shown to one: one rule is asked, once. Each is a large piece of a plan, on the page that is read most.
const chosen = (tx: Tx, viewer: Viewer, held: string | null) => {
	const asks = sql`(found.starts_at > now() and (found.held or found.said is null))`;
	return tx.many<EventCard & { isListed: boolean; isAsked: boolean }>(sql`
		with around as materialized ${around(viewer)},
		found as materialized (select event.id, event.starts_at, own.answer as said, coalesce(event.id = ${held}::uuid, false) as held
			from events.event left join events.answer as own on own.event_id = event.id and own.person_id = ${viewer.id}::uuid
			where event.id in (select around.id from around) and event.starts_at < now() + interval '45 days' and ${events.answer(viewer)}),
		placed as (select found.id, found.said is distinct from 'no' and row_number() over (
				order by found.said is not distinct from 'no', found.said is null, found.starts_at, found.id) <= ${listed} as listed,
			${asks} and row_number() over (partition by ${asks} order by found.held desc, found.starts_at, found.id) = 1 as asked from found)
		select ${cardColumns(viewer)}, placed.listed as "isListed", placed.asked as "isAsked"
		from ${cardTables} join placed on placed.id = event.id and (placed.listed or placed.asked)
		order by event.starts_at, event.id`);
};
