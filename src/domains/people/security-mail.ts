import type { Tx } from '#platform/db.ts';
import { house, wordsOf } from '#platform/house.ts';
import { sendMail } from '#platform/mail/queue.ts';
import { contactOf } from './person.ts';

export type SecurityChange =
	| 'password'
	| 'passkey_added'
	| 'passkey_removed'
	| 'authenticator_added'
	| 'authenticator_removed'
	| 'recovery_codes'
	| 'recovery_code_used'
	| 'email'
	| 'new_device'
	| 'token'
	| 'recovery'
	| 'recovered'
	| 'recovery_refused'
	| 'erasure';

/** What a change is called where it is not an access that changed. */
const subjects = {
	recovery: 'people.mail_recovery_subject',
	erasure: 'people.mail_erasure_subject',
	new_device: 'people.mail_device_subject',
} as const;

/** Tells a person that a key to their account changed, so that another hand is noticed; runs as the house. */
export async function tellSecurity(
	tx: Tx,
	personId: string,
	change: SecurityChange,
	{ to, device = '' }: { to?: string; device?: string } = {},
): Promise<void> {
	const contact = await contactOf(tx, personId);
	if (!contact) return;
	const { say } = wordsOf(await house(), contact.language);
	const isLeft = change === 'email';
	await sendMail(tx, {
		to: to ?? contact.email,
		personId,
		kind: 'people.security',
		language: contact.language,
		subject: say(subjects[change as keyof typeof subjects] ?? 'people.mail_security_subject'),
		// words: people.mail_security.*
		paragraphs: [
			say(`people.mail_security.${change}`, { device, known: device ? 'yes' : 'no' }),
			say(isLeft ? 'people.mail_email_not_you' : 'people.mail_security_not_you'),
		],
		// An address that was left behind opens nothing any more.
		action: isLeft
			? { label: say('people.mail_email_link'), url: '/connexion/aide' }
			: { label: say('people.mail_security_link'), url: '/compte/securite' },
	});
}
