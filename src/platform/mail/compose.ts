import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { type Mailbox, MailProblem, mailbox, oneAddress, oneLine } from './address.ts';
import { htmlPart, type Letter, type Link, textPart } from './parts.ts';
import { type Standing, standingHeaders } from './standing.ts';

/** A mail as said by a domain: plain text only; this module alone turns it into HTML. */
export type MailContent = Letter &
	Standing & {
		to: Mailbox;
		from: Mailbox;
		replyTo?: Mailbox;
		/** `<something@domain>`, the same at every attempt: see {@link messageIdFor}. */
		messageId: string;
		/** HTTPS address that unsubscribes on a bare POST (RFC 8058). */
		unsubscribeUrl?: string;
	};

/** A mail ready for nodemailer; plain JSON, so it can wait in the outbox. */
export type ComposedMail = {
	envelope: { from: string; to: [string] };
	from: { name: string; address: string };
	to: { name: string; address: string };
	replyTo?: { name: string; address: string };
	subject: string;
	messageId: string;
	inReplyTo?: string;
	references?: string[];
	text: string;
	html: string;
	headers: Record<string, string>;
};

const SUBJECT_MAX = 200;
const MESSAGE_ID = /^<[A-Za-z0-9._-]{1,80}@[a-z0-9.-]{3,150}>$/;

/**
 * One mail to one person, text first, then a one-column HTML part saying the same. Throws MailProblem when the
 * recipient is not exactly one address, a link is not http(s) or there is nothing to say.
 */
export function composeMail(content: MailContent): ComposedMail {
	const letter = { ...content, subject: oneLine(content.subject, SUBJECT_MAX) };
	if (!letter.subject || letter.paragraphs.length === 0) throw new MailProblem('empty');
	if (!MESSAGE_ID.test(content.messageId)) throw new MailProblem('bad_message_id');
	for (const link of linksOf(letter)) checkLink(link.url, /^https?:$/);
	const [from, to] = [mailbox(content.from), mailbox(content.to)];
	return {
		envelope: { from: from.address, to: [to.address] },
		from,
		to,
		...(content.replyTo && { replyTo: mailbox(content.replyTo) }),
		subject: letter.subject,
		messageId: content.messageId,
		...(content.inReplyTo && { inReplyTo: content.inReplyTo }),
		...(content.references && { references: [...content.references] }),
		text: textPart(letter),
		html: htmlPart(letter),
		headers: { ...standingHeaders(content), ...unsubscribeHeaders(content.unsubscribeUrl) },
	};
}

/** The Message-ID of one message to one person: the same key always gives the same id, so a repeat is recognised. */
export function messageIdFor(key: string, sender: string): string {
	const digest = createHash('sha256').update(key).digest('base64url').slice(0, 32);
	return `<${digest}@${domainToASCII(oneAddress(sender).split('@')[1] ?? '')}>`;
}

function linksOf({ action, lists = [], footer }: Letter): Link[] {
	const listed = lists.flatMap(({ links }) => links);
	return [...(action ? [action] : []), ...listed, ...footer.filter((line) => typeof line !== 'string')];
}

function checkLink(url: string, protocol: RegExp): void {
	const parsed = URL.parse(url);
	const wild = /[\s<>"\p{Cc}\p{Cf}]/u.test(url) || url.length > 2_000;
	if (!parsed || wild || !protocol.test(parsed.protocol) || parsed.username)
		throw new MailProblem('bad_link');
}

function unsubscribeHeaders(url: string | undefined): Record<string, string> {
	if (url === undefined) return {};
	checkLink(url, /^https:$/);
	if (!/^[\x21-\x7e]{1,900}$/.test(url)) throw new MailProblem('bad_link');
	return { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}
