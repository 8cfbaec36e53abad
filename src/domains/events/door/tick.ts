import * as v from 'valibot';
import { persons } from '#domains/friends/index.ts';
import { asSystem, read, type Tx, write } from '#platform/db.ts';
import { invalidField, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { events } from '../policy.ts';
import { doorCode, readCode } from './code.ts';
import { type Arrival, arrivalsAt } from './list.ts';
import { doors, holdDoor } from './policy.ts';

const id = v.pipe(v.string('app.invalid_value'), v.uuid('app.invalid_value'));
const number = (from: number, to: number) =>
	v.pipe(
		v.union([v.string(), v.number()], 'events.door_number'),
		v.transform(Number),
		v.integer('events.door_number'),
		v.minValue(from, 'events.door_number'),
		v.maxValue(to, 'events.door_number'),
	);

export const TickForm = v.object({
	kind: v.optional(v.picklist(['person', 'visitor'], 'app.invalid_value'), 'person'),
	person: id,
	brought: v.optional(number(0, 10), 0),
});
export const UntickForm = v.object({ kind: TickForm.entries.kind, person: id });
export const WalkInForm = v.object({ walk_ins: number(1, 500) });
export const DropWalkInForm = v.object({});
export const CodeForm = v.object({
	code: v.pipe(
		v.string('events.door_code_needed'),
		v.trim(),
		v.nonEmpty('events.door_code_needed'),
		v.maxLength(400, 'events.door_code_unknown'),
	),
});
type Tick = v.InferOutput<typeof TickForm>;

const isOfEvent = (eventId: string, visitorId: string) =>
	asSystem('event-door', (tx) =>
		tx.one(sql`select 1 as yes from events.visitor where visitor.id = ${visitorId}::uuid
			and visitor.event_id = ${eventId}::uuid and visitor.confirmed_at is not null`),
	);

/** Who answered is ticked whoever they are; the others must exist for who ticks them. */
async function checkPerson(tx: Tx, viewer: Viewer, eventId: string, personId: string): Promise<void> {
	const known = await tx.one(sql`select 1 as yes from people.person where person.id = ${personId}::uuid
		and (${persons.see(viewer)} or exists (select from events.answer
			where answer.event_id = ${eventId}::uuid and answer.person_id = person.id))`);
	if (!known) throw notFound();
}

async function put(tx: Tx, viewer: Viewer, eventId: string, { kind, person, brought }: Tick): Promise<void> {
	const isPerson = kind === 'person';
	await tx.run(sql`insert into events.attendance (id, event_id, person_id, visitor_id, guests, by_id)
		values (${newId()}, ${eventId}::uuid, ${isPerson ? person : null}::uuid, ${isPerson ? null : person}::uuid, ${brought}, ${viewer.id}::uuid)
		on conflict (event_id, ${isPerson ? sql`person_id` : sql`visitor_id`}) do update set guests = excluded.guests`);
}

/** Notes that somebody is there, with those they brought; ticked twice, they are there once. Throws NotFound, Forbidden. */
export const tick = (viewer: Viewer, eventId: string, one: Tick): Promise<void> =>
	write(viewer, async (tx) => {
		await holdDoor(tx, viewer, eventId);
		if (one.kind === 'person') await checkPerson(tx, viewer, eventId, one.person);
		else if (!(await isOfEvent(eventId, one.person))) throw notFound();
		await put(tx, viewer, eventId, one);
	});

/** Takes a tick back. */
export const untick = (
	viewer: Viewer,
	eventId: string,
	{ kind, person }: v.InferOutput<typeof UntickForm>,
): Promise<void> =>
	write(viewer, async (tx) => {
		await holdDoor(tx, viewer, eventId);
		const column = kind === 'person' ? sql`attendance.person_id` : sql`attendance.visitor_id`;
		await tx.run(
			sql`delete from events.attendance where attendance.event_id = ${eventId}::uuid and ${column} = ${person}::uuid`,
		);
	});

/** Counts people whom nobody knows by name. */
export const walkIn = (
	viewer: Viewer,
	eventId: string,
	{ walk_ins }: v.InferOutput<typeof WalkInForm>,
): Promise<void> =>
	write(viewer, async (tx) => {
		await holdDoor(tx, viewer, eventId);
		await tx.run(sql`insert into events.attendance (id, event_id, walk_ins, by_id)
			values (${newId()}, ${eventId}::uuid, ${walk_ins}, ${viewer.id}::uuid)`);
	});

/** Takes the last such count back. */
export const dropWalkIn = (viewer: Viewer, eventId: string): Promise<void> =>
	write(viewer, async (tx) => {
		await holdDoor(tx, viewer, eventId);
		await tx.run(sql`delete from events.attendance where attendance.id = (select last.id from events.attendance as last
			where last.event_id = ${eventId}::uuid and last.walk_ins > 0 order by last.at desc, last.id desc limit 1)`);
	});

/** Whose code it is, among those who come to this event. Throws Invalid at `code`: of another event, of nobody, of who waits for a seat. */
async function holderOfCode(tx: Tx, eventId: string, typed: string): Promise<Arrival> {
	const code = readCode(eventId, typed);
	if (code === 'other') throw invalidField('code', 'events.door_code_other');
	const holder = code && (await arrivalsAt(tx, eventId)).find((one) => doorCode(eventId, one.id) === code);
	if (!holder || holder.answer === null || holder.answer === 'no')
		throw invalidField('code', 'events.door_code_unknown');
	if (holder.waiting) throw invalidField('code', 'events.door_code_waiting', { name: holder.name });
	return holder;
}

/** The person whose code was scanned: nothing is written yet. Throws NotFound, Forbidden, Invalid. */
export const findByCode = (viewer: Viewer, eventId: string, code: string): Promise<Arrival> =>
	read(viewer, async (tx) => {
		const may = await tx.one(
			sql`select 1 as may from events.event where event.id = ${eventId}::uuid and ${doors.see(viewer)}`,
		);
		if (!may) await doors.refuse(tx, viewer, eventId);
		return holderOfCode(tx, eventId, code);
	});

/** Ticks the person of a code, with the people they said they bring; says who, and whether they were ticked already. */
export const tickByCode = (viewer: Viewer, eventId: string, { code }: v.InferOutput<typeof CodeForm>) =>
	write(viewer, async (tx): Promise<{ name: string; again: boolean }> => {
		await holdDoor(tx, viewer, eventId);
		const { id: person, kind, name, at, guests } = await holderOfCode(tx, eventId, code);
		if (!at) await put(tx, viewer, eventId, { kind, person, brought: guests });
		return { name, again: at !== null };
	});

/** The viewer's own code, for who comes and has a seat. Throws NotFound. */
export const myCode = (viewer: Viewer, eventId: string) =>
	read(viewer, async (tx): Promise<{ title: string; starts_at: Date; time_zone: string; code: string }> => {
		const own = await tx.one<{ title: string; starts_at: Date; time_zone: string }>(sql`
			select event.title, event.starts_at, event.time_zone from events.event join events.answer on answer.event_id = event.id
			where event.id = ${eventId}::uuid and ${events.see(viewer)} and answer.person_id = ${viewer.id}::uuid
				and answer.answer = 'coming' and not answer.is_waiting and event.cancelled_at is null`);
		if (!own) throw notFound();
		return { ...own, code: doorCode(eventId, viewer.id!) };
	});
