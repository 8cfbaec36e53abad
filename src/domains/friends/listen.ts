import { asSystem, type Tx } from '#platform/db.ts';
import type { Listener } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { part } from './link.ts';

/** Where somebody spoke or answered: a post's audience, and the unit it was said in. */
interface Spoken {
	byId: string;
	asUnitId: string | null;
	unitId: string | null;
	audience?: string;
}

const places: Record<string, string> = {
	public: 'network',
	network: 'network',
	members: 'members',
	unit: 'unit',
};

/** Notes that a person spoke in a place: who hears it may open their profile. Friends' posts and units' voices show nobody. */
export async function noteSpoken(tx: Tx, { byId, asUnitId, unitId, audience = '' }: Spoken): Promise<void> {
	const place = places[audience];
	if (!place || asUnitId || (place === 'unit' && !unitId)) return;
	await tx.run(sql`insert into friends.shown (person_id, place, unit_id)
		values (${byId}, ${place}, ${place === 'unit' ? unitId : null}::uuid)
		on conflict (person_id, place, unit_id) do update set at = now()`);
}

/** A block ends what was between the two; only the one who blocked knows. */
const onBlocked = ({ personId, blockedId }: { personId: string; blockedId: string }) =>
	asSystem('friends', async (tx) => {
		await part(tx, personId, blockedId);
		await tx.run(sql`delete from friends.request where (request.from_id = ${personId}::uuid and request.to_id = ${blockedId}::uuid)
			or (request.from_id = ${blockedId}::uuid and request.to_id = ${personId}::uuid)`);
	});

/** Two accounts were one person: their friends follow. */
const onMerged = ({ fromId, intoId }: { fromId: string; intoId: string }) =>
	asSystem('friends', async (tx) => {
		await tx.run(sql`insert into friends.link (person_id, friend_id, since)
			select ${intoId}::uuid, link.friend_id, link.since from friends.link where link.person_id = ${fromId}::uuid and link.friend_id <> ${intoId}::uuid
			union all
			select link.person_id, ${intoId}::uuid, link.since from friends.link where link.friend_id = ${fromId}::uuid and link.person_id <> ${intoId}::uuid
			on conflict do nothing`);
		await tx.run(sql`delete from friends.link where ${fromId}::uuid in (link.person_id, link.friend_id)`);
		await tx.run(sql`delete from friends.request where ${fromId}::uuid in (request.from_id, request.to_id)`);
	});

export const listeners: Listener<never>[] = [
	{
		to: 'feed.posted',
		name: 'friends.on_posted',
		hear: (spoken: Spoken) => asSystem('friends', (tx) => noteSpoken(tx, spoken)),
	},
	{
		to: 'feed.commented',
		name: 'friends.on_commented',
		hear: (spoken: Spoken) => asSystem('friends', (tx) => noteSpoken(tx, spoken)),
	},
	{ to: 'safety.blocked', name: 'friends.on_blocked', hear: onBlocked },
	{ to: 'people.merged', name: 'friends.on_merged', hear: onMerged },
] as Listener<never>[];
