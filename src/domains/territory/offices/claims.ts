import * as v from 'valibot';
import { record } from '#platform/audit.ts';
import { type Tx, write } from '#platform/db.ts';
import { conflict, forbidden, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { assertEligible } from './eligible.ts';
import { id, line } from './fields.ts';
import { lockUnit } from './guard.ts';
import { bureaus, claims, lacksOfficer } from './policy.ts';
import { startTerm } from './term.ts';

export const ClaimForm = v.object({ unit: id, reason: line(500) });

/** Offers to take the leading office of a unit that has nobody. Throws Conflict when one's offer is already waiting. */
export const claim = (viewer: Viewer, { unit, reason }: v.InferOutput<typeof ClaimForm>) =>
	write(viewer, async (tx) => {
		await bureaus.guard(tx, viewer, 'claim', unit);
		const claimId = newId();
		const made = await tx.run(sql`
			insert into territory.claim (id, unit_id, office_id, person_id, reason)
			select ${claimId}, unit.id, office.id, ${viewer.id}::uuid, ${reason}
			from territory.unit join territory.office on office.kind_id = unit.kind_id
			where unit.id = ${unit}::uuid and office.leads and office.retired_at is null
			order by office.position limit 1
			on conflict (unit_id, person_id) where decided_at is null do nothing`);
		if (!made) throw conflict('territory.claim_already');
		await record(tx, {
			actorId: viewer.id,
			act: 'territory.claim',
			subject: 'unit',
			subjectId: unit,
			unitId: unit,
		});
		await announce(tx, 'territory.claim_made', { claimId, personId: viewer.id, unitId: unit });
		return claimId;
	});

interface Waiting {
	unit_id: string;
	office_id: string;
	person_id: string;
	decided: boolean;
}

const waiting = (tx: Tx, viewer: Viewer, claimId: string) =>
	tx.one<Waiting>(sql`select claim.unit_id, claim.office_id, claim.person_id, claim.decided_at is not null as decided
		from territory.claim where claim.id = ${claimId}::uuid and ${claims.see(viewer)}`);

export const DecideForm = v.object({
	claim: id,
	answer: v.picklist(['grant', 'refuse'], 'territory.claim_choose_answer'),
	decision: line(500),
});

/**
 * Grants or refuses a claim, from the level above. A refusal says why. When two decide at once the first decides
 * and the second gets Conflict.
 */
export const decideClaim = (
	viewer: Viewer,
	{ claim: claimId, answer, decision }: v.InferOutput<typeof DecideForm>,
) =>
	write(viewer, async (tx) => {
		const before = await waiting(tx, viewer, claimId);
		if (!before) throw notFound();
		await lockUnit(tx, before.unit_id);
		await claims.guard(tx, viewer, 'decide', claimId);
		const now = (await waiting(tx, viewer, claimId))!;
		if (now.decided) throw conflict('territory.claim_decided_already');
		await answerClaim(tx, viewer, claimId, now, answer, decision);
	});

async function answerClaim(
	tx: Tx,
	viewer: Viewer,
	claimId: string,
	waits: Waiting,
	answer: 'grant' | 'refuse',
	decision: string,
) {
	const outcome = answer === 'grant' ? 'granted' : 'refused';
	await close(tx, claimId, outcome, viewer.id, decision);
	if (answer === 'grant') await open(tx, waits, viewer.id, false);
	await record(tx, {
		actorId: viewer.id,
		act: `territory.claim_${answer}`,
		subject: 'person',
		subjectId: waits.person_id,
		unitId: waits.unit_id,
		...(decision && { reason: decision }),
		detail: { claim: claimId },
	});
	await tellOutcome(tx, claimId, waits, outcome);
}

const close = (tx: Tx, claimId: string, outcome: string, byId: string | null, decision: string) =>
	tx.run(sql`update territory.claim set decided_at = now(), decided_by = ${byId}::uuid, outcome = ${outcome}, decision = ${decision}
		where claim.id = ${claimId}::uuid`);

async function open(
	tx: Tx,
	{ person_id, unit_id, office_id }: Waiting,
	byId: string | null,
	provisional: boolean,
) {
	const free = await tx.one<{ free: boolean }>(sql`select ${lacksOfficer(sql`${unit_id}::uuid`)} as free`);
	if (!free?.free) throw conflict('territory.claim_taken');
	await assertEligible(tx, person_id, unit_id, 'claim');
	await startTerm(tx, { personId: person_id, unitId: unit_id, officeId: office_id, byId, provisional });
}

const tellOutcome = (tx: Tx, claimId: string, { person_id, unit_id }: Waiting, outcome: string) =>
	announce(tx, 'territory.claim_decided', { claimId, personId: person_id, unitId: unit_id, outcome });

export const WithdrawForm = v.object({ claim: id });

/** Takes one's claim back while nobody has decided. */
export const withdrawClaim = (viewer: Viewer, { claim: claimId }: v.InferOutput<typeof WithdrawForm>) =>
	write(viewer, async (tx) => {
		await claims.guard(tx, viewer, 'withdraw', claimId);
		const row = await waiting(tx, viewer, claimId);
		if (!row || row.decided) throw forbidden('territory.claim_decided_already');
		await close(tx, claimId, 'withdrawn', viewer.id, '');
	});

/**
 * Lets one claim stand provisionally, because nobody above answered in time. Runs as the house.
 * Gives whether it stands: not if the unit found an officer, or if the person may no longer hold one.
 */
export async function letStand(tx: Tx, claimId: string): Promise<boolean> {
	const row =
		await tx.one<Waiting>(sql`select claim.unit_id, claim.office_id, claim.person_id, false as decided
		from territory.claim where claim.id = ${claimId}::uuid`);
	if (!row) return false;
	await lockUnit(tx, row.unit_id);
	const still = await tx.one(sql`select 1 as open from territory.claim
		where claim.id = ${claimId}::uuid and claim.decided_at is null for update`);
	if (!still) return false;
	const stands = await eligibleNow(tx, row);
	await close(tx, claimId, stands ? 'stands' : 'refused', null, '');
	if (stands) await open(tx, row, null, true);
	await record(tx, {
		actorId: null,
		act: stands ? 'territory.claim_stands' : 'territory.claim_lapses',
		subject: 'person',
		subjectId: row.person_id,
		unitId: row.unit_id,
		detail: { claim: claimId },
	});
	await tellOutcome(tx, claimId, row, stands ? 'stands' : 'refused');
	return stands;
}

async function eligibleNow(tx: Tx, { person_id, unit_id }: Waiting): Promise<boolean> {
	const free = await tx.one<{ free: boolean }>(sql`select ${lacksOfficer(sql`${unit_id}::uuid`)} as free`);
	return (
		Boolean(free?.free) &&
		(await assertEligible(tx, person_id, unit_id, 'claim').then(
			() => true,
			() => false,
		))
	);
}
