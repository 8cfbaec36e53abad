import type { Privacy } from '#platform/domain.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { closeTerm } from './term.ts';

const threeYears = 'three years after it ends, like the journal of officers';

/** What offices keep about people: who held what, who asked, who handed over, who lent. */
export const officesPrivacy: Privacy = {
	tables: {
		// The history of an office outlives the account; the person it names is by then nobody's name.
		'territory.term': {
			person: 'person_id',
			columns: [
				'person_id',
				'unit_id',
				'office_id',
				'starts_at',
				'ends_at',
				'appointed_by',
				'ended_by',
				'ended_why',
			],
			kept: 'as the history of the unit',
			onErase: 'anonymise',
		},
		'territory.claim': {
			person: 'person_id',
			columns: ['person_id', 'unit_id', 'reason', 'decided_by', 'decision'],
			kept: threeYears,
			onErase: 'delete',
		},
		'territory.handover': {
			person: 'from_id',
			columns: ['from_id', 'to_id', 'note'],
			kept: threeYears,
			onErase: 'delete',
		},
		'territory.loan': {
			person: 'lender_id',
			columns: ['lender_id', 'borrower_id', 'powers'],
			kept: threeYears,
			onErase: 'delete',
		},
		'territory.gate': {
			person: null,
			columns: ['changed_by'],
			kept: 'until the next change',
			onErase: 'anonymise',
		},
	},
	gather: async (tx, personId) => ({
		offices:
			await tx.many(sql`select office.name as office, unit.name as unit, term.starts_at, term.ends_at, term.provisional, term.ended_why
			from territory.term join territory.office on office.id = term.office_id join territory.unit on unit.id = term.unit_id
			where term.person_id = ${personId}::uuid order by term.starts_at`),
		claims:
			await tx.many(sql`select unit.name as unit, claim.reason, claim.made_at, claim.decided_at, claim.outcome, claim.decision
			from territory.claim join territory.unit on unit.id = claim.unit_id where claim.person_id = ${personId}::uuid order by claim.made_at`),
		handovers:
			await tx.many(sql`select unit.name as unit, handover.from_id = ${personId}::uuid as given, handover.note, handover.proposed_at,
				handover.accepted_at, handover.confirmed_at, handover.cancelled_at
			from territory.handover join territory.unit on unit.id = handover.unit_id
			where ${personId}::uuid in (handover.from_id, handover.to_id) order by handover.proposed_at`),
		loans:
			await tx.many(sql`select unit.name as unit, loan.lender_id = ${personId}::uuid as lent, loan.powers, loan.starts_at, loan.ends_at, loan.ended_at
			from territory.loan join territory.unit on unit.id = loan.unit_id
			where ${personId}::uuid in (loan.lender_id, loan.borrower_id) order by loan.starts_at`),
	}),
	said: {
		'claims.outcome': 'privacy.is_',
		'loans.powers': 'territory.power.',
	},
	erase: async (tx, personId) => {
		const running = await tx.many<{ id: string }>(sql`select term.id from territory.term
			where term.person_id = ${personId}::uuid and (term.ends_at is null or term.ends_at > now())`);
		for (const { id } of running) await closeTerm(tx, id, null, null).catch(alreadyOver);
		await tx.run(sql`update territory.term set ended_why = null where term.person_id = ${personId}::uuid`);
		await tx.run(
			sql`update territory.term set appointed_by = null where term.appointed_by = ${personId}::uuid`,
		);
		await tx.run(sql`update territory.term set ended_by = null where term.ended_by = ${personId}::uuid`);
		await tx.run(sql`delete from territory.claim where claim.person_id = ${personId}::uuid`);
		await tx.run(
			sql`update territory.claim set decided_by = null, decision = '' where claim.decided_by = ${personId}::uuid`,
		);
		await tx.run(
			sql`delete from territory.handover where ${personId}::uuid in (handover.from_id, handover.to_id)`,
		);
		await tx.run(
			sql`delete from territory.loan where ${personId}::uuid in (loan.lender_id, loan.borrower_id)`,
		);
		await tx.run(sql`update territory.gate set changed_by = null where gate.changed_by = ${personId}::uuid`);
	},
	retain: async (tx, now, dry) => {
		const before = sql`${now}::timestamptz - interval '3 years'`;
		const remove = async (from: Sql) =>
			dry
				? (await tx.one<{ n: number }>(sql`select count(*)::int as n ${from}`))!.n
				: tx.run(sql`delete ${from}`);
		return {
			'territory.claim': await remove(sql`from territory.claim where claim.decided_at < ${before}`),
			'territory.handover': await remove(
				sql`from territory.handover where coalesce(handover.confirmed_at, handover.cancelled_at) < ${before}`,
			),
			'territory.loan': await remove(
				sql`from territory.loan where coalesce(loan.ended_at, loan.ends_at) < ${before}`,
			),
		};
	},
};

// A term that was to begin later cannot be closed as running; it is closed by the person being gone.
function alreadyOver(error: Error): void {
	if (error.name !== 'Conflict') throw error;
}
