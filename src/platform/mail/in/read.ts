import { randomUUID } from 'node:crypto';
import PostalMime, { type Email } from 'postal-mime';
import { fingerprint } from '../../seal.ts';
import { readable } from '../../text/typed.ts';
import { oneAddress, oneLine } from '../address.ts';
import type { Drop, Letter } from './letter-box.ts';
import { newWords } from './new-words.ts';

/** Characters above which a text is not even read. */
const textMax = 100_000;
const limits = { maxNestingDepth: 30, maxHeadersSize: 256 * 1024, maxRfc822NestingDepth: 0 };

/** A mail as it came: who the server says sends it (empty for what must not be answered), and its bytes. */
export interface Came {
	to: string;
	from: string;
	raw: Buffer;
}

/** Reads a mail, or says why it is let fall. `domain` is ours: what comes from our own lists does not come back. */
export async function readLetter(
	{ to, from, raw }: Came,
	domain: string,
): Promise<Omit<Letter, 'payload'> | { dropped: Drop }> {
	const mail = await PostalMime.parse(raw, limits).catch(() => null);
	if (!mail) return { dropped: 'unreadable' };
	if (isRobot(mail, from, domain)) return { dropped: 'robot' };
	const sender = senderOf(mail);
	if (!sender) return { dropped: 'sender' };
	const whole = await textOf(mail);
	const messageId = /^<[\x21-\x3b\x3d\x3f-\x7e]{1,250}>$/.exec(mail.messageId?.trim() ?? '')?.[0] ?? null;
	const isTooLong = whole.length > textMax;
	return {
		from: sender,
		subject: oneLine(mail.subject ?? '', 200),
		text: isTooLong ? '' : readable(newWords(whole)),
		isTooLong,
		files: filesOf(mail),
		once: fingerprint('mail-once', `${to.toLowerCase()}\n${messageId ?? raw.toString('latin1')}`),
		messageId,
		isUnanswered: valuesOf(mail, 'x-auto-response-suppress').some((value) =>
			/\b(all|oof|autoreply)\b/i.test(value),
		),
	};
}

const valuesOf = ({ headers }: Email, key: string): string[] =>
	headers.filter((header) => header.key === key).map(({ value }) => value.trim());

/** Bytes under which a picture set within the text is a signature's. */
const logoMax = 12_000;
/** Files of one mail that are looked at. */
const filesMax = 20;

function filesOf({ attachments }: Email): File[] {
	return attachments
		.map(({ filename, mimeType, related, content }) => {
			const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
			const isLogo = related && mimeType.startsWith('image/') && bytes.byteLength < logoMax;
			return isLogo ? null : new File([bytes], oneLine(filename ?? '', 80), { type: mimeType });
		})
		.filter((file) => file !== null)
		.slice(0, filesMax);
}

/** What no hand wrote: answering it would begin a loop. */
function isRobot(mail: Email, from: string, domain: string): boolean {
	const has = (key: string, shape: RegExp) => valuesOf(mail, key).some((value) => shape.test(value));
	return (
		from === '' ||
		has('return-path', /^<\s*>$/) ||
		has('auto-submitted', /^(?!no\b)./i) ||
		has('precedence', /^(bulk|junk|auto[_-]reply)$/i) ||
		has('x-autoreply', /./) ||
		has('x-autorespond', /./) ||
		has('content-type', /^multipart\/report/i) ||
		valuesOf(mail, 'list-id').some((value) => value.toLowerCase().includes(`.${domain}>`))
	);
}

/** The one person it says it comes from; undefined when there are several, or none. */
function senderOf(mail: Email): string | undefined {
	if (valuesOf(mail, 'from').length !== 1 || !mail.from?.address) return undefined;
	try {
		return oneAddress(mail.from.address).toLowerCase();
	} catch {
		return undefined;
	}
}

async function textOf({ text, html }: Email): Promise<string> {
	if (text?.trim()) return text;
	return html ? fromHtml(html.slice(0, textMax * 10)) : '';
}

/** Where programs that write in HTML begin what is answered. */
const quotes = [
	'<blockquote',
	'class="gmail_quote',
	'id="divrplyfwdmsg"',
	'id="appendonsend"',
	'class="moz-cite-prefix"',
];

async function fromHtml(html: string): Promise<string> {
	const lower = html.toLowerCase();
	const cuts = quotes.map((sign) => lower.indexOf(sign)).filter((at) => at >= 0);
	const own = html.slice(0, Math.min(html.length, ...cuts));
	// The library turns HTML into text where a mail has both.
	const edge = randomUUID();
	const both = [
		`Content-Type: multipart/mixed; boundary="${edge}"\r\n`,
		`--${edge}\r\nContent-Type: text/plain\r\n\r\n`,
		`--${edge}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${own}`,
		`--${edge}--\r\n`,
	];
	const read = await PostalMime.parse(both.join('\r\n'), limits).catch(() => null);
	// What was cut may leave the beginning of a tag.
	return (read?.text ?? '').replace(/<[a-z/][^>]{0,200}$/i, '');
}
