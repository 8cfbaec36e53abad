import { record } from '#platform/audit.ts';
import { asSystem, type Tx, write } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
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
	const answers = await write(viewer, async (tx) => {
		await events.guard(tx, viewer, 'readAnswers', id);
		await note(tx, viewer, id);
		// As the viewer: the database too gives these to who organises alone.
		return tx.many<Omit<Guest, 'name'>>(sql`select answer.visitor_id as id, answer.guests,
				case when answer.is_waiting then 'waiting' else answer.answer end as answer
			from events.answer where answer.event_id = ${id}::uuid and answer.visitor_id is not null
			order by answer.is_waiting, answer.seat_at, answer.id limit 2000`);
	});
	const names = await asSystem('events', (tx) =>
		tx.many<{ id: string; name: string }>(sql`select visitor.id, visitor.name from events.visitor
			where visitor.id = any (${list(
				answers.map((one) => one.id),
				'uuid',
			)})`),
	);
	const nameOf = new Map(names.map(({ id: one, name }) => [one, name]));
	const items: Guest[] = answers.map((one) => ({ ...one, name: nameOf.get(one.id) ?? '' }));
	const sum = (state: Guest['answer']) =>
		items.reduce((n, { answer, guests }) => (answer === state ? n + 1 + guests : n), 0);
	return { coming: sum('coming'), waiting: sum('waiting'), items };
}

async function note(tx: Tx, viewer: Viewer, id: string): Promise<void> {
	const row = await tx.one<{ unit_id: string }>(
		sql`select event.unit_id from events.event where event.id = ${id}::uuid`,
	);
	await record(tx, {
		actorId: viewer.id,
		act: 'events.read_answers',
		subject: 'event',
		subjectId: id,
		unitId: row!.unit_id,
	});
}
