import type * as v from 'valibot';
import { settle } from '#domains/notices/index.ts';
import { asSystemOnce } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { AnswerForm } from './input.ts';
import { events } from './policy.ts';
import { type Seat, takeSeat } from './seats.ts';

/**
 * Says coming, maybe or no; gives what it came to: a seat, or a place among those who wait. The house writes it: to leave
 * a seat gives it to somebody else. Throws NotFound, Forbidden when it is over or cancelled, Invalid for the guests.
 */
export const answer = (
	viewer: Viewer,
	eventId: string,
	{ presence: said, guests }: v.InferOutput<typeof AnswerForm>,
): Promise<Seat> =>
	asSystemOnce(viewer, 'events', async (tx) => {
		await events.guard(tx, viewer, 'answer', eventId);
		const seat = await takeSeat(tx, eventId, { personId: viewer.id! }, { answer: said, guests });
		await settle(tx, viewer, ['event_invited'], eventId);
		return seat;
	});

/** Says again, the day before, that one comes. Throws NotFound when one did not say so. */
export const confirm = (viewer: Viewer, eventId: string): Promise<boolean> =>
	asSystemOnce(viewer, 'events', async (tx) => {
		await events.guard(tx, viewer, 'answer', eventId);
		const done =
			await tx.run(sql`update events.answer set confirmed_at = now() where answer.event_id = ${eventId}::uuid
			and answer.person_id = ${viewer.id}::uuid and answer.answer = 'coming' and not answer.is_waiting`);
		await settle(tx, viewer, ['event_reminder'], eventId);
		return done > 0;
	});
