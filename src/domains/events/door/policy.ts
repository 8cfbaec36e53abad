import type { Tx } from '#platform/db.ts';
import { forbidden, type Refusal } from '#platform/errors.ts';
import { every, policy } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { events } from '../policy.ts';

const isStanding = () => sql`event.cancelled_at is null`;
/** People come early, and the list is put right afterwards. */
const isOpen = () =>
	sql`(event.starts_at < now() + interval '12 hours' and event.ends_at > now() - interval '30 days')`;

/** Who stands at the door of an event: reads who comes, ticks who is there. */
export const doors = policy(
	'events.event',
	{ see: events.readAnswers, tick: every(events.readAnswers, isStanding, isOpen) },
	'events.door',
);

/** Holds the event for who ticks at its door; who organises it is told why nobody is ticked. Throws NotFound, Forbidden. */
export const holdDoor = (tx: Tx, viewer: Viewer, eventId: string): Promise<void> =>
	doors.guard(tx, viewer, 'tick', eventId).catch(async (refusal: Refusal) => {
		if (refusal.name !== 'Forbidden') throw refusal;
		const off = await tx.one(
			sql`select 1 as off from events.event where event.id = ${eventId}::uuid and event.cancelled_at is not null`,
		);
		throw forbidden(off ? 'events.door_cancelled' : 'events.door_closed');
	});
