import type { Tx } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { type Sql, sql } from '#platform/sql.ts';

/** Who answers: a person of the network, or somebody without account. */
export type Party = { personId: string } | { visitorId: string };
/** What they say. */
export interface Answered {
	answer: 'coming' | 'maybe' | 'no';
	/** Null keeps what was said before. */
	guests: number | null;
}
/** What it came to. */
export type Seat = 'coming' | 'waiting' | 'maybe' | 'no';

interface Room {
	capacity: number | null;
	guests_allowed: number;
	/** Seats taken, guests included, by the others. */
	taken: number;
	/** Somebody else waits. */
	queue: boolean;
	before: { answer: string; guests: number; is_waiting: boolean } | null;
}

const isOf = (who: Party): Sql =>
	'personId' in who
		? sql`answer.person_id = ${who.personId}::uuid`
		: sql`answer.visitor_id = ${who.visitorId}::uuid`;

/**
 * Writes an answer and gives or frees seats, in order. The caller holds the lock of the event's row, as the house: one at a
 * time, so that ten seats are ten. Throws Invalid when more guests come than are allowed, or than there is room for.
 */
export async function takeSeat(tx: Tx, eventId: string, who: Party, said: Answered): Promise<Seat> {
	const room = await roomOf(tx, eventId, who);
	const guests = guestsOf(room, said);
	const { isWaiting, keepsPlace } = placed(room, said.answer, guests);
	await put(tx, eventId, who, { answer: said.answer, guests, isWaiting, keepsPlace });
	if (said.answer !== 'coming') await leaveShifts(tx, eventId, who);
	await moveUp(tx, eventId);
	if (!isWaiting) return said.answer;
	const now = await tx.one<{ is_waiting: boolean }>(
		sql`select answer.is_waiting from events.answer where answer.event_id = ${eventId}::uuid and ${isOf(who)}`,
	);
	return now?.is_waiting ? 'waiting' : 'coming';
}

const roomOf = async (tx: Tx, eventId: string, who: Party): Promise<Room> =>
	(await tx.one<Room>(sql`select event.capacity, event.guests_allowed,
			coalesce((select sum(1 + answer.guests) from events.answer where answer.event_id = event.id
				and answer.answer = 'coming' and not answer.is_waiting and (${isOf(who)}) is not true), 0)::int as taken,
			exists (select from events.answer where answer.event_id = event.id and answer.is_waiting and (${isOf(who)}) is not true) as queue,
			(select jsonb_build_object('answer', answer.answer, 'guests', answer.guests, 'is_waiting', answer.is_waiting) from events.answer where answer.event_id = event.id and ${isOf(who)}) as before
		from events.event where event.id = ${eventId}::uuid`))!;

function guestsOf({ guests_allowed, before }: Room, { answer, guests }: Answered): number {
	if (answer === 'no') return 0;
	const asked = guests ?? before?.guests ?? 0;
	if (asked > guests_allowed) throw invalidField('guests', 'events.guests_too_many', { n: guests_allowed });
	return asked;
}

/** Who has a seat keeps it; who asks for one waits behind those who wait. */
function placed({ capacity, taken, queue, before }: Room, answer: string, guests: number) {
	if (answer !== 'coming') return { isWaiting: false, keepsPlace: false };
	const keepsPlace = before?.answer === 'coming';
	const isSeated = keepsPlace && !before.is_waiting;
	if (capacity === null) return { isWaiting: false, keepsPlace };
	const fits = taken + 1 + guests <= capacity;
	if (isSeated && guests > before.guests && !fits) throw invalidField('guests', 'events.guests_full');
	if (isSeated) return { isWaiting: false, keepsPlace };
	return { isWaiting: !fits || queue, keepsPlace };
}

interface Put {
	answer: string;
	guests: number;
	isWaiting: boolean;
	keepsPlace: boolean;
}

async function put(
	tx: Tx,
	eventId: string,
	who: Party,
	{ answer, guests, isWaiting, keepsPlace }: Put,
): Promise<void> {
	const [personId, visitorId] = 'personId' in who ? [who.personId, null] : [null, who.visitorId];
	const target = 'personId' in who ? sql`(event_id, person_id)` : sql`(event_id, visitor_id)`;
	const seatAt = answer === 'coming' ? sql`clock_timestamp()` : sql`null`;
	await tx.run(sql`insert into events.answer (id, event_id, person_id, visitor_id, answer, guests, is_waiting, seat_at)
		values (${newId()}, ${eventId}::uuid, ${personId}::uuid, ${visitorId}::uuid, ${answer}, ${guests}, ${isWaiting}, ${seatAt})
		on conflict ${target} do update set answer = excluded.answer, guests = excluded.guests, is_waiting = excluded.is_waiting,
			answered_at = now(), confirmed_at = null, seat_at = case when ${keepsPlace} then answer.seat_at else excluded.seat_at end`);
}

const leaveShifts = async (tx: Tx, eventId: string, who: Party) => {
	if (!('personId' in who)) return;
	await tx.run(sql`delete from events.taker using events.shift where shift.id = taker.shift_id
		and shift.event_id = ${eventId}::uuid and taker.person_id = ${who.personId}::uuid`);
};

/** Gives the seats that are free to those who wait, first come first; tells them; keeps the counts. Of what is called off or over, none. */
export async function moveUp(tx: Tx, eventId: string): Promise<void> {
	const moved = await tx.many<{ person_id: string | null; visitor_id: string | null }>(sql`
		update events.answer set is_waiting = false from (
			select waiting.id, sum(1 + waiting.guests) over (order by waiting.seat_at, waiting.id) + (
				select coalesce(sum(1 + seated.guests), 0) from events.answer as seated where seated.event_id = ${eventId}::uuid
					and seated.answer = 'coming' and not seated.is_waiting) as needed
			from events.answer as waiting where waiting.event_id = ${eventId}::uuid and waiting.is_waiting) as line, events.event
		where answer.id = line.id and event.id = ${eventId}::uuid and event.cancelled_at is null and event.ends_at > now()
			and (event.capacity is null or line.needed <= event.capacity)
		returning answer.person_id, answer.visitor_id`);
	await count(tx, eventId);
	for (const { person_id, visitor_id } of moved)
		await announce(tx, 'events.seated', { eventId, personId: person_id, visitorId: visitor_id });
}

/** Kept counts, from the rows. */
export const count = (tx: Tx, eventId: string) =>
	tx.run(sql`update events.event set coming_count = counted.coming, maybe_count = counted.maybe, waiting_count = counted.waiting
		from (select coalesce(sum(1 + answer.guests) filter (where answer.answer = 'coming' and not answer.is_waiting), 0)::int as coming,
				count(*) filter (where answer.answer = 'maybe')::int as maybe,
				coalesce(sum(1 + answer.guests) filter (where answer.is_waiting), 0)::int as waiting
			from events.answer where answer.event_id = ${eventId}::uuid) as counted
		where event.id = ${eventId}::uuid`);
