import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { confirmVisit, visit, visitorKey } from './visitors.ts';

let place = 0;

/** Somebody without account asks for a place at a public event and follows the link of the mail; gives the link's secret. */
export async function visits(
	eventId: string,
	{ email, name = '', guests = 0 }: { email: string; name?: string; guests?: number },
): Promise<string> {
	const from = { ip: `10.77.${place++}.1`, language: 'fr' } as const;
	await visit(visitor, eventId, { email, name, website: '' }, from);
	const row = await asSystem('test', (tx) =>
		tx.one<{ id: string }>(sql`select visitor.id from events.visitor
			where visitor.email = ${email} and visitor.event_id = ${eventId}::uuid`),
	);
	const cle = visitorKey(row!.id);
	await confirmVisit(visitor, eventId, { cle, guests });
	return cle;
}
