import { createPrivateKey } from 'node:crypto';
import nodemailer from 'nodemailer';
import type { ComposedMail } from './compose.ts';

/**
 * `sent`: the server took it. `later`: try again; `down` when it is not about this address: nobody answers, or we are not let in.
 * `never`: this address or message is refused for good.
 */
export type Delivery =
	| { outcome: 'sent' }
	| { outcome: 'later'; reason: string; down?: boolean }
	| { outcome: 'never'; reason: string };

export type MailTransport = { send(mail: ComposedMail): Promise<Delivery>; close(): void };
export type Keep = (mail: ComposedMail) => Promise<void> | void;
/** RSA key in PEM; selector and domain as published in the DNS. */
export type Dkim = { domainName: string; keySelector: string; privateKey: string };

/**
 * How mails leave. `smtp://` or `smtps://` sends them; `memory`, `database` or nothing hands them to `keep` (the demo
 * page, a test). Never throws from `send`: a refusal is a value the outbox records. Throws at once on a bad setting.
 */
export function makeTransport(
	url: string | undefined,
	options: { keep?: Keep; dkim?: Dkim } = {},
): MailTransport {
	if (url && !['memory', 'database'].includes(url)) return smtpTransport(url, options.dkim);
	const { keep } = options;
	if (!keep) throw new Error('mail: no SMTP address and nowhere to keep mails');
	const send = async (mail: ComposedMail): Promise<Delivery> => {
		await keep(mail);
		return { outcome: 'sent' };
	};
	return { send, close: () => undefined };
}

const SECONDS = 1_000;

function smtpTransport(url: string, dkim: Dkim | undefined): MailTransport {
	const server = parsedServer(url);
	const transporter = nodemailer.createTransport({
		...server,
		pool: true,
		maxConnections: 2,
		connectionTimeout: 10 * SECONDS,
		greetingTimeout: 10 * SECONDS,
		socketTimeout: 60 * SECONDS,
		...(dkim && { dkim: checkedKey(dkim) }),
	});
	return { send: (mail) => deliver(transporter, mail), close: () => transporter.close() };
}

/** Encryption is required except towards this very machine, where tests and local relays listen. */
function parsedServer(text: string) {
	const url = URL.parse(text);
	if (!url?.hostname || !/^smtps?:$/.test(url.protocol))
		throw new Error('mail: the SMTP address must be smtp:// or smtps://');
	const secure = url.protocol === 'smtps:';
	const local = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
	const auth = url.username && {
		user: decodeURIComponent(url.username),
		pass: decodeURIComponent(url.password),
	};
	return {
		host: url.hostname.replace(/^\[|\]$/g, ''),
		port: Number(url.port) || (secure ? 465 : 587),
		secure,
		requireTLS: !secure && !local,
		ignoreTLS: !secure && local,
		...(auth && { auth }),
	};
}

/**
 * nodemailer sends unsigned without a word when the key is bad, hence the check; and its own list of signed headers
 * lacks List-Unsubscribe-Post, which RFC 8058 wants signed.
 */
function checkedKey(dkim: Dkim) {
	if (createPrivateKey(dkim.privateKey).asymmetricKeyType !== 'rsa')
		throw new Error('mail: the DKIM key must be RSA');
	const headerFieldNames =
		'From:Reply-To:Subject:Date:Message-ID:To:MIME-Version:Content-Type:Content-Transfer-Encoding:List-Unsubscribe:List-Unsubscribe-Post:List-Id:List-Post:In-Reply-To:References:Auto-Submitted';
	return { ...dkim, headerFieldNames };
}

type Transporter = ReturnType<typeof nodemailer.createTransport>;

async function deliver(transporter: Transporter, mail: ComposedMail): Promise<Delivery> {
	try {
		await transporter.sendMail({ ...mail, disableFileAccess: true, disableUrlAccess: true });
		return { outcome: 'sent' };
	} catch (problem) {
		return refusal(problem as { responseCode?: number; code?: string; command?: string });
	}
}

/** A 5xx about the person or the message is for good; about us (sign-in, connection), it is the operator's to mend. */
function refusal({
	responseCode = 0,
	code = 'unknown',
	command = '',
}: {
	responseCode?: number;
	code?: string;
	command?: string;
}): Delivery {
	const isHeard = /^(?:RCPT TO|DATA)$/.test(command) && code !== 'EAUTH';
	const reason = `${code} ${command} ${responseCode || ''}`.trim();
	if (isHeard && responseCode >= 500) return { outcome: 'never', reason };
	return { outcome: 'later', reason, down: !isHeard };
}
