import { read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { questions } from './policy.ts';
import { type Someone, someone } from './show.ts';

/** A question that nobody answered yet, about an event to come. */
export interface WaitingQuestion {
	id: string;
	text: string;
	askedAt: Date;
	by: Someone;
	eventId: string;
	title: string;
	startsAt: Date;
	timeZone: string;
}

/** Questions that the viewer may answer as one who organises, those of the soonest events first, and how many wait in all. */
export const questionsWaiting = (
	viewer: Viewer,
	limit: number,
): Promise<{ rows: WaitingQuestion[]; count: number }> =>
	read(viewer, async (tx) => {
		const rows = await tx.many<WaitingQuestion & { n: number }>(sql`
			select question.id, question.text, question.asked_at as "askedAt", ${someone} as by, event.id as "eventId", event.title,
				event.starts_at as "startsAt", event.time_zone as "timeZone", count(*) over ()::int as n
			from events.question join events.event on event.id = question.event_id join people.person on person.id = question.by_id
			where question.answered_at is null and event.ends_at > now() and event.cancelled_at is null
				and question.by_id <> ${viewer.id}::uuid and ${questions.answer(viewer)} and ${questions.see(viewer)}
			order by event.starts_at, question.asked_at, question.id limit ${limit}`);
		return { rows: rows.map(({ n, ...one }) => one), count: rows[0]?.n ?? 0 };
	});
