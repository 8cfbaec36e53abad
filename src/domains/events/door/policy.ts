import { every, policy } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
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
