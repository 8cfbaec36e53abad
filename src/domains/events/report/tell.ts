import { notify } from '#domains/notices/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { announce, enqueue, type JobDefinition, type Listener } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { namedOf } from '../tell.ts';

/** People told in one go. */
const batch = 200;

interface Told {
	eventId: string;
	byId: string;
}

/** Announces a report the first time it is published: what is withdrawn and published again is not told anew. */
export async function announceReport(tx: Tx, viewer: Viewer, eventId: string): Promise<void> {
	const isFirst = await tx.run(sql`update events.report set told_at = now()
		where report.event_id = ${eventId}::uuid and report.published_at is not null and report.told_at is null`);
	if (isFirst) await announce(tx, 'events.reported', { eventId, byId: viewer.id });
}

/** Tells those who were ticked at the door, and those who said that they come, so many at a time. */
export const tellReport = ({ eventId, byId, after }: Told & { after: string | null }): Promise<void> =>
	asSystem('notices', async (tx) => {
		const event = await namedOf(tx, eventId);
		const isThere = await tx.one(sql`select 1 as yes from events.report
			where report.event_id = ${eventId}::uuid and report.published_at is not null`);
		if (!event || !isThere) return;
		const people = await tx.many<{ id: string }>(sql`select came.person_id as id from (
				select attendance.person_id from events.attendance where attendance.event_id = ${eventId}::uuid
				union select answer.person_id from events.answer
					where answer.event_id = ${eventId}::uuid and answer.answer = 'coming' and not answer.is_waiting) as came
			where came.person_id is not null and (${after}::uuid is null or came.person_id > ${after}::uuid)
			order by came.person_id limit ${batch}`);
		const to = people.map(({ id }) => id);
		const at = { subjectId: eventId, placeId: eventId, ...event.from };
		await notify(tx, { type: 'event_reported', to, byId, ...at, payload: event.payload });
		if (to.length === batch) await enqueue(tx, 'events.tell_report', { eventId, byId, after: to.at(-1) });
	});

const onReported = ({ eventId, byId }: Told): Promise<void> =>
	asSystem('notices', (tx) => enqueue(tx, 'events.tell_report', { eventId, byId, after: null }));

export const reportListeners = [
	{ to: 'events.reported', name: 'events.on_reported', hear: onReported },
] as Listener<never>[];
export const reportJobs = [
	{ name: 'events.tell_report', policy: 'house', work: tellReport },
] as JobDefinition<never>[];
