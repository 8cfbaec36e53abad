import * as v from 'valibot';
import { record } from '#platform/audit.ts';
import { asSystem, asSystemOnce, read, type Tx, write } from '#platform/db.ts';
import { conflict, notFound } from '#platform/errors.ts';
import type { Rule } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { isAnothers } from './ask-recovery.ts';
import { emailKey } from './email.ts';
import { contactOf, holdAddress } from './person.ts';
import { tellSecurity } from './security-mail.ts';
import { endSessions } from './session.ts';

const vouchersNeeded = 2;

/** What an officer sees of a request: enough to ask its author whether it is theirs. */
export interface RecoveryView {
	id: string;
	personId: string;
	name: string;
	/** The address that would become theirs. */
	email: string;
	/** It is theirs already: the second factor is what they lost. */
	isSameAddress: boolean;
	told: string;
	at: Date;
	vouchers: number;
	/** The viewer vouched already. */
	mine: boolean;
}

// Which officers reach a person is known to the floor above, which gives the rule about the row named `recovery`.
const mayVouch = (viewer: Viewer, reaches: Rule) =>
	sql`(${reaches(viewer)} and recovery.person_id <> ${viewer.id}::uuid and recovery.closed_at is null and recovery.expires_at > now())`;

/** Open requests of people whom the viewer's office reaches; each reading is in the audit. */
export const recoveriesFor = (viewer: Viewer, reaches: Rule): Promise<RecoveryView[]> =>
	write({ ...viewer, requestKey: undefined } as Viewer, async (tx) => {
		const found = await tx.many<RecoveryView>(sql`
			select recovery.id, recovery.person_id as "personId", person.name, recovery.email, recovery.told, recovery.requested_at as at,
				coalesce(recovery.email = (select contact.email from people.contact where contact.person_id = recovery.person_id), false) as "isSameAddress",
				(select count(*)::int from people.recovery_voucher where recovery_voucher.recovery_id = recovery.id) as vouchers,
				exists (select from people.recovery_voucher where recovery_voucher.recovery_id = recovery.id and officer_id = ${viewer.id}::uuid) as mine
			from people.recovery join people.person on person.id = recovery.person_id
			where ${mayVouch(viewer, reaches)} order by recovery.requested_at limit 50`);
		for (const { personId } of found) await note(tx, viewer, 'read_recovery', personId);
		return found;
	});

/** How many requests wait for the viewer. */
export const recoveriesWaiting = (viewer: Viewer, reaches: Rule): Promise<number> =>
	read(viewer, async (tx) => {
		const row = await tx.one<{ n: number }>(
			sql`select count(*)::int as n from people.recovery where ${mayVouch(viewer, reaches)}`,
		);
		return row?.n ?? 0;
	});

const note = (tx: Tx, viewer: Viewer, act: string, personId: string, reason?: string) =>
	record(tx, {
		actorId: viewer.id,
		act: `people.${act}`,
		subject: 'person',
		subjectId: personId,
		...(reason && { reason }),
	});

const recovery = v.pipe(v.string(), v.uuid('app.invalid_value'));
const why = (missing: string) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.trim(),
		v.nonEmpty(missing),
		v.maxLength(500, 'people.recovery_told_long'),
	);

export const VouchForm = v.object({
	recovery,
	/** How the officer knows that it is them: kept in the journal. */
	how: why('people.recovery_how_missing'),
	sure: v.literal('on', 'people.recovery_sure_missing'),
});
export const RefuseRecoveryForm = v.object({ recovery, why: why('people.recovery_why_missing') });

interface Request {
	person_id: string;
	email: string;
}

async function hold(tx: Tx, viewer: Viewer, id: string, reaches: Rule): Promise<Request> {
	const request = await tx.one<Request>(sql`select recovery.person_id, recovery.email from people.recovery
		where recovery.id = ${id}::uuid and ${mayVouch(viewer, reaches)} for update`);
	if (!request) throw notFound();
	return request;
}

