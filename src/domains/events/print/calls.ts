import * as v from 'valibot';
import { record } from '#platform/audit.ts';
import { read, write } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Callable, toCall } from '#platform/to-call.ts';
import type { Viewer } from '#platform/viewer.ts';
import { doorOf } from '../door/list.ts';
import { doors } from '../door/policy.ts';

/** Whom the secretary might call: the event, and everybody who said something, who is left in peace. */
const whoAnswered = (viewer: Viewer, id: string) =>
	read(viewer, async (tx) => {
		const door = await doorOf(tx, viewer, id);
		const answered = await tx.many<{ id: string }>(sql`select answer.person_id as id from events.answer
			where answer.event_id = ${id}::uuid and answer.person_id is not null`);
		return { door, answered: answered.map((one) => one.id) };
	});

/** Who of the unit said nothing about an event and may be called; without their numbers. Throws NotFound. */
export async function callList(viewer: Viewer, id: string) {
	const { door, answered } = await whoAnswered(viewer, id);
	return { door, people: door.unitId ? await toCall().callable(viewer, door.unitId, answered) : [] };
}

export const OpenCallsForm = v.object({});

/** The same with their numbers; the audit has it before they are opened. Throws NotFound. */
export async function openCalls(viewer: Viewer, id: string): Promise<Callable[]> {
	const { people } = await callList(viewer, id);
	await noteCalls(viewer, id, people.length);
	return toCall().open(viewer, people);
}

/** Writes in the audit that an officer opens so many numbers to call people about an event. */
const noteCalls = (viewer: Viewer, id: string, people: number): Promise<void> =>
	write(viewer, async (tx) => {
		await doors.guard(tx, viewer, 'see', id);
		const { unitId } = await doorOf(tx, viewer, id);
		if (!unitId) return;
		const about = { subject: 'event', subjectId: id, unitId, detail: { people } };
		await record(tx, { actorId: viewer.id, act: 'events.open_calls', ...about });
	});
