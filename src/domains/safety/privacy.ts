import type { Tx } from '#platform/db.ts';
import type { Privacy } from '#platform/domain.ts';
import { nobody } from '#platform/ids.ts';
import { type Sql, sql } from '#platform/sql.ts';

const year = 365 * 86_400_000;

/** What moderation keeps. A decision outlives the words it judged by a year, so that an appeal can be heard and counted. */
export const privacy: Privacy = {
	tables: {
		'safety.block': {
			person: 'person_id',
			columns: ['person_id', 'blocked_id'],
			kept: 'until taken back',
			onErase: 'delete',
		},
		'safety.mute': {
			person: 'person_id',
			columns: ['person_id', 'muted_id'],
			kept: 'until taken back',
			onErase: 'delete',
		},
		'safety.report': {
			person: 'reporter_id',
			columns: ['reporter_id', 'author_id', 'host_id', 'note'],
			kept: '1 year',
			onErase: 'delete',
		},
		'safety.review': { person: 'by_id', columns: ['by_id'], kept: '10 minutes', onErase: 'delete' },
		'safety.decision': {
			person: 'author_id',
			columns: ['author_id', 'by_id', 'host_id', 'note', 'words'],
			kept: '1 year',
			onErase: 'anonymise',
		},
		'safety.appeal': {
			person: 'person_id',
			columns: ['person_id', 'decided_by', 'text', 'answer'],
			kept: '1 year',
			onErase: 'delete',
		},
	},
	said: {
		'safety.report.kind': 'privacy.is_',
		'safety.report.reason': 'safety.rule_',
		'safety.decision.kind': 'privacy.is_',
		'safety.decision.outcome': 'safety.outcome_',
		'safety.decision.rule': 'safety.rule_',
		'safety.appeal.outcome': 'safety.appeal_',
	},
	gather,
	erase,
	retain,
};

async function gather(tx: Tx, id: string): Promise<Record<string, unknown[]>> {
	return {
		'safety.block': await tx.many(
			sql`select blocked_id, (select person.name from people.person where person.id = block.blocked_id) as name, at from safety.block where person_id = ${id}::uuid`,
		),
		'safety.mute': await tx.many(
			sql`select muted_id, (select person.name from people.person where person.id = mute.muted_id) as name, at from safety.mute where person_id = ${id}::uuid`,
		),
		'safety.report': await tx.many(
			sql`select kind, subject_id, reason, note, at from safety.report where reporter_id = ${id}::uuid`,
		),
		'safety.decision':
			await tx.many(sql`select kind, outcome, rule, note, words, at, slow_until, reversed_at from safety.decision
			where author_id = ${id}::uuid and outcome <> 'keep'`),
		'safety.appeal': await tx.many(
			sql`select text, at, outcome, answer, decided_at from safety.appeal where person_id = ${id}::uuid`,
		),
	};
}

async function erase(tx: Tx, id: string): Promise<void> {
	await tx.run(sql`delete from safety.block where ${id}::uuid in (person_id, blocked_id)`);
	await tx.run(sql`delete from safety.mute where ${id}::uuid in (person_id, muted_id)`);
	await tx.run(sql`delete from safety.report where ${id}::uuid in (reporter_id, author_id)`);
	await tx.run(sql`update safety.report set host_id = ${nobody} where host_id = ${id}::uuid`);
	await tx.run(sql`delete from safety.review where by_id = ${id}::uuid`);
	await tx.run(sql`delete from safety.appeal where person_id = ${id}::uuid`);
	await tx.run(sql`update safety.appeal set decided_by = null where decided_by = ${id}::uuid`);
	await tx.run(
		sql`update safety.decision set author_id = ${nobody}, words = '', note = '', suspension_id = null where author_id = ${id}::uuid`,
	);
	for (const column of ['by_id', 'host_id'].map((name) => sql.raw(name)))
		await tx.run(sql`update safety.decision set ${column} = ${nobody} where ${column} = ${id}::uuid`);
}

async function retain(tx: Tx, now: Date, dry: boolean): Promise<Record<string, number>> {
	const before = new Date(now.getTime() - year);
	const outlived: Record<string, Sql> = {
		'safety.report': sql`safety.report where at < ${before}`,
		'safety.review': sql`safety.review where until < ${now}`,
		'safety.appeal': sql`safety.appeal where coalesce(decided_at, at) < ${before}`,
	};
	const found: Record<string, number> = {};
	for (const [table, rows] of Object.entries(outlived)) {
		found[table] = dry
			? (await tx.one<{ n: number }>(sql`select count(*)::int as n from ${rows}`))!.n
			: await tx.run(sql`delete from ${rows}`);
	}
	// The count of the year stays; what was said does not.
	const old = sql`at < ${before} and (words <> '' or note <> '')`;
	found['safety.decision'] = dry
		? (await tx.one<{ n: number }>(sql`select count(*)::int as n from safety.decision where ${old}`))!.n
		: await tx.run(sql`update safety.decision set words = '', note = '' where ${old}`);
	return found;
}
