import { unitsAbove } from '#domains/territory/index.ts';
import { asSystem, read } from '#platform/db.ts';
import type { LiveTopic } from '#platform/domain.ts';
import { emit } from '#platform/live/emit.ts';
import { list, sql } from '#platform/sql.ts';

const ofUnit = (unitId: string) => `events:${unitId}`;
const ofEvent = (eventId: string) => `event:${eventId}`;

/**
 * Something of an event changed: open pages look again, under their own rules. Heard in the units that organise and below, and by
 * who answered; neither a word nor a name travels.
 */
export const somethingChanged: LiveTopic = {
	gate: 'network',
	rule: 'events.event.see',
	channels: (viewer) =>
		read(viewer, async (tx) => {
			const rows = await tx.many<{ unit: string | null; event: string | null }>(sql`
				select above.id as unit, null::uuid as event from unnest(${unitsAbove(viewer)}) as above (id)
				union all select null, event.id from events.answer join events.event on event.id = answer.event_id
					where answer.person_id = ${viewer.id}::uuid and event.ends_at > now()`);
			return rows.map(({ unit, event }) => (unit ? ofUnit(unit) : ofEvent(event!)));
		}),
};

/** Tells the open pages, once for each event. */
export const onHappened = ({ eventId, eventIds }: { eventId?: string; eventIds?: string[] }): Promise<void> =>
	asSystem('events', async (tx) => {
		const ids = [eventId, ...(eventIds ?? [])].filter((id) => id !== undefined);
		const rows = await tx.many<{ id: string; units: string[] }>(sql`
			select event.id, array(select event.unit_id union select co_unit.unit_id from events.co_unit
				where co_unit.event_id = event.id and co_unit.accepted) as units
			from events.event where event.id = any (${list(ids, 'uuid')})`);
		const channels = rows.flatMap(({ id, units }) => [ofEvent(id), ...units.map(ofUnit)]);
		// A series has many dates: a page that hears one of them looks again once.
		if (channels.length) await emit(tx, [...new Set(channels)], { count: 1 });
	});
