import * as v from 'valibot';
import { type Told, type Visit, visiting, visitorKeyText } from '#domains/people/index.ts';
import { asSystem, asSystemOnce, type Tx } from '#platform/db.ts';
import { forbidden } from '#platform/errors.ts';
import { enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Viewer, visitor } from '#platform/viewer.ts';
import { guestsMax, whole } from './input.ts';
import { events } from './policy.ts';
import { type Seat, takeSeat } from './seats.ts';

export { VisitForm } from '#domains/people/index.ts';
export const VisitorForm = v.object({
	cle: visitorKeyText,
	guests: v.optional(whole(0, guestsMax, 'events.guests_shape'), 0),
});

/** The job that makes and sends mails to visitors. */
export const sendingToVisitors = 'events.send_visitor';

/** Who comes to an event without account. */
export const visitors = visiting({
	...{ table: 'events.visitor', thing: 'event_id', use: 'event-visitor' },
	job: sendingToVisitors,
});

/** The long secret of a visitor's link. */
export const visitorKey = visitors.keyOf;

/**
 * Somebody without account asks for a place at a public event: a mail leaves, and nothing is counted before its link is
 * followed. Known or not, come or not, the answer is the same. A robot that fills the hidden field is thanked.
 */
export async function visit(
	viewer: Viewer,
	eventId: string,
	input: Visit,
	{ ip, language }: { ip: string; language: 'fr' | 'en' },
): Promise<void> {
	await visitors.slowDown(eventId, input, ip);
	await asSystemOnce(viewer, 'events', async (tx) => {
		await events.guard(tx, viewer, 'visit', eventId);
		if (input.website) return;
		const visitorId = await visitors.ask(tx, eventId, { ...input, language });
		await enqueue(tx, 'events.mail_visitor', { visitorId, about: 'confirm' });
	});
}

/** A visitor's own place, by the link they got. */
export interface Place {
	id: string;
	eventId: string;
	confirmedAt: Date | null;
	answer: Seat | null;
	guests: number;
	/** Anybody reads the event: its page says it all. Else this place says only what was written to them. */
	isPublic: boolean;
	told: Told | null;
	/** There is a place to give back, and still time to. */
	mayGive: boolean;
}

const placeOf = async (tx: Tx, eventId: string, key: string): Promise<Place> => {
	const { id, confirmedAt, told } = await visitors.find(tx, eventId, key);
	const row = (await tx.one<Pick<Place, 'answer' | 'guests' | 'isPublic' | 'mayGive'>>(sql`
		select coalesce(answer.guests, 0) as guests, case when answer.is_waiting then 'waiting' else answer.answer end as answer,
			${events.see(visitor)} as "isPublic", coalesce(answer.answer = 'coming' and event.ends_at > now(), false) as "mayGive"
		from events.event left join events.answer on answer.event_id = event.id and answer.visitor_id = ${id}::uuid
		where event.id = ${eventId}::uuid`))!;
	return { id, eventId, confirmedAt, told, ...row };
};

/** What a visitor said, for their own page. Throws NotFound for a link that is none. */
export const visitorPlace = (eventId: string, key: string): Promise<Place> =>
	asSystem('events', (tx) => placeOf(tx, eventId, key));

/** Follows the link: the place is taken, or waited for. Throws NotFound, Forbidden when the event is over or called off. */
export const confirmVisit = (
	viewer: Viewer,
	eventId: string,
	{ cle, guests }: v.InferOutput<typeof VisitorForm>,
): Promise<Seat> =>
	asSystemOnce(viewer, 'events', async (tx) => {
		const { id } = await visitors.find(tx, eventId, cle);
		await events.guard(tx, viewer, 'visit', eventId);
		await visitors.confirm(tx, id);
		return takeSeat(tx, eventId, { visitorId: id }, { answer: 'coming', guests });
	});

/**
 * Gives the place back, by the link alone: also once the event is called off, or not public any more. Twice is once.
 * Throws NotFound for a link that is none, Forbidden once it is over.
 */
export const cancelVisit = (viewer: Viewer, eventId: string, { cle }: { cle: string }): Promise<Seat> =>
	asSystemOnce(viewer, 'events', async (tx) => {
		await tx.one(sql`select 1 from events.event where event.id = ${eventId}::uuid for update`);
		const { id, answer, mayGive } = await placeOf(tx, eventId, cle);
		if (answer === 'no') return answer;
		if (!mayGive) throw forbidden('events.is_over');
		return takeSeat(tx, eventId, { visitorId: id }, { answer: 'no', guests: 0 });
	});
