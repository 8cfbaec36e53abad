import { asSystem, type Tx } from '../db.ts';
import { house } from '../house.ts';
import { enqueue, type JobDefinition } from '../jobs.ts';
import { sql } from '../sql.ts';
import { isStillFor } from './check.ts';
import type { ComposedMail } from './compose.ts';
import { mailInJobs } from './in/keep.ts';
import { type Delivery, type MailTransport, makeTransport } from './transport.ts';

const triesAtMost = 10;
/** A server that is down is waited for longer than a mailbox that is full: mails of a long weekend still leave. */
const daysAtMost = 5;
let open: { url: string; transport: MailTransport } | undefined;

/**
 * Sends one waiting mail, once: the row is held while it leaves. `after`: only if it was tried so many times, for a job done twice
 * must not try twice. The transport is given by tests.
 */
export async function deliver(
	id: string,
	by: MailTransport = transport(),
	after: number | null = null,
): Promise<void> {
	await asSystem('mail', async (tx) => {
		const row = await tx.one<Waiting>(sql`
			select kind, person_id as "personId", message, tries, created_at < now() - make_interval(days => ${daysAtMost}) as old from platform.mail
			where id = ${id}::uuid and sent_at is null and given_up_at is null
				and tries = coalesce(${after}::int, tries) for update skip locked`);
		if (!row) return;
		if (!(await isStillFor(row))) return withdraw(tx, id);
		const delivery = await by
			.send(row.message)
			.catch((error: Error): Delivery => ({ outcome: 'later', reason: error.name, down: true }));
		await note(tx, id, { tries: row.tries + 1, old: row.old }, delivery);
	});
}

interface Waiting {
	kind: string;
	personId: string | null;
	message: ComposedMail;
	tries: number;
	old: boolean;
}

/** It will not leave, and nothing of what it said stays. */
async function withdraw(tx: Tx, id: string): Promise<void> {
	await tx.run(sql`update platform.mail set given_up_at = now(), problem = 'withdrawn', message = '{}'
		where id = ${id}::uuid`);
}

const isLast = (delivery: Delivery, { tries, old }: { tries: number; old: boolean }): boolean =>
	delivery.outcome === 'never' ||
	(delivery.outcome === 'later' && (old || (!delivery.down && tries >= triesAtMost)));

/** Writes down what came of it; what may still leave is queued again, after a pause that doubles up to an hour. */
async function note(
	tx: Tx,
	id: string,
	so: { tries: number; old: boolean },
	delivery: Delivery,
): Promise<void> {
	const isSent = delivery.outcome === 'sent';
	const isOver = isLast(delivery, so);
	// Once gone, a mail's text (codes, links) is nobody's business; the demonstration keeps it for its page of sent mails.
	const keepText = !isSent || (await house()).demo;
	const row = await tx.one<{
		startAfter: Date;
	}>(sql`update platform.mail set tries = ${so.tries}, problem = ${isSent ? null : delivery.reason},
		sent_at = ${isSent ? new Date() : null}::timestamptz, given_up_at = ${isOver ? new Date() : null}::timestamptz,
		try_at = now() + make_interval(secs => least(3600, 2 ^ ${so.tries}::int * 15)),
		message = case when ${keepText} then message else jsonb_build_object('subject', message -> 'subject') end
		where id = ${id}::uuid returning try_at as "startAfter"`);
	if (row && !isSent && !isOver) await enqueue(tx, 'mail.send', { id, after: so.tries }, row);
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
		work: ({ id, after }: { id: string; after?: number }) => deliver(id, transport(), after),
	} as JobDefinition<never>,
	...mailInJobs,
];
