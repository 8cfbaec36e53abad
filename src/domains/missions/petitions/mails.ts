import type { Tx } from '#platform/db.ts';
import { house, wordsOf } from '#platform/house.ts';
import type { JobDefinition } from '#platform/jobs.ts';
import { sendingJob } from '#platform/mail/jobs.ts';
import type { Mail } from '#platform/mail/queue.ts';
import { fingerprint, hashOfSecret } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import type { Language } from '#platform/wording/index.ts';
import { petitions } from './policy.ts';

/** The job that makes and sends the mails by which a signature is confirmed. */
export const sendingToSigners = 'missions.send_signature';
export const askedKind = 'missions.signature';

/** What such a mail is made from. The address is in the outbox alone: of who signs, a print of it is kept. */
export interface Asked {
	/** Of this asking: who asks again has another link. */
	link: string;
	language: Language;
}

/** The long secret of a link: made from the house's key, so that reading the database does not tell it. */
export const secretOf = (link: string): string => fingerprint('petition-signature', link);

/** The mail, while the petition is open and shown, and the link the last that was asked for: a signature taken back has none. */
async function make(tx: Tx, { link, language }: Asked, to: string): Promise<Mail | null> {
	const secret = secretOf(link);
	const row = await tx.one<{ title: string }>(sql`select petition.title from missions.signature
		join missions.petition on petition.id = signature.petition_id
		where signature.token_hash = ${hashOfSecret(secret)} and ${petitions.sign(visitor)}`);
	if (!row) return null;
	const { say } = wordsOf(await house(), language);
	return {
		to,
		kind: askedKind,
		language,
		subject: say('missions.sign_mail_subject'),
		paragraphs: [say('missions.sign_mail_text', { title: row.title })],
		action: { label: say('missions.sign_confirm'), url: `/petitions/confirmer/${secret}` },
		footer: [say('missions.sign_mail_why')],
	};
}

export const signatureJobs: JobDefinition<never>[] = [sendingJob(sendingToSigners, make)];
