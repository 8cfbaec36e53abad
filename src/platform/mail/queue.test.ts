import { expect, test } from 'vitest';
import { stage } from '#tests/stage.ts';
import { asSystem } from '../db.ts';
import { sql } from '../sql.ts';
import { deliver } from './jobs.ts';
import { type Mail, sendMail } from './queue.ts';
import type { Delivery, MailTransport } from './transport.ts';

stage();

const mail: Mail = {
	to: 'odile@rive.example',
	kind: 'test.hello',
	subject: 'Bonjour',
	paragraphs: ['Un mot.'],
	action: { label: 'Voir', url: '/fil' },
};
const queued = () => asSystem('test', (tx) => sendMail(tx, mail));
const rowOf = (id: string) =>
	asSystem('test', (tx) =>
		tx.one<{
			tries: number;
			sent_at: Date | null;
			given_up_at: Date | null;
			message: { messageId?: string; text?: string };
		}>(sql`select * from platform.mail where id = ${id}::uuid`),
	);
/** In how many seconds it is tried again, as the queue says. */
const waiting = async (id: string) => {
	const rows = await asSystem('test', (tx) =>
		tx.many<{
			seconds: number;
		}>(sql`select round(extract(epoch from start_after - created_on))::int as seconds
			from jobs.job where name = 'mail.send' and data ->> 'id' = ${id} and start_after > created_on + interval '1 second'`),
	);
	return rows.map(({ seconds }) => seconds);
};
/** A post office that answers as told, and keeps what it was given. */
function office(...answers: Delivery[]): MailTransport & { ids: string[] } {
	const ids: string[] = [];
	return {
		ids,
		close: () => {},
		send: async ({ messageId }) => {
			ids.push(messageId);
			return answers.shift() ?? { outcome: 'sent' };
		},
	};
}

test('a mail exists if and only if what caused it does', async () => {
	await asSystem('test', async (tx) => {
		await sendMail(tx, { ...mail, kind: 'test.undone' });
		throw new Error('changed my mind');
	}).catch(() => {});
	expect(
		await asSystem('test', (tx) => tx.many(sql`select 1 from platform.mail where kind = 'test.undone'`)),
	).toEqual([]);
});

test('two workers at once send it once, with an absolute link', async () => {
	const id = await queued();
	const by = office();
	expect((await rowOf(id))?.message.text).toMatch(/https?:\/\/[^/]+\/fil/);
	await Promise.all([deliver(id, by), deliver(id, by), deliver(id, by)]);
	await deliver(id, by);
	expect(by.ids).toHaveLength(1);
	expect((await rowOf(id))?.sent_at).toBeInstanceOf(Date);
});

test('a full mailbox is tried again under the same Message-ID; a refused one is given up at once', async () => {
	const id = await queued();
	const by = office({ outcome: 'later', reason: '421' });
	await deliver(id, by);
	expect(await waiting(id)).toEqual([30]);
	await deliver(id, by);
	expect(new Set(by.ids).size).toBe(1);
	expect(await rowOf(id)).toMatchObject({ tries: 2, given_up_at: null });
	const bad = await queued();
	await deliver(bad, office({ outcome: 'never', reason: '550' }));
	expect((await rowOf(bad))?.given_up_at).toBeInstanceOf(Date);
});

test('after ten tries it is given up', async () => {
	const id = await queued();
	const by: MailTransport = { close: () => {}, send: async () => ({ outcome: 'later', reason: '421' }) };
	for (let n = 1; n < 10; n++) await deliver(id, by);
	expect(await rowOf(id)).toMatchObject({ given_up_at: null });
	await deliver(id, by);
	expect(await rowOf(id)).toMatchObject({ tries: 10, given_up_at: expect.any(Date) });
});

test('a server that is down is waited for, an hour apart at most, five days at most', async () => {
	const id = await queued();
	const by = office(
		...Array.from({ length: 40 }, (): Delivery => ({ outcome: 'later', reason: 'ECONNREFUSED', down: true })),
	);
	for (let n = 1; n <= 30; n++) await deliver(id, by);
	expect(await rowOf(id)).toMatchObject({ tries: 30, given_up_at: null });
	expect(Math.max(...(await waiting(id)))).toBe(3600);
	await asSystem('test', (tx) =>
		tx.run(sql`update platform.mail set created_at = now() - interval '6 days' where id = ${id}::uuid`),
	);
	await deliver(id, by);
	expect((await rowOf(id))?.given_up_at).toBeInstanceOf(Date);
});

test('outside the demonstration, the text of a sent mail is not kept', async () => {
	const id = await queued();
	const kept = process.env.DATABASE_URL;
	process.env.DATABASE_URL = 'postgres://elsewhere';
	const { forgetSettings } = await import('../settings.ts');
	forgetSettings();
	await deliver(id, office());
	if (kept === undefined) delete process.env.DATABASE_URL;
	else process.env.DATABASE_URL = kept;
	forgetSettings();
	expect((await rowOf(id))?.message).toEqual({ subject: 'Bonjour' });
});
