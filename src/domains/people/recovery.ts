import * as v from 'valibot';
import { record } from '#platform/audit.ts';
import { asSystem, read, type Tx } from '#platform/db.ts';
import { conflict, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import type { Rule } from '#platform/policy.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { Email, emailKey } from './email.ts';
import { countTry } from './limits.ts';
import { holdAddress, holderOf } from './person.ts';
import { tellSecurity } from './security-mail.ts';
import { endSessions } from './session.ts';
import type { Whence } from './whence.ts';

const vouchersNeeded = 2;
const daysOpen = 14;

export const RecoveryForm = v.object({
	lost: Email,
	email: Email,
	told: v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(500, 'people.recovery_told_long')),
});

/**
 * Asks the officers of one's territory to vouch for a new address. Known and unknown accounts get the same answer; the
 * lost address is told at once, so that a thief does not go unnoticed.
 */
export async function askRecovery(
	_viewer: Viewer,
	{ lost, email, told }: v.InferOutput<typeof RecoveryForm>,
	whence: Whence,
): Promise<void> {
	await countTry('ask', lost, whence);
	await asSystem('recovery', async (tx) => {
		await holdAddress(tx, lost);
		const holder = await holderOf(tx, lost);
		if (!holder?.confirmed || (await holderOf(tx, email))) return;
		const asked = await tx.run(sql`insert into people.recovery (id, person_id, email, told, expires_at)
			values (${newId()}, ${holder.id}, ${email}, ${told}, now() + make_interval(days => ${daysOpen}::int)) on conflict do nothing`);
		if (!asked) return;
		await tellSecurity(tx, holder.id, 'recovery');
		await announce(tx, 'people.recovery_asked', { personId: holder.id });
	});
}

/** What an officer sees of a request. */
export interface RecoveryView {
	id: string;
	person_id: string;
	name: string;
	told: string;
	requested_at: Date;
	vouchers: number;
	mine: boolean;
}

/**
 * Who reaches a person's contact, as a rule on a person's id: given by the floor above, which knows offices
 * (`holdsPower('members.contact', …)` over the person's units).
 */
export type ReachesPerson = (person: Sql) => Rule;

const mayVouch = (viewer: Viewer, reaches: ReachesPerson) =>
	sql`(${reaches(sql`recovery.person_id`)(viewer)} and recovery.person_id <> ${viewer.id}::uuid and recovery.closed_at is null and recovery.expires_at > now())`;

/** Open requests of people whom the viewer's office reaches. */
export const recoveriesFor = (viewer: Viewer, reaches: ReachesPerson): Promise<RecoveryView[]> =>
	asSystem('recovery', (tx) =>
		tx.many(sql`select recovery.id, recovery.person_id, person.name, recovery.told, recovery.requested_at,
			(select count(*)::int from people.recovery_voucher where recovery_voucher.recovery_id = recovery.id) as vouchers,
			exists (select from people.recovery_voucher where recovery_voucher.recovery_id = recovery.id and officer_id = ${viewer.id}::uuid) as mine
			from people.recovery join people.person on person.id = recovery.person_id
			where ${mayVouch(viewer, reaches)} order by recovery.requested_at`),
	);

/**
 * An officer vouches that the request is that person's (they met or called them). The second one makes the new address
 * theirs and ends every session; one officer counts once. Throws NotFound, Conflict.
 */
export async function vouch(viewer: Viewer, id: string, reaches: ReachesPerson): Promise<'waiting' | 'done'> {
	return asSystem('recovery', async (tx) => {
		const request = await tx.one<{ person_id: string; email: string }>(sql`
			select recovery.person_id, recovery.email from people.recovery where recovery.id = ${id}::uuid and ${mayVouch(viewer, reaches)} for update`);
		if (!request) throw notFound();
		const isNew = await tx.run(
			sql`insert into people.recovery_voucher (recovery_id, officer_id) values (${id}::uuid, ${viewer.id}::uuid) on conflict do nothing`,
		);
		if (!isNew) throw conflict('people.recovery_already');
		await record(tx, {
			actorId: viewer.id,
			act: 'people.vouch',
			subject: 'person',
			subjectId: request.person_id,
		});
		const { n } = (await tx.one<{ n: number }>(
			sql`select count(*)::int as n from people.recovery_voucher where recovery_id = ${id}::uuid`,
		))!;
		if (n < vouchersNeeded) return 'waiting';
		await recover(tx, id, request);
		return 'done';
	});
}

// The keys that were lost go with the address: whoever holds them now is not known.
async function recover(
	tx: Tx,
	id: string,
	{ person_id, email }: { person_id: string; email: string },
): Promise<void> {
	await holdAddress(tx, email);
	if (await holderOf(tx, email)) throw conflict('people.recovery_address_taken');
	await tellSecurity(tx, person_id, 'email');
	await tx.run(
		sql`update people.contact set email = ${email}, email_key = ${emailKey(email)}, changed_at = now() where person_id = ${person_id}::uuid`,
	);
	for (const table of ['secret', 'passkey', 'recovery_code'])
		await tx.run(sql`delete from ${sql.table(`people.${table}`)} where person_id = ${person_id}::uuid`);
	await tx.run(
		sql`update people.token set revoked_at = now() where person_id = ${person_id}::uuid and revoked_at is null`,
	);
	await endSessions(tx, person_id);
	await tx.run(sql`update people.recovery set closed_at = now(), outcome = 'done' where id = ${id}::uuid`);
	await tellSecurity(tx, person_id, 'recovery');
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
