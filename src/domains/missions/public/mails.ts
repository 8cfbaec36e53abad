import { asSystem, type Tx } from '#platform/db.ts';
import { house } from '#platform/house.ts';
import { enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { visitors } from './visitors.ts';

/** What a visitor is written about. */
export type About = 'confirm' | 'changed' | 'cancelled' | 'reminder';

/** Where a visitor keeps or gives back their place. */
export const visitorPath = (missionId: string, visitorId: string) =>
	`/m/${missionId}/ma-place?cle=${visitors.keyOf(visitorId)}`;

interface Row {
	mission_id: string;
	title: string;
	starts_at: Date;
	place: string;
	reason: string;
}

/** Writes to somebody without account about the one mission they come to; nothing else is ever sent to them. */
export const mailVisitor = ({ visitorId, about }: { visitorId: string; about: About }): Promise<void> =>
	asSystem('missions', async (tx) => {
		const row =
			await tx.one<Row>(sql`select mission.id as mission_id, mission.title, mission.starts_at, mission.place,
				mission.cancel_reason as reason
			from missions.visitor join missions.mission on mission.id = visitor.mission_id where visitor.id = ${visitorId}::uuid`);
		if (!row) return;
		const { title, place, reason } = row;
		const { timeZone } = await house();
		await visitors.write(tx, visitorId, ({ say, date }) => ({
			kind: `missions.visitor_${about}`,
			// words: missions.visitor_mail_*
			subject: say(`missions.visitor_mail_${about}_subject`, { title }),
			paragraphs: [
				say(`missions.visitor_mail_${about}`, { title, reason }),
				...(about === 'cancelled' ? [] : [`${date(row.starts_at, 'dateTime', { timeZone })} · ${place}`]),
			],
			action: {
				label: say(`missions.visitor_mail_${about}_link`),
				url: visitorPath(row.mission_id, visitorId),
			},
			told:
				about === 'cancelled'
					? { title, cancelled: reason }
					: { title, place, timeZone, startsAt: row.starts_at.toISOString() },
		}));
	});

/** Writes to all those who come to a mission without account. Runs as the house. */
export async function mailGuests(tx: Tx, missionId: string, about: About): Promise<void> {
	const guests = await tx.many<{ visitorId: string }>(
		sql`select guest.visitor_id as "visitorId" from missions.guest where guest.mission_id = ${missionId}::uuid`,
	);
	for (const { visitorId } of guests) await enqueue(tx, 'missions.mail_visitor', { visitorId, about });
}
