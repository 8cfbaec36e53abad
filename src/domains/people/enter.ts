import type { Tx } from '#platform/db.ts';
import { announce } from '#platform/jobs.ts';
import { hashOfSecret, newSecret } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { openChallenge } from './challenge.ts';
import { accountMark } from './person.ts';
import { tellSecurity } from './security-mail.ts';
import { createSession } from './session.ts';
import type { Display } from './settings.ts';
import { knownDevice, openedBefore, type Whence } from './whence.ts';

/** How far a proof led, and by which invitation the person came to it. */
export type Entered = Step & { invitation?: string | null };

/** In, or to one more question. The ticket stands for what was proved so far. */
type Step =
	| ({ kind: 'in'; secret: string; personId: string; email: string; account: string } & Welcome)
	/** A second factor is asked. */
	| { kind: 'factor'; ticket: string }
	/** The address is in the member file under another name: the member number is asked. */
	| { kind: 'number'; ticket: string };

interface Welcome {
	isArriving: boolean;
	display: Look;
}

/** How the person wants the pages, for the cookies of this browser. */
export type Look = Pick<Display, 'text_size' | 'colour_mode' | 'low_data' | 'language'>;

interface Admitted {
	id: string;
	email: string;
}

/**
 * Lets a person in after a first proof: opens a session, or asks the second factor they chose. The session that this
 * browser had ends: its secret never outlives a sign-in. Told by mail when this browser never opened the account. Runs as the house.
 */
export async function letIn(
	tx: Tx,
	viewer: Viewer,
	person: Admitted,
	whence: Whence,
	{ factor = false } = {},
): Promise<Entered> {
	if (!factor && (await hasAuthenticator(tx, person.id)))
		return { kind: 'factor', ticket: await ticketFor(tx, 'factor', person.id) };
	if (viewer.sessionId)
		await tx.run(
			sql`update people.session set revoked_at = now() where id = ${viewer.sessionId}::uuid and revoked_at is null`,
		);
	const account = await accountMark(tx, person.id);
	const isKnown = knownDevice(person.email, whence) ?? openedBefore(account, whence);
	if (!isKnown && (await cameBefore(tx, person.id)))
		await tellSecurity(tx, person.id, 'new_device', { device: whence.device });
	const { secret } = await createSession(tx, person.id, whence.device, { factor });
	const { isArriving, ...display } = await lookOf(tx, person.id);
	return { kind: 'in', secret, personId: person.id, email: person.email, account, isArriving, display };
}

// Sessions are forgotten after some months: the day of the last visit is not. Nothing new is kept for this.
const cameBefore = async (tx: Tx, personId: string) =>
	Boolean(
		await tx.one(sql`select 1 as found from people.person where person.id = ${personId}::uuid
			and (person.seen_on > (person.confirmed_at at time zone 'UTC')::date + 1
				or exists (select from people.session where session.person_id = person.id))`),
	);

const hasAuthenticator = async (tx: Tx, personId: string) =>
	Boolean(
		await tx.one(
			sql`select 1 as found from people.secret where person_id = ${personId}::uuid and totp_confirmed_at is not null`,
		),
	);

const lookOf = async (tx: Tx, personId: string): Promise<Look & { isArriving: boolean }> =>
	(await tx.one<Look & { isArriving: boolean }>(sql`select text_size, colour_mode, low_data, language,
		exists (select from people.arrival where arrival.person_id = person.id and finished_at is null) as "isArriving"
		from people.person where person.id = ${personId}::uuid`))!;

/** A secret that stands for a proof already made, for fifteen minutes. */
export async function ticketFor(
	tx: Tx,
	purpose: 'factor' | 'number',
	personId: string,
	detail: Record<string, string> = {},
): Promise<string> {
	const ticket = newSecret();
	await openChallenge(tx, { purpose, personId, hash: hashOfSecret(ticket), detail });
	return ticket;
}

/**
 * Somebody of the member file proved who they are: the account is theirs, and their membership verified.
 * Runs as the house.
 */
export async function confirmImported(tx: Tx, personId: string): Promise<void> {
	await tx.run(
		sql`update people.person set confirmed_at = now(), left_at = null where id = ${personId}::uuid and confirmed_at is null`,
	);
	await tx.run(sql`update people.membership set verified_at = now()
		where person_id = ${personId}::uuid and ended_at is null and verified_at is null and member_number is not null`);
	await tx.run(sql`insert into people.arrival (person_id) values (${personId}::uuid) on conflict do nothing`);
	await announce(tx, 'people.confirmed', { id: personId });
}

/** Keeps the invitation by which somebody came who is still on their way in; who is in already decides on its page. */
export async function keepInvitation(tx: Tx, personId: string, invitation?: string): Promise<void> {
	if (invitation)
		await tx.run(sql`update people.arrival set invitation = ${invitation}
			where person_id = ${personId}::uuid and finished_at is null`);
}
