import type { Tx } from '#platform/db.ts';
import type { Privacy } from '#platform/domain.ts';
import { sql } from '#platform/sql.ts';

async function gather(tx: Tx, personId: string): Promise<Record<string, unknown[]>> {
	return {
		'friends.link':
			await tx.many(sql`select person.name, link.since from friends.link join people.person on person.id = link.friend_id
			where link.person_id = ${personId}::uuid order by link.since`),
		// What others answered is theirs: a refusal is not told here either.
		'friends.request':
			await tx.many(sql`select request.from_id = ${personId}::uuid as sent, person.name, request.note, request.asked_at,
				case when request.to_id = ${personId}::uuid or request.answer = 'accepted' then request.answer end as answer
			from friends.request join people.person
				on person.id = case when request.from_id = ${personId}::uuid then request.to_id else request.from_id end
			where ${personId}::uuid in (request.from_id, request.to_id) order by request.asked_at`),
		'friends.shown': await tx.many(sql`select shown.place, unit.name as unit, shown.at from friends.shown
			left join territory.unit on unit.id = shown.unit_id where shown.person_id = ${personId}::uuid`),
	};
}

async function erase(tx: Tx, personId: string): Promise<void> {
	await tx.run(sql`delete from friends.link where ${personId}::uuid in (link.person_id, link.friend_id)`);
	await tx.run(sql`delete from friends.request where ${personId}::uuid in (request.from_id, request.to_id)`);
	await tx.run(sql`delete from friends.shown where shown.person_id = ${personId}::uuid`);
}

/** A request that nobody wants any more is forgotten after a year; who has not spoken for a year is a stranger again. */
async function retain(tx: Tx, now: Date, dry: boolean): Promise<Record<string, number>> {
	const stale = {
		'friends.request': sql`friends.request where request.answer is distinct from 'accepted' and request.asked_at < ${now}::timestamptz - interval '1 year'`,
		'friends.shown': sql`friends.shown where shown.at < ${now}::timestamptz - interval '1 year'`,
	};
	const touched: Record<string, number> = {};
	for (const [table, rows] of Object.entries(stale)) {
		touched[table] = dry
			? (await tx.one<{ n: number }>(sql`select count(*)::int as n from ${rows}`))!.n
			: await tx.run(sql`delete from ${rows}`);
	}
	return touched;
}

export const privacy: Privacy = {
	tables: {
		'friends.link': {
			person: 'person_id',
			columns: ['person_id', 'friend_id'],
			kept: 'until one of the two ends it',
			onErase: 'delete',
		},
		'friends.request': {
			person: 'from_id',
			columns: ['from_id', 'to_id', 'note', 'answer'],
			kept: '1 year',
			onErase: 'delete',
		},
		'friends.shown': {
			person: 'person_id',
			columns: ['person_id'],
			kept: '1 year after the last words',
			onErase: 'delete',
		},
	},
	said: {
		'friends.request.answer': 'privacy.is_',
		'friends.shown.place': 'profiles.to_',
	},
	gather,
	erase,
	retain,
};
