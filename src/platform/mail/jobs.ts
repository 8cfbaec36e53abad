import { asSystem, type Tx } from '../db.ts';
import { house } from '../house.ts';
import { enqueue, type JobDefinition } from '../jobs.ts';
import { sql } from '../sql.ts';
import type { ComposedMail } from './compose.ts';
import { mailInJobs } from './in/keep.ts';
import { compose, type Mail } from './queue.ts';
import { type Delivery, type MailTransport, makeTransport } from './transport.ts';

const triesAtMost = 10;
/** A server that is down is waited for longer than a mailbox that is full: mails of a long weekend still leave. */
const daysAtMost = 5;
let open: { url: string; transport: MailTransport } | undefined;

/** Makes a mail from what it was put in the outbox with, as it is true now, and from whom it was for; null when nothing is left to say. */
export type Make = (tx: Tx, from: never, to: string) => Promise<Mail | null>;

/** Which job sends a mail, and how it is made. */
interface Sending {
	job: string;
	make: Make | null;
}

const plainly: Sending = { job: 'mail.send', make: null };

interface Waiting {
	message: ComposedMail;
	recipient: string;
	from: unknown;
	tries: number;
	old: boolean;
}

/**
 * Sends one waiting mail, once: the row is held while it leaves. `after`: only if it was tried so many times, for a job done twice
 * must not try twice. The transport is given by tests.
 */
export async function deliver(
	id: string,
	by: MailTransport = transport(),
	after: number | null = null,
	{ job, make }: Sending = plainly,
): Promise<void> {
	await asSystem('mail', async (tx) => {
		const row = await tx.one<Waiting>(sql`
			select message, recipient, remade_from as "from", tries, created_at < now() - make_interval(days => ${daysAtMost}) as old from platform.mail
			where id = ${id}::uuid and sent_at is null and given_up_at is null
				and tries = coalesce(${after}::int, tries) for update skip locked`);
		if (!row) return;
		const message = make && row.from ? await made(tx, id, row, make) : row.message;
		if (!message) return;
		const delivery = await by
			.send(message)
			.catch((error: Error): Delivery => ({ outcome: 'later', reason: error.name, down: true }));
		await note(tx, id, { tries: row.tries + 1, old: row.old, job }, delivery);
	});
}

/** The mail as it is true now, written down; nothing of it stays when nothing is left to say. */
async function made(
	tx: Tx,
	id: string,
	{ from, recipient }: Waiting,
	make: Make,
): Promise<ComposedMail | null> {
	const mail = await make(tx, from as never, recipient);
	if (!mail) {
		await tx.run(sql`delete from platform.mail where id = ${id}::uuid`);
		return null;
	}
	const message = await compose(id, mail);
	await tx.run(sql`update platform.mail set message = ${JSON.stringify(message)}::jsonb, recipient = ${message.to.address},
			kind = ${mail.kind}, by_id = ${mail.byId ?? null}::uuid where id = ${id}::uuid`);
	return message;
}

/** How often it was tried, whether it waited too long, and which job tries again. */
interface Tried {
	tries: number;
	old: boolean;
	job: string;
}

const isLast = (delivery: Delivery, { tries, old }: Tried): boolean =>
	delivery.outcome === 'never' ||
	(delivery.outcome === 'later' && (old || (!delivery.down && tries >= triesAtMost)));

/** Writes down what came of it; what may still leave is queued again, after a pause that doubles up to an hour. */
async function note(tx: Tx, id: string, so: Tried, delivery: Delivery): Promise<void> {
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
	if (row && !isSent && !isOver) await enqueue(tx, so.job, { id, after: so.tries }, row);
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

/** The job that sends waiting mails: as they were written, or each made by `make` as it leaves. */
export const sendingJob = (job: string, make: Make | null = null): JobDefinition<never> =>
	({
		name: job,
		policy: 'house',
		retries: triesAtMost,
		batch: 20,
		work: ({ id, after }: { id: string; after?: number }) => deliver(id, transport(), after, { job, make }),
	}) as JobDefinition<never>;

/** The work of the outbox, and of what comes in; the lowest domain declares it. */
export const mailJobs: JobDefinition<never>[] = [sendingJob(plainly.job), ...mailInJobs];
