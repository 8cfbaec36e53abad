import { putChoice } from '#domains/feed/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';

/** Who, of the cast, receives by mail what is said in the liveliest of their groups. */
const readers: CastName[] = ['odile', 'mathis', 'gerard', 'yamina'];

/** Some read their groups by mail: what is said there by whoever tries the demonstration is among the mails of its page. */
export const receiveByMail = (): Promise<void> =>
	asSystem('demo', async (tx) => {
		for (const name of readers) {
			const group = await tx.one<{ id: string }>(sql`select circle.id from groups.circle
				join groups.seat on seat.circle_id = circle.id and seat.person_id = ${idOf(name)}::uuid
				where circle.archived_at is null order by circle.active_at desc, circle.id limit 1`);
			if (group) await putChoice(tx, { personId: idOf(name), circleId: group.id, mails: true });
		}
	});
