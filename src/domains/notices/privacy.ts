import type { Tx } from '#platform/db.ts';
import type { Privacy } from '#platform/domain.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { kinds } from './kinds.ts';

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
			columns: ['person_id', 'category', 'rhythm', 'scope_id'],
			kept: 'until the person leaves',
			onErase: 'delete',
		},
		'notices.quiet': {
			person: 'person_id',
			columns: ['person_id', 'from_time', 'until_time'],
			kept: 'until the person leaves',
			onErase: 'delete',
		},
		'notices.round': {
			person: 'person_id',
			columns: ['person_id', 'day'],
			kept: '3 months',
			onErase: 'delete',
		},
		'notices.device': {
			person: 'person_id',
			columns: ['person_id', 'session_id', 'endpoint_key', 'sealed'],
			kept: 'as long as the session in which it was asked',
			onErase: 'delete',
		},
		'notices.fan': {
			person: 'by_id',
			columns: ['by_id', 'news'],
			kept: '3 months',
			onErase: 'anonymise',
		},
		'notices.fan_person': {
			person: 'person_id',
			columns: ['person_id'],
			kept: 'until they are told',
			onErase: 'delete',
		},
	},
	said: {
		'notices.notice.type': null,
		'notices.notice.category': 'notices.category_',
		'notices.notice.payload.rule': 'safety.rule_',
		'notices.notice.payload.outcome': 'privacy.is_',
		'notices.notice.payload.why': 'privacy.is_',
		'notices.notice.payload.timeZone': null,
		'notices.choice.category': 'notices.category_',
		'notices.choice.channel': 'notices.channel_',
		'notices.choice.rhythm': 'notices.rhythm_',
		'notices.choice.scope_kind': 'privacy.is_',
		'notices.round.kind': 'privacy.is_',
		'notices.fan.news.type': null,
		'notices.fan.news.payload.rule': 'safety.rule_',
		'notices.fan.news.payload.timeZone': null,
	},
	gather,
	erase,
	retain,
};

/** A kind is a code of ours; what it belongs to is what its person chose by. */
const sorted = (rows: { type: string }[]) =>
	rows.map((row) => ({ category: kinds[row.type]?.category ?? null, ...row }));

async function gather(tx: Tx, id: string): Promise<Record<string, unknown[]>> {
	return {
		'notices.notice': sorted(
			await tx.many(
				sql`select type, subject_id, unit_id, payload, at, read_at from notices.notice where person_id = ${id}::uuid order by at`,
			),
		),
		'notices.cause': await tx.many(
			sql`select by_id, at from notices.cause where person_id = ${id}::uuid order by at`,
		),
		'notices.choice': await tx.many(
			sql`select category, channel, rhythm, scope_kind, scope_id, at from notices.choice where person_id = ${id}::uuid`,
		),
		'notices.quiet': await tx.many(
			sql`select from_time, until_time, at from notices.quiet where person_id = ${id}::uuid`,
		),
		'notices.round': await tx.many(
			sql`select day, kind from notices.round where person_id = ${id}::uuid order by day`,
		),
		'notices.device': await tx.many(
			sql`select session_id, at from notices.device where person_id = ${id}::uuid order by at`,
		),
		'notices.fan': await tx.many(
			sql`select news, total, at from notices.fan where by_id = ${id}::uuid order by at`,
		),
		'notices.fan_person': await tx.many(
			sql`select fan_id from notices.fan_person where person_id = ${id}::uuid`,
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
	for (const table of ['choice', 'quiet', 'round', 'device', 'fan_person'])
		await tx.run(sql`delete from notices.${sql.raw(table)} where person_id = ${id}::uuid`);
	// What they told and is still on its way reaches nobody: it would name them.
	await tx.run(sql`delete from notices.fan where by_id = ${id}::uuid and done_at is null`);
	await tx.run(sql`update notices.fan set by_id = null, news = news - 'byId' where by_id = ${id}::uuid`);
}

async function retain(tx: Tx, now: Date, dry: boolean): Promise<Record<string, number>> {
	const ago = (n: number) => new Date(now.getTime() - n * 86_400_000);
	const old: Record<string, Sql> = {
		'notices.notice': sql`notices.notice where read_at < ${ago(days.read)} or at < ${ago(days.unread)}`,
		'notices.round': sql`notices.round where day < ${ago(days.read)}`,
		'notices.fan': sql`notices.fan where at < ${ago(days.read)}`,
		'notices.device': sql`notices.device where not exists (select from people.session where session.id = device.session_id
			and session.revoked_at is null and session.expires_at > ${now})`,
	};
	const counts: Record<string, number> = {};
	for (const [table, rows] of Object.entries(old))
		counts[table] = dry
			? (await tx.one<{ n: number }>(sql`select count(*)::int as n from ${rows}`))!.n
			: await tx.run(sql`delete from ${rows}`);
	return counts;
}
