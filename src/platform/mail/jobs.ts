import { asSystem, type Tx } from '../db.ts';
import { house } from '../house.ts';
import type { JobDefinition } from '../jobs.ts';
import { sql } from '../sql.ts';
import type { ComposedMail } from './compose.ts';
import { type Delivery, type MailTransport, makeTransport } from './transport.ts';

const triesAtMost = 10;
let open: { url: string; transport: MailTransport } | undefined;

/** Sends one waiting mail, once: the row is held while it leaves. The transport is given by tests. */
export async function deliver(id: string, by: MailTransport = transport()): Promise<void> {
	const again = await asSystem('mail', async (tx) => {
		const row = await tx.one<{ message: ComposedMail; tries: number }>(sql`
			select message, tries from platform.mail
			where id = ${id}::uuid and sent_at is null and given_up_at is null for update skip locked`);
		if (!row) return false;
		const delivery = await by
			.send(row.message)
			.catch((error: Error): Delivery => ({ outcome: 'later', reason: error.name }));
		await note(tx, id, row.tries + 1, delivery);
		return delivery.outcome === 'later' && row.tries + 1 < triesAtMost;
	});
	// The queue's own growing pauses do the waiting.
	if (again) throw new Error('mail: to be tried again');
}

async function note(tx: Tx, id: string, tries: number, delivery: Delivery): Promise<void> {
	const isSent = delivery.outcome === 'sent';
	const isOver = delivery.outcome === 'never' || (!isSent && tries >= triesAtMost);
	// Once gone, a mail's text (codes, links) is nobody's business; the demonstration keeps it for its page of sent mails.
	const keepText = !isSent || (await house()).demo;
	await tx.run(sql`update platform.mail set tries = ${tries}, problem = ${isSent ? null : delivery.reason},
		sent_at = ${isSent ? new Date() : null}::timestamptz, given_up_at = ${isOver ? new Date() : null}::timestamptz,
		try_at = now() + make_interval(secs => least(3600, 2 ^ ${tries}::int * 15)),
		message = case when ${keepText} then message else jsonb_build_object('subject', message -> 'subject') end
		where id = ${id}::uuid`);
}

/** `COOPOL_SMTP` sends for real; without it mails stay in the table, where the demonstration shows them. */
function transport(): MailTransport {
	const url = process.env.COOPOL_SMTP ?? '';
	if (open?.url !== url) {
		open?.transport.close();
		open = { url, transport: makeTransport(url || undefined, { keep: () => {} }) };
	}
	return open.transport;
}

/** The work of the outbox; the lowest domain declares it. */
export const mailJobs: JobDefinition<never>[] = [
	{
		name: 'mail.send',
		policy: 'house',
		retries: triesAtMost,
		batch: 20,
		work: ({ id }: { id: string }) => deliver(id),
	} as JobDefinition<never>,
];
