import { record } from '#platform/audit.ts';
import { asSystem, write } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { events } from '../policy.ts';

/** Somebody without account who answered, as who organises reads them. */
export interface Guest {
	id: string;
	name: string;
	answer: 'coming' | 'waiting' | 'maybe' | 'no';
	guests: number;
}

/**
 * Who comes without account, by the name they gave: their address is read by nobody. It is written down who read it.
 * Counts hold the people they bring. Throws NotFound, Forbidden.
 */
export async function visitorsOf(viewer: Viewer, id: string) {
	await write(viewer, async (tx) => {
		await events.guard(tx, viewer, 'readAnswers', id);
		const row = (await tx.one<{ unit_id: string }>(
			sql`select event.unit_id from events.event where event.id = ${id}::uuid`,
		))!;
		await record(tx, {
			actorId: viewer.id,
			act: 'events.read_answers',
			subject: 'event',
			subjectId: id,
			unitId: row.unit_id,
		});
	});
	const items = await asSystem('events', (tx) =>
		tx.many<Guest>(sql`select visitor.id, visitor.name, answer.guests,
				case when answer.is_waiting then 'waiting' else answer.answer end as answer
			from events.visitor join events.answer on answer.visitor_id = visitor.id
			where visitor.event_id = ${id}::uuid and visitor.confirmed_at is not null
			order by answer.is_waiting, answer.seat_at, answer.id limit 2000`),
	);
	const sum = (state: Guest['answer']) =>
		items.reduce((n, { answer, guests }) => (answer === state ? n + 1 + guests : n), 0);
	return { coming: sum('coming'), waiting: sum('waiting'), items };
}
