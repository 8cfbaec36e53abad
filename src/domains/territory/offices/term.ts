import type { Tx } from '#platform/db.ts';
import { conflict } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { tellRoles } from './guard.ts';
import { isRunning } from './policy.ts';

/** A term to begin now. */
export interface NewTerm {
	personId: string;
	unitId: string;
	officeId: string;
	/** Null when the house itself opens it. */
	byId: string | null;
	until?: Date | null;
	provisional?: boolean;
}

/** Opens a term now and closes the claims it makes useless; its person hears of it by the act that led to it. Throws Conflict when the person holds it already. */
export async function startTerm(
	tx: Tx,
	{ personId, unitId, officeId, byId, until = null, provisional = false }: NewTerm,
) {
	const held = await tx.one(sql`select 1 as held from territory.term where term.person_id = ${personId}::uuid
		and term.unit_id = ${unitId}::uuid and term.office_id = ${officeId}::uuid and ${isRunning}`);
	if (held) throw conflict('territory.term_already');
	const id = newId();
	await tx.run(sql`insert into territory.term (id, person_id, unit_id, office_id, ends_at, provisional, appointed_by)
		values (${id}, ${personId}::uuid, ${unitId}::uuid, ${officeId}::uuid, ${until}::timestamptz, ${provisional}, ${byId}::uuid)`);
	await tellRoles(tx, personId);
	await closeOtherClaims(tx, unitId, officeId, byId);
	return id;
}

/** Nobody waits for a place that was taken meanwhile. */
async function closeOtherClaims(
	tx: Tx,
	unitId: string,
	officeId: string,
	byId: string | null,
): Promise<void> {
	const closed = await tx.many<{ id: string; person_id: string }>(sql`
		update territory.claim set decided_at = now(), decided_by = ${byId}::uuid, outcome = 'refused'
		where claim.unit_id = ${unitId}::uuid and claim.office_id = ${officeId}::uuid and claim.decided_at is null
		returning claim.id, claim.person_id`);
	for (const { id, person_id } of closed) {
		await announce(tx, 'territory.claim_decided', {
			claimId: id,
			personId: person_id,
			unitId,
			outcome: 'refused',
		});
	}
}

/** Ends a term at this instant, with what hung on it: open handovers, and loans of powers no longer held. */
export async function closeTerm(tx: Tx, id: string, byId: string | null, why: string | null): Promise<void> {
	const ended = await tx.one<{ person_id: string; unit_id: string; office_id: string }>(sql`
		update territory.term set ends_at = greatest(now(), term.starts_at), ended_by = ${byId}::uuid, ended_why = ${why}
		where term.id = ${id}::uuid and ${isRunning} returning term.person_id, term.unit_id, term.office_id`);
	if (!ended) throw conflict('territory.term_over');
	await tx.run(sql`update territory.handover set cancelled_at = now()
		where handover.term_id = ${id}::uuid and handover.confirmed_at is null and handover.cancelled_at is null`);
	await endEmptyLoans(tx, ended.person_id);
	await tellRoles(tx, ended.person_id);
	await announce(tx, 'territory.term_ended', {
		termId: id,
		personId: ended.person_id,
		unitId: ended.unit_id,
		officeId: ended.office_id,
	});
}

/** A loan that gives nothing any more is over: it must not wake up with the lender's next office. */
async function endEmptyLoans(tx: Tx, lenderId: string): Promise<void> {
	const over = await tx.many<{ borrower_id: string }>(sql`
		update territory.loan set ended_at = now() from territory.unit
		where unit.id = loan.unit_id and loan.lender_id = ${lenderId}::uuid and loan.ended_at is null
			and not exists (select from territory.held_power where held_power.person_id = loan.lender_id and not held_power.lent
				and held_power.power = any (loan.powers) and held_power.unit_id = any (unit.ancestors))
		returning loan.borrower_id`);
	for (const { borrower_id } of over) await tellRoles(tx, borrower_id);
}

/**
 * Somebody must remain who can change offices: throws Conflict when nobody would.
 * Called after the change, in its transaction; changes of this sort wait for one another.
 */
export async function keepAKeeper(tx: Tx): Promise<void> {
	const kept = await tx.one(sql`select 1 as kept from territory.term
		join territory.office on office.id = term.office_id and office.retired_at is null
		join territory.unit on unit.id = term.unit_id and unit.parent_id is null
		join people.person on person.id = term.person_id and person.left_at is null and person.erased_at is null
		where 'kinds.edit' = any (office.powers) and ${isRunning} limit 1`);
	if (!kept) throw conflict('territory.term_last_keeper');
}

/** Taken before a change that could leave nobody to keep the offices. */
export const lockKeepers = (tx: Tx) =>
	tx.run(sql`select pg_advisory_xact_lock(hashtext('territory.keepers'))`);
