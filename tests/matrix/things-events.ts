import { visitorKey } from '#domains/events/visitors.ts';
import type { Tx } from '#platform/db.ts';
import { keepFile, takeIn } from '#platform/files/keep.ts';
import { hashOfSecret } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';

/** Events of Villebrume, each in one state. */
export const eventStates = ['public', 'unit', 'invited', 'cancelled', 'over', 'hidden'] as const;
export type EventState = (typeof eventStates)[number];

const idsOf = () =>
	Object.fromEntries(eventStates.map((state) => [state, idOf(`event ${state}`)])) as Record<
		EventState,
		string
	>;

/** Events in each state, with answers, a shift, questions, a unit that is asked, somebody without account. */
export async function putEvents(tx: Tx) {
	const event = idsOf();
	for (const state of eventStates) await putEvent(tx, event[state], state);
	await tx.run(sql`insert into safety.hidden (kind, subject_id, place_id, decision_id)
		values ('event', ${event.hidden}, ${event.hidden}, ${idOf('event decision')})`);
	await putInvitations(tx, event.invited);
	return { event, eventCover: await putCover(tx, event.unit), ...(await putAround(tx, event)) };
}

async function putCover(tx: Tx, holderId: string): Promise<string> {
	const upload = await takeIn(new File(['matrix'], 'stand.txt', { type: 'text/plain' }));
	const file = await keepFile(tx, upload, { ownerId: idOf('samuel'), holder: 'events.event', holderId });
	await tx.run(sql`update events.event set cover_id = ${file} where event.id = ${holderId}`);
	return file;
}

async function putEvent(tx: Tx, id: string, state: EventState): Promise<void> {
	const from = state === 'over' ? '-5 days' : '20 days';
	const visibility =
		{ public: 'public', over: 'public', hidden: 'public', invited: 'invited' }[state as 'over'] ?? 'unit';
	await tx.run(sql`insert into events.event (id, unit_id, by_id, title, text, access, online_url, starts_at, ends_at, visibility, folded,
			cancelled_at, cancel_reason)
		values (${id}, ${idOf('villebrume')}, ${idOf('samuel')}, ${`canary-event-${state}`}, 'Venez.', 'Par le pont.',
			${state === 'unit' ? 'https://visio.example/canary-link' : null}, now() + ${from}::interval,
			now() + ${from}::interval + interval '2 hours', ${visibility}, ${`canary event ${state}`},
			${state === 'cancelled' ? new Date() : null}::timestamptz, ${state === 'cancelled' ? 'Orage' : ''})`);
}

const putInvitations = (tx: Tx, eventId: string) =>
	tx.run(sql`insert into events.invitation (id, event_id, unit_id, person_id, by_id) values
		(${idOf('event invitation 1')}, ${eventId}, null, ${idOf('tidiane')}, ${idOf('samuel')}),
		(${idOf('event invitation 2')}, ${eventId}, ${idOf('castelmauve')}, null, ${idOf('samuel')})`);

async function putAround(tx: Tx, event: Record<EventState, string>) {
	const shift = idOf('event shift');
	const question = { open: idOf('event question'), answered: idOf('event question answered') };
	const coUnit = idOf('event co unit');
	const guest = idOf('event visitor');
	const placed = idOf('event visitor of the unit');
	await tx.run(sql`insert into events.answer (id, event_id, person_id, answer, seat_at) values
		(${idOf('event answer 1')}, ${event.unit}, ${idOf('odile')}, 'coming', now()),
		(${idOf('event answer 2')}, ${event.unit}, ${idOf('gerard')}, 'maybe', null)`);
	await tx.run(sql`update events.event set coming_count = 1, maybe_count = 1 where id = ${event.unit}`);
	await tx.run(
		sql`insert into events.shift (id, event_id, position, name, needed) values (${shift}, ${event.unit}, 0, 'canary-shift', 5)`,
	);
	await tx.run(sql`insert into events.taker (shift_id, person_id) values (${shift}, ${idOf('odile')})`);
	await tx.run(sql`insert into events.question (id, event_id, by_id, text, answer, answered_by, answered_at) values
		(${question.open}, ${event.unit}, ${idOf('odile')}, 'canary-question-open', null, null, null),
		(${question.answered}, ${event.unit}, ${idOf('odile')}, 'canary-question-answered', 'Oui', ${idOf('samuel')}, now())`);
	await tx.run(sql`insert into events.co_unit (id, event_id, unit_id, asked_by)
		values (${coUnit}, ${event.unit}, ${idOf('pontsarvan')}, ${idOf('samuel')})`);
	await tx.run(sql`insert into events.visitor (id, event_id, email, email_key, name, token_hash, confirmed_at)
		values (${guest}, ${event.public}, 'canary-visitor@dehors.example', 'canary-visitor@dehors.example', 'canary-visitor',
			${hashOfSecret(visitorKey(guest))}, now())`);
	await tx.run(sql`insert into events.answer (id, event_id, visitor_id, answer, seat_at)
		values (${idOf('event answer 3')}, ${event.public}, ${guest}, 'coming', now())`);
	// Came while it was public: their page says what they were told, and no more.
	await tx.run(sql`insert into events.visitor (id, event_id, email, email_key, name, token_hash, confirmed_at, told)
		values (${placed}, ${event.unit}, 'canary-visitor@since.example', 'canary-visitor@since.example', 'canary-visitor',
			${hashOfSecret(visitorKey(placed))}, now(), '{"title":"canary-told"}')`);
	await tx.run(sql`insert into events.answer (id, event_id, visitor_id, answer, seat_at)
		values (${idOf('event answer 4')}, ${event.unit}, ${placed}, 'coming', now())`);
	await tx.run(sql`insert into events.attendance (id, event_id, person_id, by_id)
		values (${idOf('event attendance')}, ${event.over}, ${idOf('odile')}, ${idOf('samuel')})`);
	return { shift, question, coUnit, visitorKey: visitorKey(guest), placeKey: visitorKey(placed) };
}
