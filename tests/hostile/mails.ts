import { afterAll, beforeAll, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { messageIdFor } from '#platform/mail/compose.ts';
import { deliver } from '#platform/mail/jobs.ts';
import { sendMail } from '#platform/mail/queue.ts';
import { header, mailSink, parse } from '#platform/mail/sink.fixture.ts';
import { sql } from '#platform/sql.ts';
import { stage } from '#tests/stage.ts';

const atOnce = 8;
/** Of a hundred addresses: five refuse for good, fifteen are busy the first times, one is always busy. */
const fate = (address: string) => {
	const n = Number(/\d+/.exec(address)?.[0]) % 100;
	return n < 5 ? 'refuses' : n < 20 ? 'busy' : n === 20 ? 'always busy' : 'takes';
};

const takesIn = (address: string) => ['takes', 'busy'].includes(fate(address));

/** The story of an outbox before a mail server in a bad mood. */
export function losesNoMail(count: number): void {
	stage();
	let sink: Awaited<ReturnType<typeof mailSink>>;
	const asked = new Map<string, number>();

	beforeAll(async () => {
		sink = await mailSink((address) => {
			const times = (asked.get(address) ?? 0) + 1;
			asked.set(address, times);
			const of = fate(address);
			if (of === 'refuses') return 550;
			return of === 'always busy' || (of === 'busy' && times <= 1 + (address.length % 3)) ? 451 : undefined;
		});
		process.env.COOPOL_SMTP = sink.url;
	});
	afterAll(async () => {
		delete process.env.COOPOL_SMTP;
		await sink.close();
	});

	test(
		`${count} mails to people, some of whose servers refuse or are busy: each arrives once, or is given up and seen so`,
		async () => {
			const ids = await queue(count);
			await workUntilDone(ids);
			const arrived = Map.groupBy(sink.got, ({ to }) => to.join());
			const addresses = ids.map((_, n) => `person-${n}@rive.example`);
			const wrongly = addresses.filter((one) => (arrived.get(one)?.length ?? 0) !== Number(takesIn(one)));
			expect(wrongly).toEqual([]);
			expect(addresses.filter((one) => fate(one) === 'refuses' && asked.get(one) !== 1)).toEqual([]);
			expect(addresses.filter((one) => fate(one) === 'always busy' && asked.get(one) !== 10)).toEqual([]);
			const messageIds = sink.got.map(({ raw }) => header(parse(raw).headers, 'message-id'));
			expect(new Set(messageIds).size).toBe(sink.got.length);
			const own = new Set(ids.map((id) => messageIdFor(id, 'ne-pas-repondre@coopol.invalid')));
			expect(messageIds.filter((one) => !own.has(one))).toEqual([]);
			const rows = await asSystem('demo', (tx) =>
				tx.many<{ recipient: string; sent: boolean; problem: string | null }>(sql`
			select recipient, sent_at is not null as sent, problem from platform.mail where sent_at is not null or given_up_at is not null`),
			);
			expect(rows).toHaveLength(count);
			expect(rows.filter(({ recipient, sent }) => sent !== takesIn(recipient))).toEqual([]);
			expect(rows.filter(({ sent, problem }) => !sent && !problem)).toEqual([]);
		},
		60_000 + count * 200,
	);
}

async function queue(count: number): Promise<string[]> {
	const ids: string[] = [];
	for (let from = 0; from < count; from += 100) {
		await asSystem('demo', async (tx) => {
			for (let n = from; n < Math.min(count, from + 100); n++)
				ids.push(
					await sendMail(tx, {
						to: `person-${n}@rive.example`,
						kind: 'test.mail',
						subject: `Mail ${n}`,
						paragraphs: ['Bonjour.'],
					}),
				);
		});
	}
	return ids;
}

/** As the queue does it: every mail at least once, several workers at once, the same one by two of them, again after each failure. */
async function workUntilDone(ids: string[]): Promise<void> {
	let waiting = ids;
	for (let turn = 0; waiting.length && turn < 40; turn++) {
		const twice = waiting.flatMap((id) => [id, id]);
		let next = 0;
		const work = async () => {
			while (next < twice.length) await deliver(twice[next++]!);
		};
		await Promise.all(Array.from({ length: atOnce }, work));
		const rows = await asSystem('demo', (tx) =>
			tx.many<{ id: string }>(
				sql`select id from platform.mail where sent_at is null and given_up_at is null`,
			),
		);
		waiting = rows.map(({ id }) => id);
	}
}