/**
 * An officer vouches that the request is that person's (they met or called them). The second one makes the new address
 * theirs and ends every session; one officer counts once. Throws NotFound, Conflict.
 */
export const vouch = (
	viewer: Viewer,
	{ recovery: id, how }: Pick<v.InferOutput<typeof VouchForm>, 'recovery' | 'how'>,
	reaches: Rule,
): Promise<'waiting' | 'done'> =>
	asSystemOnce(viewer, 'recovery', async (tx) => {
		const request = await hold(tx, viewer, id, reaches);
		const isNew = await tx.run(
			sql`insert into people.recovery_voucher (recovery_id, officer_id) values (${id}::uuid, ${viewer.id}::uuid) on conflict do nothing`,
		);
		if (!isNew) throw conflict('people.recovery_already');
		await note(tx, viewer, 'vouch', request.person_id, how);
		const { n } = (await tx.one<{ n: number }>(
			sql`select count(*)::int as n from people.recovery_voucher where recovery_id = ${id}::uuid`,
		))!;
		if (n < vouchersNeeded) return 'waiting';
		await recover(tx, id, request);
		return 'done';
	});

/**
 * One officer who knows that it is not that person is enough to stop; the account's own address is told. The address typed in
 * the request is not: nobody proved it, and a mail there would tell anybody who has an account here. Throws NotFound.
 */
export const refuseRecovery = (
	viewer: Viewer,
	{ recovery: id, why }: v.InferOutput<typeof RefuseRecoveryForm>,
	reaches: Rule,
): Promise<void> =>
	asSystemOnce(viewer, 'recovery', async (tx) => {
		const { person_id } = await hold(tx, viewer, id, reaches);
		await close(tx, id, 'refused');
		await note(tx, viewer, 'refuse_recovery', person_id, why);
		await tellSecurity(tx, person_id, 'recovery_refused');
	});

const close = (tx: Tx, id: string, outcome: 'done' | 'refused') =>
	tx.run(sql`update people.recovery set closed_at = now(), outcome = ${outcome} where id = ${id}::uuid`);

// The keys that were lost go with the address: whoever holds them now is not known.
async function recover(tx: Tx, id: string, { person_id, email }: Request): Promise<void> {
	await holdAddress(tx, email);
	if (await isAnothers(tx, email, person_id)) throw conflict('people.recovery_address_taken');
	await moveTo(tx, person_id, email);
	await tx.run(
		sql`update people.contact set given_back_at = clock_timestamp() where person_id = ${person_id}::uuid`,
	);
	for (const table of ['secret', 'passkey', 'recovery_code', 'external_identity'])
		await tx.run(sql`delete from ${sql.ref(`people.${table}`)} where person_id = ${person_id}::uuid`);
	await tx.run(
		sql`update people.token set revoked_at = now() where person_id = ${person_id}::uuid and revoked_at is null`,
	);
	await endSessions(tx, person_id);
	await close(tx, id, 'done');
	await tellSecurity(tx, person_id, 'recovered');
}

async function moveTo(tx: Tx, personId: string, email: string): Promise<void> {
	const before = await contactOf(tx, personId);
	if (before && emailKey(before.email) === emailKey(email)) return;
	await tellSecurity(tx, personId, 'email');
	await tx.run(
		sql`update people.contact set email = ${email}, email_key = ${emailKey(email)}, changed_at = now() where person_id = ${personId}::uuid`,
	);
}

/** The viewer, who is in after all, stops a request made in their name. */
export const stopRecovery = (viewer: Viewer): Promise<number> =>
	asSystem('recovery', (tx) =>
		tx.run(
			sql`update people.recovery set closed_at = now(), outcome = 'withdrawn' where person_id = ${viewer.id}::uuid and closed_at is null`,
		),
	);

/** A request open in the viewer's name, for a warning on their security page. */
export const recoveryOf = (viewer: Viewer): Promise<{ requested_at: Date } | undefined> =>
	read(viewer, (tx) =>
		tx.one(
			sql`select requested_at from people.recovery where person_id = ${viewer.id}::uuid and closed_at is null and expires_at > now()`,
		),
	);
