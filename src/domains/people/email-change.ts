import * as v from 'valibot';
import { asSystem, type Tx } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { house, wordsOf } from '#platform/house.ts';
import { isId } from '#platform/ids.ts';
import { sendMail } from '#platform/mail/queue.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { codeOf, holdChallenge, openChallenge, settle, spend, tryCode, type Verdict } from './challenge.ts';
import { Email, emailKey } from './email.ts';
import { countTry } from './limits.ts';
import { accountMark, contactOf, holdAddress, holderOf } from './person.ts';
import { tellSecurity } from './security-mail.ts';
import { endSessions } from './session.ts';
import type { Whence } from './whence.ts';

export const EmailForm = v.object({ email: Email });

/**
 * Asks to change the viewer's address: one code goes to the new one and one to the old. An address that is already an
 * account's gets another sentence by mail and the same answer here. Gives the challenge's id.
 */
export async function askEmailChange(
	viewer: Viewer,
	{ email }: v.InferOutput<typeof EmailForm>,
	whence: Whence,
): Promise<string> {
	await countTry('ask', email, whence);
	return asSystem('email-change', async (tx) => {
		const contact = (await contactOf(tx, viewer.id!))!;
		if (emailKey(contact.email) === emailKey(email)) throw invalidField('email', 'people.email_same');
		const before = await openChallenge(tx, {
			purpose: 'email-change',
			personId: viewer.id,
			email: contact.email,
		});
		const id = await openChallenge(tx, {
			purpose: 'email-change',
			personId: viewer.id,
			email,
			detail: { email, before },
		});
		await mailCode(tx, viewer, contact.email, before, 'old');
		const isTaken = Boolean(await holderOf(tx, email));
		await mailCode(tx, viewer, email, id, isTaken ? 'taken' : 'new');
		return id;
	});
}

async function mailCode(
	tx: Tx,
	viewer: Viewer,
	to: string,
	id: string,
	which: 'old' | 'new' | 'taken',
): Promise<void> {
	const { say } = wordsOf(await house(), viewer.language);
	const code = codeOf(id);
	const text =
		which === 'taken'
			? say('people.mail_email_taken')
			: which === 'old'
				? say('people.mail_email_old', { code })
				: say('people.mail_email_new', { code });
	await sendMail(tx, {
		to,
		personId: which === 'taken' ? null : viewer.id,
		kind: 'people.email_change',
		language: viewer.language,
		subject: say('people.mail_email_subject'),
		paragraphs: [text, say('people.mail_code_not_you')],
	});
}

const Code = v.pipe(
	v.string('people.code_missing'),
	v.trim(),
	v.nonEmpty('people.code_missing'),
	v.maxLength(40, 'people.code_shape'),
);
export const EmailCodesForm = v.object({ code_new: Code, code_old: Code });

interface Known {
	email: string;
	account: string;
}

/**
 * Changes the address once both mailboxes answered; the other sessions end, and the old address is told. Gives by what
 * this browser is known from now on; those that knew the account know it still. Throws Invalid.
 */
export async function changeEmail(
	viewer: Viewer,
	id: string | null,
	{ code_new, code_old }: v.InferOutput<typeof EmailCodesForm>,
	whence: Whence,
): Promise<Known> {
	if (!isId(id)) throw invalidField('code_new', 'people.code_over');
	await countTry('try', viewer.id!, whence);
	return settle(
		await asSystem('email-change', async (tx): Promise<Verdict<Known>> => {
			const wanted = await holdChallenge(tx, id);
			const isTheirs =
				wanted?.person_id === viewer.id && wanted?.purpose === 'email-change' && isId(wanted.detail.before);
			const fresh = await tryCode(tx, isTheirs ? wanted : undefined, code_new);
			if ('refused' in fresh) return at('code_new', fresh.refused);
			const old = await tryCode(tx, await holdChallenge(tx, wanted!.detail.before!), code_old);
			if ('refused' in old) return at('code_old', old.refused);
			return move(tx, viewer, wanted!.detail.email!, [wanted!.id, wanted!.detail.before!]);
		}),
	);
}

const at = (
	field: string,
	refusal: { problems: { key: string; args?: Record<string, string | number> }[] },
): Verdict<never> => ({
	refused: invalidField(field, refusal.problems[0]!.key, refusal.problems[0]!.args),
});

async function move(tx: Tx, viewer: Viewer, email: string, spent: string[]): Promise<Verdict<Known>> {
	await holdAddress(tx, email);
	if (await holderOf(tx, email)) return at('code_new', invalidField('', 'people.code_over'));
	for (const id of spent) await spend(tx, id);
	const before = (await contactOf(tx, viewer.id!))!.email;
	await tellSecurity(tx, viewer.id!, 'email', { to: before });
	await tx.run(
		sql`update people.contact set email = ${email}, email_key = ${emailKey(email)}, changed_at = now() where person_id = ${viewer.id}::uuid`,
	);
	await endSessions(tx, viewer.id!, viewer.sessionId);
	return { proved: { email, account: await accountMark(tx, viewer.id!) } };
}
