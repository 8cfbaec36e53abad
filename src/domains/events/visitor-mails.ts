import {
	type AsItLeaves,
	nameAsItLeaves,
	type Occasion,
	type Told,
	type WrittenAbout,
} from '#domains/people/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import type { JobDefinition } from '#platform/jobs.ts';
import { sendingJob } from '#platform/mail/jobs.ts';
import type { Mail } from '#platform/mail/queue.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { events } from './policy.ts';
import { sendingToVisitors, visitorKey, visitors } from './visitors.ts';

/** What a visitor is written about. */
export type About = Occasion;

interface Row extends AsItLeaves {
	event_id: string;
	starts_at: Date;
	time_zone: string;
	place: string;
	reason: string;
}

/** Where a visitor keeps or gives back their place. */
export const visitorPath = (eventId: string, visitorId: string) =>
	`/e/${eventId}/ma-place?cle=${visitorKey(visitorId)}`;

/** Writes to somebody without account about the one event they come to; nothing else is ever sent to them. */
export const mailVisitor = (from: WrittenAbout<About>): Promise<void> =>
	asSystem('events', (tx) => visitors.tell(tx, `events.visitor_${from.about}`, from));

/** The mail as it is true when it leaves; nothing that is not public is in it, but that it is called off, under the name they know. */
async function make(tx: Tx, { visitorId, about }: WrittenAbout<About>): Promise<Mail | null> {
	const row = await rowOf(tx, visitorId);
	const title = row && nameAsItLeaves(about, row);
	if (!title) return null;
	const { reason, place } = row;
	return visitors.write(tx, visitorId, ({ say, date }) => {
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
}

const toldOf = ({ title, starts_at, time_zone, place }: Row): Told => ({
	...{ title, place, timeZone: time_zone },
	startsAt: starts_at.toISOString(),
});

const rowOf = (tx: Tx, visitorId: string) =>
	tx.one<Row>(sql`
		select event.id as event_id, event.title, visitor.told ->> 'title' as known, event.starts_at, event.time_zone,
			concat_ws(', ', nullif(event.place_name, ''), nullif(event.address, '')) as place, event.cancel_reason as reason,
			${events.see(visitor)} as "isShown", ${events.visit(visitor)} as "isOpen",
			event.cancelled_at is not null and event.ends_at > now() as "isOff", event.starts_at > now() as "isAhead",
			coalesce(answer.answer = 'coming', false) as comes, coalesce(answer.is_waiting, false) as waits
		from events.visitor join events.event on event.id = visitor.event_id
			left join events.answer on answer.event_id = event.id and answer.visitor_id = visitor.id
		where visitor.id = ${visitorId}::uuid`);

/** Mails to visitors: put in the outbox, and made as they leave. */
export const visitorMailJobs = [
	{ name: 'events.mail_visitor', policy: 'house', work: mailVisitor },
	sendingJob(sendingToVisitors, make),
] as JobDefinition<never>[];
