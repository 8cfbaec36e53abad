import * as v from 'valibot';
import { asSystemOnce, type Tx, write } from '#platform/db.ts';
import { invalidField, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { clockIn, dayAfter, instantOf } from '#platform/local-time.ts';
import { sql } from '#platform/sql.ts';
import { idText } from '#platform/text/typed.ts';
import type { Viewer } from '#platform/viewer.ts';
import { neededLine, whole } from './input.ts';
import { events } from './policy.ts';
import { takeSeat } from './seats.ts';

const hour = v.optional(
	v.union([v.literal(''), v.pipe(v.string(), v.regex(/^\d{2}:\d{2}$/, 'events.time_needed'))]),
	'',
);

export const ShiftForm = v.object({
	name: neededLine(120, 'events.shift_needed', 'events.shift_long'),
	starts: hour,
	ends: hour,
	needed: v.optional(whole(1, 200, 'events.shift_number'), 1),
});
export const OneShift = v.object({ shift: idText });

/** Adds a shift (with hours) or a small task (without) to an event; gives its id. Throws NotFound, Forbidden, Invalid. */
export const addShift = (
	viewer: Viewer,
	eventId: string,
	{ name, starts, ends, needed }: v.InferOutput<typeof ShiftForm>,
): Promise<string> =>
	write(viewer, async (tx) => {
		await events.guard(tx, viewer, 'change', eventId);
		const event = (await tx.one<{
			starts_at: Date;
			time_zone: string;
			shifts: number;
		}>(sql`select event.starts_at, event.time_zone,
			(select count(*)::int from events.shift where shift.event_id = event.id) as shifts
			from events.event where event.id = ${eventId}::uuid`))!;
		if (event.shifts >= 50) throw invalidField('name', 'events.shifts_many');
		const { startsAt, endsAt } = hoursOf(event, starts, ends);
		const id = newId();
		await tx.run(sql`insert into events.shift (id, event_id, position, name, starts_at, ends_at, needed)
			values (${id}, ${eventId}::uuid, ${event.shifts}, ${name}, ${startsAt}::timestamptz, ${endsAt}::timestamptz, ${needed ?? 1})`);
		return id;
	});

type Clock = { starts_at: Date; time_zone: string };

function hoursOf(event: Clock, from: string, to: string) {
	const startsAt = from ? hourOf(event, from) : null;
	const endsAt = to ? hourOf(event, to) : null;
	if (endsAt && (!startsAt || endsAt <= startsAt)) throw invalidField('ends', 'events.end_before');
	return { startsAt, endsAt };
}

/** An hour of the event's day, or of the night that follows when its clock shows less. */
function hourOf({ starts_at, time_zone }: Clock, time: string): Date {
	const { day, time: first } = clockIn(starts_at, time_zone);
	// An hour before the doors open is for who prepares: only the small hours belong to the next day.
	const at = instantOf(time < '06:00' && time < first ? dayAfter(day) : day, time, time_zone);
	if (!at) throw invalidField('starts', 'events.time_needed');
	return at;
}

const shiftOf = async (tx: Tx, eventId: string, id: string): Promise<void> => {
	const found = await tx.one(
		sql`select 1 as yes from events.shift where shift.id = ${id}::uuid and shift.event_id = ${eventId}::uuid`,
	);
	if (!found) throw notFound();
};

/** Takes a shift out of an event. Throws NotFound, Forbidden. */
export const dropShift = (viewer: Viewer, eventId: string, { shift }: { shift: string }): Promise<void> =>
	write(viewer, async (tx) => {
		await events.guard(tx, viewer, 'change', eventId);
		await shiftOf(tx, eventId, shift);
		await tx.run(sql`delete from events.shift where shift.id = ${shift}::uuid`);
	});

/** Takes a shift; who takes one comes. Throws Invalid when it is full, or when there is no seat. */
export const takeShift = (viewer: Viewer, eventId: string, { shift }: { shift: string }): Promise<void> =>
	asSystemOnce(viewer, 'events', async (tx) => {
		await events.guard(tx, viewer, 'answer', eventId);
		await shiftOf(tx, eventId, shift);
		const seat = await takeSeat(tx, eventId, { personId: viewer.id! }, { answer: 'coming', guests: null });
		if (seat === 'waiting') throw invalidField('', 'events.shift_no_seat');
		// The event's row is locked: nobody else takes one meanwhile.
		const taken = await tx.run(sql`insert into events.taker (shift_id, person_id)
			select shift.id, ${viewer.id}::uuid from events.shift where shift.id = ${shift}::uuid and (shift.needed >
				(select count(*) from events.taker where taker.shift_id = shift.id) or exists (select from events.taker
				where taker.shift_id = shift.id and taker.person_id = ${viewer.id}::uuid))
			on conflict (shift_id, person_id) do update set at = taker.at`);
		if (!taken) throw invalidField('', 'events.shift_full');
	});

/** Leaves a shift; one still comes. */
export const leaveShift = (viewer: Viewer, eventId: string, { shift }: { shift: string }): Promise<void> =>
	write(viewer, async (tx) => {
		await events.guard(tx, viewer, 'answer', eventId);
		await shiftOf(tx, eventId, shift);
		await tx.run(
			sql`delete from events.taker where taker.shift_id = ${shift}::uuid and taker.person_id = ${viewer.id}::uuid`,
		);
	});
