import { command, Misuse } from './command.ts';

/** Bytes given on the standard input; above `most`, undefined. */
async function given(most: number): Promise<Buffer | undefined> {
	const pieces: Buffer[] = [];
	let size = 0;
	for await (const piece of process.stdin as AsyncIterable<Buffer>) {
		size += piece.length;
		if (size > most) return undefined;
		pieces.push(piece);
	}
	return Buffer.concat(pieces);
}

/** What Postfix says to a command of who sends and who receives; else what was said by hand. */
const said = (option: string | boolean | undefined, ...names: string[]): string | undefined =>
	typeof option === 'string'
		? option
		: names.map((name) => process.env[name]).find((value) => value !== undefined);

/** Commands that take mails in. */
export const mail = [
	command({
		path: ['mail', 'receive'],
		operands: [],
		options: { to: { type: 'string' }, from: { type: 'string' } },
		summary: 'take in one mail from the standard input, for a mail server that pipes',
		notes:
			'--to and --from are those of the envelope (or RECIPIENT and SENDER, as Postfix sets them). 0: taken, or let fall as anybody’s; 1: not for an address of ours, or too large; 75: come back later.',
		failure: 75,
		run: async (_, options) => {
			const to = said(options.to, 'ORIGINAL_RECIPIENT', 'RECIPIENT');
			if (!to) throw new Misuse('to whom? --to ADDRESS, or RECIPIENT in the environment');
			const [{ keepMail, countDrop, mailMax }, { mailDomain, readAddress }, { house }, { asSystem }] =
				await Promise.all([
					import('#platform/mail/in/keep.ts'),
					import('#platform/mail/in/address.ts'),
					import('#platform/house.ts'),
					import('#platform/db.ts'),
				]);
			// The work that reads it has to be known here.
			await import('#registry.ts');
			const address = readAddress(to, mailDomain(await house()));
			const raw = await given(mailMax);
			if (!address || !raw) return { ok: false, taken: false };
			if (address === 'forged') {
				await asSystem('mail-in', (tx) => countDrop(tx, 'forged'));
				return { ok: true, taken: false };
			}
			await keepMail([{ to, from: said(options.from, 'SENDER') ?? '', raw }]);
			return { ok: true, taken: true };
		},
		say: ({ taken }) => (taken ? 'Taken in.' : 'Not taken in.'),
	}),
];
