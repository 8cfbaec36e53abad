import type { Tx } from '../db.ts';
import { house, wordsOf } from '../house.ts';
import { newId } from '../ids.ts';
import { enqueue, enqueueMany } from '../jobs.ts';
import { sql } from '../sql.ts';
import type { Language } from '../wording/index.ts';
import { type ComposedMail, composeMail, messageIdFor } from './compose.ts';
import type { Link } from './parts.ts';
import type { Standing } from './standing.ts';

/** A mail to one person, as a domain says it: plain text, at most one thing to do. */
export interface Mail extends Standing {
	to: string;
	/** The person it is for, when they have an account; shown in their export. */
	personId?: string | null;
	/** Whose act it tells of, or whose words it carries: it goes with them when they are erased. */
	byId?: string | null;
	/** `domain.kind`, such as `people.code`: what it is about, never to whom. */
	kind: string;
	subject: string;
	greeting?: string;
	paragraphs: readonly string[];
	/** Several things to go and see, under headings; each `url` may be a path of the site. */
	lists?: readonly { heading: string; links: readonly Link[] }[];
	/** `url` may be a path of the site. */
	action?: Link;
	/** Lines after the signature, before who sends it. */
	footer?: readonly (string | Link)[];
	/** HTTPS address that unsubscribes on a bare POST. */
	unsubscribeUrl?: string;
	language?: Language;
	/** Who is shown as writing, when it is not the house; the address stays ours. */
	fromName?: string;
	/** `<…>`; one of its own unless given: the same for the same words, whoever gets them. */
	messageId?: string;
}

/**
 * Puts a mail in the outbox, in the transaction of what causes it: it leaves if and only if that commits, as it is written now. Gives its id.
 * Throws MailProblem when it could never leave (not one address, nothing to say, a bad link).
 */
export async function sendMail(tx: Tx, mail: Mail): Promise<string> {
	const id = newId();
	const message = await compose(id, mail);
	await tx.run(sql`insert into platform.mail (id, recipient, person_id, by_id, kind, message)
		values (${id}, ${message.to.address}, ${mail.personId ?? null}::uuid, ${mail.byId ?? null}::uuid, ${mail.kind},
			${JSON.stringify(message)}::jsonb)`);
	await enqueue(tx, 'mail.send', { id, after: 0 });
	return id;
}

/** A mail that is made as it leaves, for what it tells may change meanwhile. */
export interface Unmade extends Pick<Mail, 'to' | 'personId' | 'kind'> {
	/** Which job makes and sends it; see `sendingJob`. */
	job: string;
	/** What it is made from: ids, days, choices; never words. */
	from: Record<string, unknown>;
}

/**
 * Puts a mail in the outbox that is made as it leaves, and only then: once, as it is true at that moment. When nothing is left to
 * say it does not leave. Gives its id.
 */
export async function sendWhenMade(tx: Tx, mail: Unmade): Promise<string> {
	const [id] = await sendManyWhenMade(tx, mail.job, [mail]);
	return id!;
}

/** As `sendWhenMade`, for many that one job makes. Gives their ids, in their order. */
export async function sendManyWhenMade(
	tx: Tx,
	job: string,
	mails: readonly Omit<Unmade, 'job'>[],
): Promise<string[]> {
	const rows = mails.map(({ to, personId, kind, from }) => ({
		id: newId(),
		recipient: to,
		person_id: personId ?? null,
		kind,
		remade_from: from,
	}));
	await tx.run(sql`insert into platform.mail (id, recipient, person_id, kind, message, remade_from)
		select mail.id, mail.recipient, mail.person_id, mail.kind, '{}', mail.remade_from from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
			as mail (id uuid, recipient text, person_id uuid, kind text, remade_from jsonb)`);
	const ids = rows.map(({ id }) => id);
	await enqueueMany(
		tx,
		job,
		ids.map((id) => ({ id, after: 0 })),
	);
	return ids;
}

/** A mail as it leaves, under the id it has in the outbox. */
export async function compose(id: string, mail: Mail): Promise<ComposedMail> {
	const from = await house();
	const { say } = wordsOf(from, mail.language);
	const full = (link: Link) => ({ ...link, url: new URL(link.url, from.origin).href });
	return composeMail({
		...mail,
		to: { address: mail.to },
		from: { name: mail.fromName ?? from.name, address: from.mailFrom },
		language: mail.language ?? from.language,
		...(mail.lists && { lists: mail.lists.map((one) => ({ ...one, links: one.links.map(full) })) }),
		...(mail.action && { action: full(mail.action) }),
		footer: [
			...(mail.footer ?? []).map((line) => (typeof line === 'string' ? line : full(line))),
			say('mail.sent_by', { origin: from.origin }),
		],
		messageId: mail.messageId ?? messageIdFor(id, from.mailFrom),
	});
}
