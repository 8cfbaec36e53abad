import { settle } from '#domains/notices/index.ts';
import type { Tx } from '#platform/db.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';

/** One thing at a time between two people: two who ask each other at the same instant become friends once. */
export const hold = (tx: Tx, one: string, other: string) =>
	tx.run(
		sql`select pg_advisory_xact_lock(hashtextextended(${`friends ${[one, other].toSorted().join(' ')}`}, 0))`,
	);

/** Whether the two chose each other. */
export const areFriends = async (tx: Tx, one: string, other: string): Promise<boolean> =>
	Boolean(
		await tx.one(sql`select 1 as yes from friends.link
		where link.person_id = ${one}::uuid and link.friend_id = ${other}::uuid`),
	);

/** By a request that the viewer received, makes friends of them and of who asked, and tells the latter; doing it twice changes nothing. */
export async function join(tx: Tx, viewer: Viewer, requestId: string, askerId: string): Promise<void> {
	const byId = viewer.id!;
	await tx.run(
		sql`update friends.request set answer = 'accepted', answered_at = now() where id = ${requestId}::uuid`,
	);
	const made = await tx.run(sql`insert into friends.link (person_id, friend_id)
		values (${byId}, ${askerId}), (${askerId}, ${byId}) on conflict do nothing`);
	if (made) await announce(tx, 'friends.accepted', { byId, toId: askerId });
	await settle(tx, viewer, ['asked'], askerId);
}

/** A link that was ended, in the database's own times. */
export interface Parted {
	since: string;
	until: string;
}

/** Undoes the link and forgets what was asked, both ways. Gives what there was, and until when it may come back; null when there was none. */
export async function part(tx: Tx, one: string, other: string): Promise<Parted | null> {
	const parted = await tx.one<Parted>(sql`with parted as (delete from friends.link
		where (link.person_id = ${one}::uuid and link.friend_id = ${other}::uuid)
			or (link.person_id = ${other}::uuid and link.friend_id = ${one}::uuid) returning link.since)
		select min(parted.since)::text as since, (now() + interval '10 minutes')::text as until from parted having count(*) > 0`);
	if (parted) {
		await tx.run(sql`delete from friends.request where request.answer = 'accepted'
			and ((request.from_id = ${one}::uuid and request.to_id = ${other}::uuid)
				or (request.from_id = ${other}::uuid and request.to_id = ${one}::uuid))`);
	}
	return parted ?? null;
}
