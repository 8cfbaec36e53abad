import { type AsItLeaves, nameAsItLeaves, type Occasion, type WrittenAbout } from '#domains/people/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { house } from '#platform/house.ts';
import { enqueue } from '#platform/jobs.ts';
import type { Mail } from '#platform/mail/queue.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { missions } from '../policy.ts';
import { visitors } from './visitors.ts';

/** What a visitor is written about. */
export type About = Exclude<Occasion, 'seated'>;

/** Where a visitor keeps or gives back their place. */
export const visitorPath = (missionId: string, visitorId: string) =>
	`/m/${missionId}/ma-place?cle=${visitors.keyOf(visitorId)}`;

interface Row extends AsItLeaves {
	mission_id: string;
	starts_at: Date;
	place: string;
	reason: string;
}

/** Writes to somebody without account about the one mission they come to; nothing else is ever sent to them. */
export const mailVisitor = (from: WrittenAbout<About>): Promise<void> =>
	asSystem('missions', (tx) => visitors.tell(tx, `missions.visitor_${from.about}`, from));

/** The mail as it is true when it leaves; nothing that is not public is in it, but that it is called off, under the name they know. */
export async function makeVisitorMail(
	tx: Tx,
	{ visitorId, about }: WrittenAbout<About>,
): Promise<Mail | null> {
	const row = await rowOf(tx, visitorId);
	const title = row && nameAsItLeaves(about, row);
	if (!title) return null;
	const { place, reason, starts_at: startsAt } = row;
	const { timeZone } = await house();
	return visitors.write(tx, visitorId, ({ say, date }) => ({
		kind: `missions.visitor_${about}`,
		// words: missions.visitor_mail_*
		subject: say(`missions.visitor_mail_${about}_subject`, { title }),
		paragraphs: [
			say(`missions.visitor_mail_${about}`, { title, reason }),
			...(about === 'cancelled' ? [] : [`${date(startsAt, 'dateTime', { timeZone })} · ${place}`]),
		],
		action: {
			label: say(`missions.visitor_mail_${about}_link`),
			url: visitorPath(row.mission_id, visitorId),
		},
		told:
			about === 'cancelled'
				? { title, cancelled: reason }
				: { title, place, timeZone, startsAt: startsAt.toISOString() },
	}));
}

const rowOf = (tx: Tx, visitorId: string) =>
	tx.one<Row>(sql`
		select mission.id as mission_id, mission.title, visitor.told ->> 'title' as known, mission.starts_at, mission.place,
			mission.cancel_reason as reason, ${missions.see(visitor)} as "isShown", ${missions.visit(visitor)} as "isOpen",
			mission.state = 'cancelled' and mission.ends_at > now() as "isOff", mission.starts_at > now() as "isAhead",
			exists (select from missions.guest where guest.visitor_id = visitor.id) as comes, false as waits
		from missions.visitor join missions.mission on mission.id = visitor.mission_id where visitor.id = ${visitorId}::uuid`);

/** Writes to all those who come to a mission without account. Runs as the house. */
export async function mailGuests(tx: Tx, missionId: string, about: About): Promise<void> {
	const guests = await tx.many<{ visitorId: string }>(
		sql`select guest.visitor_id as "visitorId" from missions.guest where guest.mission_id = ${missionId}::uuid`,
	);
	for (const { visitorId } of guests) await enqueue(tx, 'missions.mail_visitor', { visitorId, about });
}
