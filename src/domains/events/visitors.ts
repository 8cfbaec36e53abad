import * as v from 'valibot';
import { Email } from '#domains/people/index.ts';
import { asSystem, asSystemOnce, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { enqueue } from '#platform/jobs.ts';
import { fingerprint, hashOfSecret } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import { line } from '#platform/text/typed.ts';
import { throttle } from '#platform/throttle.ts';
import type { Viewer } from '#platform/viewer.ts';
import { guestsMax, whole } from './input.ts';
import { events } from './policy.ts';
import { type Seat, takeSeat } from './seats.ts';

export const VisitForm = v.object({
	email: Email,
	name: v.optional(line(80, 'events.visitor_name_long'), ''),
	/** Left empty by people, who do not see it. */
	website: v.optional(v.string(), ''),
});
export const VisitorForm = v.object({
	cle: v.pipe(v.string('app.invalid_value'), v.maxLength(100, 'app.invalid_value')),
	guests: v.optional(whole(0, guestsMax, 'events.guests_shape'), 0),
});

const rates = {
	/** From one place on the network. */
	source: { burst: 8, perHour: 10 },
	/** To one address: whoever types somebody else's must not fill their mailbox. */
	address: { burst: 3, perHour: 0.5 },
	/** To one event, from everybody together. */
	event: { burst: 200, perHour: 300 },
};

/** The long secret of a visitor's link: made from the house's key, so that reading the database does not tell it. */
export const visitorKey = (id: string) => fingerprint('event-visitor', id);

/**
 * Somebody without account asks for a place at a public event: a mail leaves, and nothing is counted before its link is
 * followed. Known or not, come or not, the answer is the same. A robot that fills the hidden field is thanked.
 */
export async function visit(
	viewer: Viewer,
	eventId: string,
	{ email, name, website }: v.InferOutput<typeof VisitForm>,
	whence: { ip: string; language: 'fr' | 'en' },
): Promise<void> {
	if (!website)
		await throttle({
			[`visit:${fingerprint('visit', whence.ip)}`]: rates.source,
			[`visit-to:${fingerprint('visit', email.toLowerCase())}`]: rates.address,
			[`visit-at:${eventId}`]: rates.event,
		});
	await asSystemOnce(viewer, 'events', async (tx) => {
		await events.guard(tx, viewer, 'visit', eventId);
		if (website) return;
		const id = newId();
		const { visitorId } = (await tx.one<{
			visitorId: string;
		}>(sql`insert into events.visitor (id, event_id, email, email_key,
				name, language, token_hash) values (${id}, ${eventId}::uuid, ${email}, ${email.toLowerCase()}, ${name}, ${whence.language},
				${hashOfSecret(visitorKey(id))})
			on conflict (event_id, email_key) do update set asked_at = now() returning visitor.id as "visitorId"`))!;
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
}

const placeOf = async (tx: Tx, eventId: string, key: string): Promise<Place> => {
	const found =
		await tx.one<Place>(sql`select visitor.id, visitor.event_id as "eventId", visitor.confirmed_at as "confirmedAt",
			coalesce(answer.guests, 0) as guests, case when answer.is_waiting then 'waiting' else answer.answer end as answer
		from events.visitor left join events.answer on answer.visitor_id = visitor.id
		where visitor.event_id = ${eventId}::uuid and visitor.token_hash = ${hashOfSecret(key)}`);
	if (!found) throw notFound();
	return found;
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
		const { id } = await placeOf(tx, eventId, cle);
		await events.guard(tx, viewer, 'visit', eventId);
		await tx.run(
			sql`update events.visitor set confirmed_at = coalesce(visitor.confirmed_at, now()) where visitor.id = ${id}::uuid`,
		);
		return takeSeat(tx, eventId, { visitorId: id }, { answer: 'coming', guests });
	});

/** Gives the place back. */
export const cancelVisit = (viewer: Viewer, eventId: string, { cle }: { cle: string }): Promise<Seat> =>
	asSystemOnce(viewer, 'events', async (tx) => {
		const { id } = await placeOf(tx, eventId, cle);
		await tx.one(sql`select 1 from events.event where event.id = ${eventId}::uuid for update`);
		return takeSeat(tx, eventId, { visitorId: id }, { answer: 'no', guests: 0 });
	});
