import type { Tx } from '#platform/db.ts';
import type { Privacy } from '#platform/domain.ts';
import { type Sql, sql } from '#platform/sql.ts';

const days = { read: 90, unread: 365 };

/** What notices keep: lines that point at things, never their words. */
export const privacy: Privacy = {
	tables: {
		'notices.notice': {
			person: 'person_id',
			columns: ['person_id', 'payload'],
			kept: '3 months once read, 1 year at most',
			onErase: 'delete',
		},
		'notices.cause': {
			person: 'by_id',
			columns: ['person_id', 'by_id'],
			kept: 'with its notice',
			onErase: 'delete',
		},
		'notices.choice': {
			person: 'person_id',
			columns: ['person_id', 'category', 'rhythm'],
			kept: 'until the person leaves',
			onErase: 'delete',
		},
	},
	gather,
	erase,
	retain,
};

async function gather(tx: Tx, id: string): Promise<Record<string, unknown[]>> {
	return {
		'notices.notice': await tx.many(
			sql`select type, subject_id, unit_id, payload, at, read_at from notices.notice where person_id = ${id}::uuid order by at`,
		),
		'notices.cause': await tx.many(
			sql`select by_id, at from notices.cause where person_id = ${id}::uuid order by at`,
		),
		'notices.choice': await tx.many(
			sql`select category, channel, rhythm, at from notices.choice where person_id = ${id}::uuid`,
		),
	};
}

async function erase(tx: Tx, id: string): Promise<void> {
	// A line that only this person caused goes with them.
	await tx.run(sql`delete from notices.notice where person_id = ${id}::uuid or (
		exists (select from notices.cause where cause.person_id = notice.person_id and cause.notice_id = notice.id and cause.by_id = ${id}::uuid)
		and not exists (select from notices.cause where cause.person_id = notice.person_id and cause.notice_id = notice.id and cause.by_id <> ${id}::uuid))
		or subject_id = ${id}::uuid`);
	await tx.run(sql`delete from notices.cause where ${id}::uuid in (by_id, person_id)`);
	await tx.run(sql`delete from notices.choice where person_id = ${id}::uuid`);
}

async function retain(tx: Tx, now: Date, dry: boolean): Promise<Record<string, number>> {
	const ago = (n: number) => new Date(now.getTime() - n * 86_400_000);
	const rows: Sql = sql`notices.notice where read_at < ${ago(days.read)} or at < ${ago(days.unread)}`;
	const n = dry
		? (await tx.one<{ n: number }>(sql`select count(*)::int as n from ${rows}`))!.n
		: await tx.run(sql`delete from ${rows}`);
	return { 'notices.notice': n };
}
