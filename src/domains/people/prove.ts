import * as v from 'valibot';
import { asSystem, type Tx } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import { looksLike } from '#platform/text/names.ts';
import type { Viewer } from '#platform/viewer.ts';
import {
	type Challenge,
	holdByLink,
	holdChallenge,
	settle,
	spend,
	staleness,
	triesAtMost,
	tryCode,
	type Verdict,
} from './challenge.ts';
import { mayCome } from './come.ts';
import { confirmImported, type Entered, keepInvitation, letIn, ticketFor } from './enter.ts';
import { countTry } from './limits.ts';
import { createPerson, type Holder, holdAddress, holderOf } from './person.ts';
import type { Whence } from './whence.ts';

export const CodeForm = v.object({
	code: v.pipe(
		v.string('people.code_missing'),
		v.trim(),
		v.nonEmpty('people.code_missing'),
		v.maxLength(40, 'people.code_shape'),
	),
});

/** Proves an address by the six digits that were mailed to it; `id` is the challenge this browser asked for. */
export async function proveCode(
	viewer: Viewer,
	id: string | null,
	{ code }: v.InferOutput<typeof CodeForm>,
	whence: Whence,
): Promise<Entered> {
	if (!isId(id)) throw invalidField('code', 'people.code_over');
	await countTry('try', (await addressOf(id)) ?? id, whence);
	return settle(
		await asSystem('sign-in', async (tx) => {
			const verdict = await tryCode(tx, await holdChallenge(tx, id), code);
			return 'refused' in verdict ? verdict : admit(tx, viewer, verdict.proved, whence);
		}),
	);
}

export const LinkForm = v.object({
	cle: v.pipe(v.string('people.code_over'), v.maxLength(100, 'people.code_over')),
});

/** Proves an address by the link of the mail, on whichever device it is opened. */
export async function proveLink(
	viewer: Viewer,
	{ cle }: v.InferOutput<typeof LinkForm>,
	whence: Whence,
): Promise<Entered> {
	return settle(
		await asSystem('sign-in', async (tx) => {
			const challenge = await holdByLink(tx, cle);
			return staleness(challenge) ?? admit(tx, viewer, challenge!, whence);
		}),
	);
}

const addressOf = async (id: string) =>
	(
		await asSystem('sign-in', (tx) =>
			tx.one<{ email_key: string | null }>(
				sql`select email_key from people.challenge where id = ${id}::uuid`,
			),
		)
	)?.email_key;

const over = { refused: invalidField('code', 'people.code_over') };

/** The address is proved: whose is it? Nobody's makes an account, an account's opens it, the member file's is matched. */
async function admit(
	tx: Tx,
	viewer: Viewer,
	challenge: Challenge,
	whence: Whence,
): Promise<Verdict<Entered>> {
	const { purpose, detail } = challenge;
	const { email } = detail;
	if ((purpose !== 'sign-in' && purpose !== 'sign-up') || !email) return over;
	await holdAddress(tx, email);
	const holder = await holderOf(tx, email);
	if (purpose === 'sign-in' && !holder?.confirmed) return over;
	if (!holder && !(await mayCome(challenge))) return over;
	await spend(tx, challenge.id);
	const entered = holder
		? await enterAs(tx, viewer, holder, challenge, whence)
		: await letIn(tx, viewer, { id: await welcome(tx, challenge), email }, whence);
	return { proved: { ...entered, invitation: detail.invitation ?? null } };
}

/** Somebody whom the house knows: an account, or a line of the member file under the same name. */
async function enterAs(
	tx: Tx,
	viewer: Viewer,
	holder: Holder,
	{ detail: { name, invitation } }: Challenge,
	whence: Whence,
): Promise<Entered> {
	if (!holder.confirmed && !isSameName(holder.name, name!)) {
		const detail: Record<string, string> = invitation ? { invitation } : {};
		return { kind: 'number', ticket: await ticketFor(tx, 'number', holder.id, detail) };
	}
	if (!holder.confirmed) await confirmImported(tx, holder.id);
	await keepInvitation(tx, holder.id, invitation);
	return letIn(tx, viewer, holder, whence);
}

async function welcome(tx: Tx, { detail }: Challenge): Promise<string> {
	const id = await createPerson(tx, {
		name: detail.name!,
		email: detail.email!,
		language: detail.language === 'en' ? 'en' : 'fr',
		invitation: detail.invitation ?? null,
	});
	await announce(tx, 'people.confirmed', { id });
	return id;
}

const isSameName = (one: string, other: string) => fold(one) === fold(other) || looksLike(one, other);

export const NumberForm = v.object({
	number: v.pipe(
		v.string('people.number_missing'),
		v.trim(),
		v.nonEmpty('people.number_missing'),
		v.maxLength(40, 'people.number_wrong'),
	),
});

/** Two spellings of one member number. */
export const sameNumber = (one: string, other: string) =>
	fold(one).replace(/[^a-z0-9]/g, '') === fold(other).replace(/[^a-z0-9]/g, '');

/** The address is in the member file under another name: the number tells whether it is the same person. */
export async function proveNumber(
	viewer: Viewer,
	ticket: string | null,
	{ number }: v.InferOutput<typeof NumberForm>,
	whence: Whence,
): Promise<Entered> {
	await countTry('try', ticket ?? '', whence);
	return settle(
		await asSystem('sign-in', async (tx): Promise<Verdict<Entered>> => {
			const challenge = await holdByLink(tx, ticket ?? '');
			if (staleness(challenge) || challenge?.purpose !== 'number')
				return { refused: invalidField('number', 'people.code_over') };
			const person = await tx.one<{ id: string; email: string; member_number: string | null }>(sql`
			select contact.person_id as id, contact.email, membership.member_number
			from people.contact left join people.membership on membership.person_id = contact.person_id and membership.ended_at is null
			where contact.person_id = ${challenge.person_id}::uuid`);
			if (!person?.member_number || !sameNumber(person.member_number, number))
				return wrongNumber(tx, challenge);
			await spend(tx, challenge.id);
			await confirmImported(tx, person.id);
			await keepInvitation(tx, person.id, challenge.detail.invitation);
			return { proved: await letIn(tx, viewer, person, whence) };
		}),
	);
}

async function wrongNumber(tx: Tx, challenge: Challenge): Promise<Verdict<never>> {
	await tx.run(sql`update people.challenge set tries = tries + 1 where id = ${challenge.id}::uuid`);
	const left = triesAtMost - 1 - challenge.tries;
	return { refused: invalidField('number', left > 0 ? 'people.number_wrong' : 'people.code_over') };
}
