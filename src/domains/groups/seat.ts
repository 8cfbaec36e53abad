import type { Tx } from '#platform/db.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';

/** A group and a person. */
export interface Place {
	circleId: string;
	personId: string;
}

/**
 * Makes somebody a member: the caller holds the group's row, and the person said yes. A second time changes nothing.
 * Gives whether they were not one already.
 */
export async function sit(tx: Tx, { circleId, personId }: Place, byId: string | null): Promise<boolean> {
	const came = await tx.run(sql`
		insert into groups.membership (circle_id, person_id, state, by_id) values (${circleId}, ${personId}, 'member', ${byId}::uuid)
		on conflict (circle_id, person_id) do update set state = 'member', by_id = excluded.by_id, note = '', at = now()
			where membership.state <> 'member'`);
	if (!came) return false;
	await tx.run(sql`insert into groups.seat (person_id, circle_id) values (${personId}, ${circleId})`);
	await tx.run(sql`update groups.circle set member_count = circle.member_count + 1, active_at = now(), warned_at = null
		where circle.id = ${circleId}::uuid`);
	await announce(tx, 'groups.joined', { groupId: circleId, personId });
	return true;
}

/** Takes somebody's seat; what becomes of the membership is the caller's. Gives whether there was one. */
export async function rise(tx: Tx, { circleId, personId }: Place): Promise<boolean> {
	const gone = await tx.run(
		sql`delete from groups.seat where seat.person_id = ${personId}::uuid and seat.circle_id = ${circleId}::uuid`,
	);
	if (!gone) return false;
	await tx.run(sql`update groups.circle set member_count = circle.member_count - 1,
			successor_id = case when circle.successor_id <> ${personId}::uuid then circle.successor_id end
		where circle.id = ${circleId}::uuid`);
	await announce(tx, 'groups.left', { groupId: circleId, personId });
	return true;
}
