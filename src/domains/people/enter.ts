import { asSystem, type Tx } from '#platform/db.ts';
import { announce } from '#platform/jobs.ts';
import { hashOfSecret, newSecret } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { openChallenge } from './challenge.ts';
import { createSession } from './session.ts';
import type { Whence } from './whence.ts';

/** How far a proof led: in, or to one more question. The ticket stands for what was proved so far. */
export type Entered =
	| { kind: 'in'; secret: string; personId: string; email: string; isArriving: boolean }
	/** A second factor is asked. */
	| { kind: 'factor'; ticket: string }
	/** The address is in the member file under another name: the member number is asked. */
	| { kind: 'number'; ticket: string };

interface Admitted {
	id: string;
	email: string;
}

/**
 * Lets a person in after a first proof: opens a session, or asks the second factor they chose. The session that this
 * browser had ends: its secret never outlives a sign-in. Runs as the house.
 */
export async function letIn(tx: Tx, viewer: Viewer, person: Admitted, whence: Whence, { factor = false } = {}): Promise<Entered> {
	if (!factor && (await hasAuthenticator(tx, person.id))) return { kind: 'factor', ticket: await ticketFor(tx, 'factor', person.id) };
	if (viewer.sessionId) await tx.run(sql`update people.session set revoked_at = now() where id = ${viewer.sessionId}::uuid and revoked_at is null`);
	const { secret } = await createSession(tx, person.id, whence.device, { factor });
	return { kind: 'in', secret, personId: person.id, email: person.email, isArriving: await isArriving(tx, person.id) };
}

const hasAuthenticator = async (tx: Tx, personId: string) =>
	Boolean(await tx.one(sql`select 1 as found from people.secret where person_id = ${personId}::uuid and totp_confirmed_at is not null`));

const isArriving = async (tx: Tx, personId: string) =>
	Boolean(await tx.one(sql`select 1 as found from people.arrival where person_id = ${personId}::uuid and finished_at is null`));

/** A secret that stands for a proof already made, for fifteen minutes. */
export async function ticketFor(tx: Tx, purpose: 'factor' | 'number', personId: string): Promise<string> {
	const ticket = newSecret();
	await openChallenge(tx, { purpose, personId, hash: hashOfSecret(ticket) });
	return ticket;
}

/**
 * Somebody of the member file proved who they are: the account is theirs, and their membership verified.
 * Runs as the house.
 */
export async function confirmImported(tx: Tx, personId: string): Promise<void> {
	await tx.run(sql`update people.person set confirmed_at = now(), left_at = null where id = ${personId}::uuid and confirmed_at is null`);
	await tx.run(sql`update people.membership set verified_at = now()
		where person_id = ${personId}::uuid and ended_at is null and verified_at is null and member_number is not null`);
	await tx.run(sql`insert into people.arrival (person_id) values (${personId}::uuid) on conflict do nothing`);
	await announce(tx, 'people.confirmed', { id: personId });
}

/** The e-mail of a person, as the house reads it. */
export const emailOf = (personId: string): Promise<string> =>
	asSystem('sign-in', async (tx) => (await tx.one<{ email: string }>(sql`select email from people.contact where person_id = ${personId}::uuid`))!.email);
