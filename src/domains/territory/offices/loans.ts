import * as v from 'valibot';
import { record } from '#platform/audit.ts';
import { read, type Tx, write } from '#platform/db.ts';
import { conflict, invalidField } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { neverLent } from '../blueprint.ts';
import { viewerOfPerson } from '../viewer.ts';
import { dayEnd, id } from './fields.ts';
import { tellRoles } from './guard.ts';
import { bureaus, loans } from './policy.ts';

/** The longest that powers may be lent at once, in days. */
export const loanDays = 366;

export const LoanForm = v.object({
	unit: id,
	person: v.pipe(v.optional(v.string(), ''), v.uuid('territory.loan_choose_person')),
	powers: v.pipe(
		v.optional(v.array(v.pipe(v.string(), v.maxLength(60))), []),
		v.minLength(1, 'territory.loan_choose_powers'),
		v.maxLength(60, 'app.invalid_value'),
	),
	until: v.optional(dayEnd),
});

/** A power that the viewer may lend on a unit, and how long it is theirs; null when no end is known. */
export interface Lendable {
	power: string;
	until: Date | null;
}

/** What the viewer holds by an office of their own on this unit and may lend: what was lent to them is not in it. */
export const lendable = (tx: Tx, viewer: Viewer, unitId: string) =>
	tx.many<Lendable>(sql`
		select held.power, case when bool_or(term.ends_at is null) then null else max(term.ends_at) end as until
		from territory.term join territory.office on office.id = term.office_id and office.retired_at is null
		join territory.unit on unit.id = ${unitId}::uuid and term.unit_id = any (unit.ancestors)
		cross join lateral unnest(office.powers) as held(power)
		where term.person_id = ${viewer.id}::uuid and term.starts_at <= now() and (term.ends_at is null or term.ends_at > now())
			and not (held.power = any (${[...neverLent]}::text[]))
		group by held.power order by held.power`);

/** The same, for a page. */
export const lendableAt = (viewer: Viewer, unitId: string) =>
	read(viewer, (tx) => lendable(tx, viewer, unitId));

/**
 * Lends some of one's powers on a unit to a member, until a day. Never more than one holds now by an office,
 * never beyond its end, never what may not be lent, never what was itself borrowed.
 */
export const lend = (viewer: Viewer, { unit, person, powers, until }: v.InferOutput<typeof LoanForm>) =>
	write(viewer, async (tx) => {
		await bureaus.guard(tx, viewer, 'lend', unit);
		const held = new Map((await lendable(tx, viewer, unit)).map((one) => [one.power, one.until]));
		const wanted = [...new Set(powers)];
		if (wanted.some((power) => !held.has(power))) throw invalidField('powers', 'territory.loan_not_yours');
		const end = untilWithin(
			until,
			wanted.map((power) => held.get(power) ?? null),
		);
		if (person === viewer.id) throw invalidField('person', 'territory.loan_oneself');
		if ((await viewerOfPerson(person, [])).standing !== 'member')
			throw invalidField('person', 'territory.loan_members_only');
		const loanId = newId();
		await tx.run(sql`insert into territory.loan (id, lender_id, borrower_id, unit_id, powers, ends_at)
			values (${loanId}, ${viewer.id}::uuid, ${person}::uuid, ${unit}::uuid, ${wanted}::text[], ${end})`);
		await record(tx, {
			actorId: viewer.id,
			act: 'territory.lend',
			subject: 'person',
			subjectId: person,
			unitId: unit,
			detail: { loan: loanId, powers: wanted.join(' '), until: end.toISOString() },
		});
		await tellRoles(tx, person);
		await announce(tx, 'territory.loan_started', {
			loanId,
			lenderId: viewer.id,
			borrowerId: person,
			unitId: unit,
		});
		return loanId;
	});

function untilWithin(until: Date | undefined, ends: (Date | null)[]): Date {
	if (!until) throw invalidField('until', 'territory.loan_until_needed');
	const now = Date.now();
	if (until.getTime() <= now) throw invalidField('until', 'territory.term_until_past');
	if (until.getTime() > now + loanDays * 86_400_000) throw invalidField('until', 'territory.loan_until_year');
	if (ends.some((end) => end && until > end)) throw invalidField('until', 'territory.loan_until_term');
	return until;
}

export const EndLoanForm = v.object({ loan: id });

/** Ends a loan at once: its lender, its borrower, or who names officers above. Throws Conflict when it is over. */
export const endLoan = (viewer: Viewer, { loan }: v.InferOutput<typeof EndLoanForm>) =>
	write(viewer, async (tx) => {
		await loans.guard(tx, viewer, 'end', loan);
		const ended = await tx.one<{ lender_id: string; borrower_id: string; unit_id: string }>(sql`
			update territory.loan set ended_at = now() where loan.id = ${loan}::uuid and loan.ended_at is null and loan.ends_at > now()
			returning loan.lender_id, loan.borrower_id, loan.unit_id`);
		if (!ended) throw conflict('territory.loan_over');
		const { borrower_id, lender_id, unit_id } = ended;
		await record(tx, {
			actorId: viewer.id,
			act: 'territory.end_loan',
			subject: 'person',
			subjectId: borrower_id,
			unitId: unit_id,
			detail: { loan },
		});
		await tellRoles(tx, borrower_id);
		await announce(tx, 'territory.loan_ended', {
			loanId: loan,
			lenderId: lender_id,
			borrowerId: borrower_id,
			unitId: unit_id,
		});
	});
