import { asSystem, type Tx } from '#platform/db.ts';
import { house, wordsOf } from '#platform/house.ts';
import type { JobDefinition } from '#platform/jobs.ts';
import { sendMail } from '#platform/mail/queue.ts';
import { fingerprint } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import { type Challenge, codeOf, holdChallenge, linkSecretOf } from './challenge.ts';
import { mayCome } from './come.ts';
import { emailKey } from './email.ts';
import { type Holder, holderOf } from './person.ts';

/** The hash by which an address that asked never to be written to is remembered. */
export const suppressionOf = (email: string) => fingerprint('suppression', emailKey(email));

/** Writes the mail of a challenge, now that nobody is waiting for the answer: whom it goes to decides what it says. */
export async function sendCode({ id }: { id: string }): Promise<void> {
	await asSystem('sign-in', async (tx) => {
		const challenge = await holdChallenge(tx, id);
		if (!challenge || challenge.used_at || challenge.expired || challenge.detail.mailed) return;
		await tx.run(
			sql`update people.challenge set detail = detail || '{"mailed":"yes"}' where id = ${id}::uuid`,
		);
		await write(tx, challenge, await holderOf(tx, challenge.email_key!));
	});
}

async function write(tx: Tx, challenge: Challenge, holder: Holder | undefined): Promise<void> {
	if (holder?.confirmed) return writeCode(tx, challenge, holder);
	if (challenge.purpose === 'sign-in') return holder && writeNoAccountYet(tx, challenge);
	if (!holder && !(await mayCome(challenge))) return;
	if (!(await isSuppressed(tx, challenge.email_key!))) await writeConfirmation(tx, challenge);
}

const isSuppressed = async (tx: Tx, email: string) =>
	Boolean(
		await tx.one(sql`select 1 as found from people.suppression where email_hash = ${suppressionOf(email)}`),
	);

const languageOf = ({ detail }: Challenge) => (detail.language === 'en' ? 'en' : 'fr');

async function writeCode(tx: Tx, challenge: Challenge, holder: Holder): Promise<void> {
	const { say } = wordsOf(await house(), holder.language);
	const code = codeOf(challenge.id);
	await sendMail(tx, {
		to: holder.email,
		personId: holder.id,
		kind: 'people.code',
		language: holder.language,
		subject: say('people.mail_code_subject', { code }),
		paragraphs: [say('people.mail_code', { code }), say('people.mail_code_not_you')],
		action: { label: say('people.mail_code_link'), url: linkOf(challenge) },
	});
}

// Nothing in it says what for: whoever typed somebody else's address made them receive one plain mail.
async function writeConfirmation(tx: Tx, challenge: Challenge): Promise<void> {
	const language = languageOf(challenge);
	const { say } = wordsOf(await house(), language);
	const code = codeOf(challenge.id);
	await sendMail(tx, {
		to: challenge.detail.email!,
		kind: 'people.confirmation',
		language,
		subject: say('people.mail_confirm_subject', { code }),
		paragraphs: [say('people.mail_confirm', { code }), say('people.mail_confirm_not_you')],
		action: { label: say('people.mail_confirm_link'), url: linkOf(challenge) },
	});
}

async function writeNoAccountYet(tx: Tx, challenge: Challenge): Promise<void> {
	const language = languageOf(challenge);
	const { say } = wordsOf(await house(), language);
	await sendMail(tx, {
		to: challenge.detail.email!,
		kind: 'people.no_account_yet',
		language,
		subject: say('people.mail_no_account_subject'),
		paragraphs: [say('people.mail_no_account'), say('people.mail_code_not_you')],
		action: { label: say('people.mail_no_account_link'), url: '/bienvenue' },
	});
}

const linkOf = (challenge: Challenge) => `/connexion/lien?cle=${linkSecretOf(challenge.id)}`;

export const codeJobs: JobDefinition<never>[] = [
	{ name: 'people.send_code', policy: 'house', work: sendCode as never },
];
