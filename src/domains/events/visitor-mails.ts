import type { Told } from '#domains/people/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { visitorKey, visitors } from './visitors.ts';

/** What a visitor is written about. */
export type About = 'confirm' | 'seated' | 'changed' | 'cancelled' | 'reminder';

interface Row {
	event_id: string;
	title: string;
	starts_at: Date;
	time_zone: string;
	place: string;
	reason: string;
}

/** Where a visitor keeps or gives back their place. */
export const visitorPath = (eventId: string, visitorId: string) =>
	`/e/${eventId}/ma-place?cle=${visitorKey(visitorId)}`;

/** Writes to somebody without account about the one event they come to; nothing else is ever sent to them. */
export const mailVisitor = ({ visitorId, about }: { visitorId: string; about: About }): Promise<void> =>
	asSystem('events', async (tx) => {
		const row = await rowOf(tx, visitorId);
		if (!row) return;
		const { title, reason, place } = row;
		await visitors.write(tx, visitorId, ({ say, date }) => {
			const when = date(row.starts_at, 'dateTime', { timeZone: row.time_zone });
			return {
				kind: `events.visitor_${about}`,
				// words: events.visitor_mail_*
				subject: say(`events.visitor_mail_${about}_subject`, { title }),
				paragraphs: [
					say(`events.visitor_mail_${about}`, { title, reason }),
					...(about === 'cancelled' ? [] : [[when, place].filter(Boolean).join(' · ')]),
				],
				action: {
					label: say(`events.visitor_mail_${about}_link`),
					url: visitorPath(row.event_id, visitorId),
				},
				told: about === 'cancelled' ? { title, cancelled: reason } : toldOf(row),
			};
		});
	});

const toldOf = ({ title, starts_at, time_zone, place }: Row): Told => ({
	...{ title, place, timeZone: time_zone },
	startsAt: starts_at.toISOString(),
});

const rowOf = (tx: Tx, visitorId: string) =>
	tx.one<Row>(sql`
		select event.id as event_id, event.title, event.starts_at, event.time_zone,
			concat_ws(', ', nullif(event.place_name, ''), nullif(event.address, '')) as place, event.cancel_reason as reason
		from events.visitor join events.event on event.id = visitor.event_id where visitor.id = ${visitorId}::uuid`);
