import type { Tx } from '#platform/db.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';

/** The person of this row is here, and not suspended. */
const isActing = sql`person.left_at is null and person.erased_at is null and person.confirmed_at is not null
	and not exists (select from people.suspension where suspension.person_id = person.id and (suspension.ends_at is null or suspension.ends_at > now())
		and suspension.lifted_at is null)`;

/**
 * Gives a group whose owner is gone or suspended to the successor they named, else to the oldest member; with nobody left,
 * it is put away. Nothing changes while its owner is there. Runs as the house.
 */
export async function succeed(tx: Tx, groupId: string): Promise<void> {
	const held = await tx.one<{
		isAwake: boolean;
	}>(sql`select circle.archived_at is null as "isAwake" from groups.circle where circle.id = ${groupId}::uuid and not exists (
		select from people.person join groups.seat on seat.person_id = person.id and seat.circle_id = circle.id
		where person.id = circle.owner_id and ${isActing}) for update`);
	if (!held) return;
	const heir = await tx.one<{ id: string }>(sql`
		select person.id from groups.membership join people.person on person.id = membership.person_id
			join groups.circle on circle.id = membership.circle_id
		where membership.circle_id = ${groupId}::uuid and membership.state = 'member' and ${isActing}
			and person.id is distinct from circle.owner_id
		order by person.id is distinct from circle.successor_id, membership.at, person.id limit 1`);
	await tx.run(sql`update groups.circle set owner_id = ${heir?.id ?? null}::uuid, successor_id = null,
			archived_at = case when ${heir?.id ?? null}::uuid is null then coalesce(circle.archived_at, now()) else circle.archived_at end
		where circle.id = ${groupId}::uuid`);
	if (heir) await announce(tx, 'groups.inherited', { groupId, personId: heir.id });
	else if (held.isAwake) await announce(tx, 'groups.asleep', { groupId });
}
