import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { asSystem } from '../../db.ts';
import { house } from '../../house.ts';
import { fingerprint } from '../../seal.ts';
import { throttle } from '../../throttle.ts';
import { type MailDoor, mailDomain, readAddress } from './address.ts';
import { countDrop, keepMail, mailMax } from './keep.ts';

const recipientsAtMost = 5;
/** What one address takes: a person answers now and then. */
const rate = { burst: 20, perHour: 60 };

class Answer extends Error {
	readonly responseCode: number;
	constructor(responseCode: number, text: string) {
		super(text);
		this.responseCode = responseCode;
	}
}
/** Whatever the reason (most often the database is away), the sender's server keeps the mail and comes back. */
const later = () => new Answer(451, 'Try again later');

/** Opens the door for mails; gives how to close it. Rejects when the port is taken. */
export function openMailDoor(
	where: Exclude<MailDoor, 'pipe'>,
): Promise<{ port: number; close: () => Promise<void> }> {
	const server = new SMTPServer({
		lmtp: where.lmtp,
		authOptional: true,
		disabledCommands: ['AUTH', 'STARTTLS'],
		disableReverseLookup: true,
		logger: false,
		banner: 'Coopol',
		size: mailMax,
		maxClients: 20,
		socketTimeout: 60_000,
		closeTimeout: 5_000,
		onRcptTo: ({ address }, session, done) => void accept(address, session).then(() => done(), done),
		onData: (stream, session, done) => void receive(stream, session).then(() => done(null, 'Taken'), done),
	});
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(where.port, where.host, () => {
			// A connection that ends badly ends by itself: nothing of it is kept, nor logged.
			server.removeListener('error', reject).on('error', () => {});
			const address = server.server.address();
			resolve({
				port: typeof address === 'object' && address ? address.port : where.port,
				close: () => new Promise((closed) => server.close(() => closed())),
			});
		});
	});
}

/** Only addresses that we wrote are taken: for any other, this is nobody's server. */
async function accept(address: string, session: SMTPServerSession): Promise<void> {
	if (session.envelope.rcptTo.length >= recipientsAtMost) throw new Answer(452, 'Too many recipients');
	const read = await house().then(
		(from) => readAddress(address, mailDomain(from)),
		() => {
			throw later();
		},
	);
	if (!read || read === 'forged') {
		await asSystem('mail-in', (tx) => countDrop(tx, read ?? 'address')).catch(() => {});
		throw new Answer(550, 'No such address');
	}
	await throttle({ [`mail-in:${fingerprint('mail-in', address.toLowerCase())}`]: rate }).catch(
		(error: Error) => {
			throw error.name === 'TooMany' ? new Answer(450, 'Too many mails to this address') : later();
		},
	);
}

async function receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
	const pieces: Buffer[] = [];
	let size = 0;
	for await (const piece of stream as AsyncIterable<Buffer>) {
		size += piece.length;
		if (size <= mailMax) pieces.push(piece);
	}
	if (size > mailMax || stream.sizeExceeded) throw new Answer(552, 'Too large: 10 MB at most');
	const { mailFrom, rcptTo } = session.envelope;
	const raw = Buffer.concat(pieces);
	const from = mailFrom ? mailFrom.address : '';
	await keepMail(rcptTo.map(({ address }) => ({ to: address, from, raw }))).catch(() => {
		throw later();
	});
}
