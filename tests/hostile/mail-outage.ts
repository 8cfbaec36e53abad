import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { messageIdFor } from '#platform/mail/compose.ts';
import { deliver } from '#platform/mail/jobs.ts';
import { sendMail } from '#platform/mail/queue.ts';
import { header, mailSink, parse } from '#platform/mail/sink.fixture.ts';
import { sql } from '#platform/sql.ts';
import { stage } from '#tests/stage.ts';

type Sink = Awaited<ReturnType<typeof mailSink>>;
const hour = 3600;

/** The stories of a mail server that refuses everybody for an hour, and of a program killed while it sends. */
export function outlivesOutages(count: number): void {
	stage();
	let refusing = false;
	let sink: Sink;
	beforeAll(async () => {
		sink = await mailSink(() => (refusing ? 451 : undefined));
	});
	afterAll(async () => {
		delete process.env.COOPOL_SMTP;
		await sink.close();
	});
	// Of each mail some sixteen transactions, on a machine that others use too.
	const limit = 60_000 + count * 200;

	describe.each([
		['refuses everybody', true],
		['does not answer', false],
	])('a mail server that %s for an hour', (_, answers) => {
		test(
			`${count} mails wait, then arrive once each, all headers in place`,
			async () => {
				await empty(sink);
				refusing = answers;
				process.env.COOPOL_SMTP = answers ? sink.url : 'smtp://127.0.0.1:9';
				const ids = await queue(count);
				const rounds = await until(hour);
				expect(rounds).toBeGreaterThan(5);
				expect(sink.got).toEqual([]);
				expect(await standing()).toEqual({ waiting: count, given_up: 0, sent: 0 });
				refusing = false;
				process.env.COOPOL_SMTP = sink.url;
				await until(3 * hour);
				expect(await standing()).toEqual({ waiting: 0, given_up: 0, sent: count });
				expect(sink.got.map(({ to }) => to.join()).toSorted()).toEqual(
					ids.map((_id, n) => addressOf(n)).toSorted(),
				);
				expect(faultsIn(sink, ids)).toEqual([]);
			},
			limit,
		);
	});

	test(
		`killed in the middle of ${count} mails, again and again: none is lost, and only one in flight may come twice, as the same mail`,
		async () => {
			await empty(sink);
			process.env.COOPOL_SMTP = sink.url;
			const ids = await queue(count);
			let kills = 0;
			for (const part of [0.2, 0.5, 0.8]) {
				const worker = startWorker();
				while (sink.got.length < count * part) await pause(2);
				await killed(worker);
				kills++;
				await takeBack();
			}
			const last = startWorker();
			while ((await standing()).waiting) await pause(50);
			await killed(last);
			const arrived = Map.groupBy(sink.got, ({ to }) => to.join());
			expect(arrived.size).toBe(count);
			expect(sink.got.length - count).toBeLessThanOrEqual(kills);
			expect(faultsIn(sink, ids)).toEqual([]);
		},
		limit + 60_000,
	);
}

const addressOf = (n: number) => `person-${String(n).padStart(5, '0')}@rive.example`;

async function empty(sink: Sink): Promise<void> {
	sink.got.length = 0;
	await asSystem('demo', async (tx) => {
		await tx.run(sql`delete from platform.mail`);
		await tx.run(sql`delete from jobs.job where name = 'mail.send'`);
	});
}

async function queue(count: number): Promise<string[]> {
	const ids: string[] = [];
	for (let from = 0; from < count; from += 200)
		await asSystem('demo', async (tx) => {
			for (let n = from; n < Math.min(count, from + 200); n++)
				ids.push(
					await sendMail(tx, {
						to: addressOf(n),
						kind: 'test.mail',
						subject: `Mail ${n}`,
						paragraphs: ['Bonjour.'],
					}),
				);
		});
	return ids;
}

/**
 * Does what the queue has, as time would bring it, until so many seconds went by; every job by two workers. Gives how many rounds.
 * What fell due one after the other while a round lasted is done in one round too: a round for every two seconds of it moved all
 * that waits each time, and took an hour for ten thousand mails.
 */
async function until(seconds: number): Promise<number> {
	let [clock, rounds, lasted] = [0, 0, 2];
	for (;;) {
		const due = await asSystem('demo', (tx) =>
			tx.one<{ wait: number | null }>(
				sql`select extract(epoch from min(start_after) - now())::float8 as wait from jobs.job where name = 'mail.send'`,
			),
		);
		const wait = Math.max(0, due?.wait ?? Number.POSITIVE_INFINITY);
		if (clock + wait > seconds) return rounds;
		clock += wait;
		rounds++;
		const jobs = await asSystem('demo', async (tx) => {
			await tx.run(
				sql`update jobs.job set start_after = start_after - make_interval(secs => ${wait}) where name = 'mail.send'`,
			);
			return tx.many<{ id: string; after: number }>(
				sql`delete from jobs.job where name = 'mail.send' and start_after <= now() + make_interval(secs => ${lasted}) returning data ->> 'id' as id, (data ->> 'after')::int as after`,
			);
		});
		const twice = jobs.flatMap((job) => [job, job]);
		let next = 0;
		const work = async () => {
			while (next < twice.length) {
				const { id, after } = twice[next++]!;
				await deliver(id, undefined, after);
			}
		};
		const began = performance.now();
		await Promise.all(Array.from({ length: 8 }, work));
		lasted = Math.max(lasted, (performance.now() - began) / 1000);
	}
}

const standing = async () =>
	(await asSystem('demo', (tx) =>
		tx.one<{ waiting: number; given_up: number; sent: number }>(sql`
			select count(*) filter (where sent_at is null and given_up_at is null)::int as waiting,
				count(given_up_at)::int as given_up, count(sent_at)::int as sent from platform.mail`),
	))!;

/** What is wrong with any of the mails that arrived. */
function faultsIn(sink: Sink, ids: string[]): string[] {
	const known = new Set(ids.map((id) => messageIdFor(id, 'ne-pas-repondre@coopol.invalid')));
	const ofAddress = new Map<string, string>();
	return sink.got.flatMap(({ to, raw }) => {
		const { headers } = parse(raw);
		const id = header(headers, 'message-id');
		const before = ofAddress.get(to.join()) ?? id;
		ofAddress.set(to.join(), before);
		const single = ['from', 'to', 'subject', 'date', 'message-id', 'mime-version'].filter(
			(name) => headers.filter(([one]) => one.toLowerCase() === name).length !== 1,
		);
		return [
			...single.map((name) => `${to}: ${name}`),
			...(known.has(id) ? [] : [`${to}: unknown ${id}`]),
			...(before === id ? [] : [`${to}: two mails`]),
			...(header(headers, 'to').includes(to.join()) && to.length === 1 ? [] : [`${to}: to somebody else`]),
			...(header(headers, 'auto-submitted') === 'auto-generated' ? [] : [`${to}: not said automatic`]),
		];
	});
}

/** The program that does the jobs, in a process of its own. */
const startWorker = (): ChildProcess =>
	spawn(process.execPath, [new URL('./mail-worker.ts', import.meta.url).pathname], {
		stdio: 'ignore',
		env: process.env,
	});

async function killed(worker: ChildProcess): Promise<void> {
	const gone = new Promise((done) => worker.once('exit', done));
	worker.kill('SIGKILL');
	await gone;
}

/** What the queue does by itself a quarter of an hour later: jobs of a worker that is no more are anybody's. */
const takeBack = () =>
	asSystem('demo', (tx) =>
		tx.run(
			sql`update jobs.job set state = 'created', started_on = null where name = 'mail.send' and state = 'active'`,
		),
	);
