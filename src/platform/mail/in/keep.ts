import { asSystem, type Tx } from '../../db.ts';
import { house } from '../../house.ts';
import { newId } from '../../ids.ts';
import { enqueue, type JobDefinition } from '../../jobs.ts';
import { seal, unseal } from '../../seal.ts';
import { sql } from '../../sql.ts';
import { sendMail } from '../queue.ts';
import { mailDomain, readAddress } from './address.ts';
import { type Drop, letterBox, type Outcome } from './letter-box.ts';
import { type Came, readLetter } from './read.ts';

/** Bytes of a mail, at most. */
export const mailMax = 10 * 1024 * 1024;

/** Takes a mail in: once this is done it is not lost, whatever happens to this process. Sealed until it is read. */
export const keepMail = (came: readonly Came[]): Promise<void> =>
	asSystem('mail-in', async (tx) => {
		for (const { raw, ...rest } of came) {
			const id = newId();
			const sealed = seal('mail-in', JSON.stringify({ ...rest, raw: raw.toString('latin1') }));
			await tx.run(sql`insert into platform.mail_in (id, sealed) values (${id}, ${sealed})`);
			await enqueue(tx, 'mail.take_in', { id });
		}
	});

/** One more mail that was let fall: the day and the reason, nothing else. */
export const countDrop = (tx: Tx, reason: Drop) =>
	tx.run(sql`insert into platform.mail_drop as counted (day, reason, n) values (current_date, ${reason}, 1)
		on conflict (day, reason) do update set n = counted.n + 1`);

/** Mails let fall in the last seven days, by reason. */
export const dropsOf = (tx: Tx): Promise<{ reason: Drop; n: number }[]> =>
	tx.many(sql`select mail_drop.reason, sum(mail_drop.n)::int as n from platform.mail_drop
		where mail_drop.day > current_date - 7 group by 1 order by 1`);

/** Reads a mail that was taken in, does what its address says, and erases it; done twice, it is done once. */
export async function takeIn({ id }: { id: string }): Promise<void> {
	const row = await asSystem('mail-in', (tx) =>
		tx.one<{ sealed: string }>(sql`select sealed from platform.mail_in where mail_in.id = ${id}::uuid`),
	);
	if (!row) return;
	const { raw, ...rest } = JSON.parse(unseal('mail-in', row.sealed)) as Omit<Came, 'raw'> & { raw: string };
	const outcome = await give({ ...rest, raw: Buffer.from(raw, 'latin1') });
	await asSystem('mail-in', async (tx) => {
		const isOurs = await tx.run(sql`delete from platform.mail_in where mail_in.id = ${id}::uuid`);
		if (!isOurs) return;
		if ('dropped' in outcome) await countDrop(tx, outcome.dropped);
		else if (outcome.answer) await sendMail(tx, outcome.answer);
	});
}

async function give(came: Came): Promise<Outcome> {
	const domain = mailDomain(await house());
	const address = readAddress(came.to, domain);
	if (!address) return { dropped: 'address' };
	const box = address === 'forged' ? undefined : letterBox(address.kind);
	if (address === 'forged' || !box) return { dropped: 'forged' };
	const letter = await readLetter(came, domain);
	return 'dropped' in letter ? letter : box({ ...letter, payload: address.payload });
}

/** The work on mails that came in; the lowest domain declares it. */
export const mailInJobs: JobDefinition<never>[] = [
	{ name: 'mail.take_in', policy: 'house', batch: 10, work: takeIn } as JobDefinition<never>,
];
