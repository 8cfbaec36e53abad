import { groupsOfAsker } from '#domains/groups/index.ts';
import { unitsOfAsker } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import type { LiveTopic } from '#platform/domain.ts';
import { emit } from '#platform/live/emit.ts';
import { list, sql } from '#platform/sql.ts';

const ofUnit = (unitId: string) => `events:${unitId}`;
const ofGroup = (groupId: string) => `events-of:${groupId}`;
const ofEvent = (eventId: string) => `event:${eventId}`;

/**
 * Something of an event changed: open pages look again, under their own rules. Heard in the units that organise and below, by the
 * group's people and by who answered; neither a word nor a name travels.
 */
export const somethingChanged: LiveTopic = {
	gate: 'network',
	rule: 'events.event.see',
	asks: {
		units: unitsOfAsker,
		groups: groupsOfAsker,
		events: sql`array(select event.id from events.answer join events.event on event.id = answer.event_id
			where answer.person_id = asker.id and event.ends_at > now())`,
	},
	channels: (_, { units = [], groups = [], events = [] }) => [
		...units.map(ofUnit),
		...groups.map(ofGroup),
		...events.map(ofEvent),
	],
};

/** Tells the open pages, once for each event. */
export const onHappened = ({ eventId, eventIds }: { eventId?: string; eventIds?: string[] }): Promise<void> =>
	asSystem('events', async (tx) => {
		const ids = [eventId, ...(eventIds ?? [])].filter((id) => id !== undefined);
		const rows = await tx.many<{ id: string; units: string[]; group: string | null }>(sql`
			select event.id, event.group_id as "group", array(select event.unit_id where event.unit_id is not null union select co_unit.unit_id from events.co_unit
				where co_unit.event_id = event.id and co_unit.accepted) as units
			from events.event where event.id = any (${list(ids, 'uuid')})`);
		const channels = rows.flatMap(({ id, units, group }) => [
			ofEvent(id),
			...units.map(ofUnit),
			...(group ? [ofGroup(group)] : []),
		]);
		// A series has many dates: a page that hears one of them looks again once.
		if (channels.length) await emit(tx, [...new Set(channels)], { count: 1 });
	});
