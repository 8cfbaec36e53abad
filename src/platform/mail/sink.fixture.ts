import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export type Got = { from: string; to: string[]; raw: string };

/** A local mail server for tests that keeps everything and refuses what `refuse` says. */
export async function mailSink(refuse: (address: string) => number | undefined = () => undefined) {
	const got: Got[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS', 'AUTH'],
		logger: false,
		onRcptTo({ address }, _session, done) {
			const code = refuse(address);
			done(code ? Object.assign(new Error('refused'), { responseCode: code }) : null);
		},
		onData(stream, { envelope }, done) {
			const pieces: Buffer[] = [];
			stream.on('data', (piece: Buffer) => pieces.push(piece));
			stream.on('end', () => {
				const from = envelope.mailFrom ? envelope.mailFrom.address : '';
				got.push({
					from,
					to: envelope.rcptTo.map(({ address }) => address),
					raw: Buffer.concat(pieces).toString('latin1'),
				});
				done();
			});
		},
	});
	server.on('error', () => undefined);
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.server.address() as AddressInfo;
	return {
		got,
		url: `smtp://127.0.0.1:${port}`,
		close: () => new Promise<void>((done) => server.close(done)),
	};
}

export type Parsed = { headers: [name: string, value: string][]; parts: { type: string; text: string }[] };

/** Unfolds headers and decodes the two parts, without trusting the library that wrote them. */
export function parse(raw: string): Parsed {
	const at = raw.indexOf('\r\n\r\n');
	const headers = headersOf(raw.slice(0, at));
	const boundary = /boundary="([^"]+)"/.exec(header(headers, 'content-type'))?.[1] ?? '\0';
	const parts = raw
		.slice(at)
		.split(`--${boundary}`)
		.slice(1, -1)
		.map((part) => {
			const end = part.indexOf('\r\n\r\n');
			const own = headersOf(part.slice(2, end));
			return {
				type: header(own, 'content-type'),
				text: decoded(part.slice(end + 4), header(own, 'content-transfer-encoding')),
			};
		});
	return { headers, parts };
}

export function header(headers: Parsed['headers'], name: string): string {
	return headers.find(([own]) => own.toLowerCase() === name)?.[1] ?? '';
}

function headersOf(block: string): [string, string][] {
	return block
		.replace(/\r\n[ \t]+/g, ' ')
		.split('\r\n')
		.map((line) => {
			const colon = line.indexOf(':');
			return [line.slice(0, colon), line.slice(colon + 1).trim()];
		});
}

function decoded(text: string, encoding: string): string {
	if (encoding === 'base64') return Buffer.from(text, 'base64').toString();
	const bytes = text
		.replace(/=\r\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
	return encoding === 'quoted-printable'
		? Buffer.from(bytes, 'latin1').toString()
		: Buffer.from(text, 'latin1').toString();
}
