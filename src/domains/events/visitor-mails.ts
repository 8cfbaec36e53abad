import { suppressionOf } from '#domains/people/index.ts';
import { asSystem } from '#platform/db.ts';
import { house, wordsOf } from '#platform/house.ts';
import { sendMail } from '#platform/mail/queue.ts';
import { sql } from '#platform/sql.ts';
import { visitorKey } from './visitors.ts';

/** What a visitor is written about. */
export type About = 'confirm' | 'seated' | 'changed' | 'cancelled' | 'reminder';

interface Row {
	email: string;
	language: 'fr' | 'en';
	event_id: string;
	title: string;
	starts_at: Date;
	time_zone: string;
	place: string;
	reason: string;
	refused: boolean;
}

/** Where a visitor keeps or gives back their place. */
export const visitorPath = (eventId: string, visitorId: string) =>
	`/e/${eventId}/ma-place?cle=${visitorKey(visitorId)}`;

/** Writes to somebody without account about the one event they come to; nothing else is ever sent to them. */
export const mailVisitor = ({ visitorId, about }: { visitorId: string; about: About }): Promise<void> =>
	asSystem('events', async (tx) => {
		const row = await rowOf(tx, visitorId);
		if (!row || row.refused) return;
		const { say, date } = wordsOf(await house(), row.language);
		const { title, reason, place } = row;
		const when = date(row.starts_at, 'dateTime', { timeZone: row.time_zone });
		await sendMail(tx, {
			to: row.email,
			kind: `events.visitor_${about}`,
			language: row.language,
			// words: events.visitor_mail_*
			subject: say(`events.visitor_mail_${about}_subject`, { title }),
			paragraphs: [
				say(`events.visitor_mail_${about}`, { title, reason }),
				...(about === 'cancelled' ? [] : [[when, place].filter(Boolean).join(' · ')]),
				say('events.visitor_mail_not_you'),
			],
			action: { label: say(`events.visitor_mail_${about}_link`), url: visitorPath(row.event_id, visitorId) },
		});
	});

const rowOf = async (tx: Parameters<typeof sendMail>[0], visitorId: string) => {
	const row = await tx.one<Omit<Row, 'refused'> & { email_key: string }>(sql`
		select visitor.email, visitor.email_key, visitor.language, event.id as event_id, event.title, event.starts_at, event.time_zone,
			concat_ws(', ', nullif(event.place_name, ''), nullif(event.address, '')) as place, event.cancel_reason as reason
		from events.visitor join events.event on event.id = visitor.event_id where visitor.id = ${visitorId}::uuid`);
	if (!row) return;
	const refused = await tx.one(sql`select 1 as yes from people.suppression
		where suppression.email_hash = ${suppressionOf(row.email_key)}`);
	return { ...row, refused: Boolean(refused) } as Row;
};
