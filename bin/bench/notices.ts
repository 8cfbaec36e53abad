// A notice told to everybody: rows a second, mails queued and made a second, and how long a page takes meanwhile.
import { batchSize, notifyMany, progressOf } from '#domains/notices/index.ts';
import { viewerOfPerson } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { giveWay } from '#platform/give-way.ts';
import { newId } from '#platform/ids.ts';
import { openQueues, startWorkers, stopWorkers } from '#platform/jobs.ts';
import { type Sql, sql } from '#platform/sql.ts';
import '#registry.ts';
import { fillFeed, readerId, readerSecret } from './feed-data.ts';
import type { Measured, Options } from './index.ts';
import { ask, quantile, rounded } from './load.ts';
import { buildPages, type Running, runServer, withDatabase } from './scene.ts';

/** Mails made and sent while pages are measured: enough to know the pace. */
const sample = 4000;
/** Pages asked one after the other, as one visitor would. */
const pages = 400;
const headers = { cookie: `coopol=${readerSecret}` };

/**
 * The pages are served by one process; the jobs run in this one, as `ROLE=worker` does. On a machine of two cores a page also
 * waits for the jobs' processor time: the quotient says so.
 */
export async function measure({ members, say }: Options): Promise<Measured> {
	buildPages();
	const rows: Measured['rows'] = [];
	for (const size of members)
		await withDatabase(async (owner) => {
			say(`${size} members: filling`);
			await fillFeed(owner, size);
			await owner.unsafe(`insert into people.contact (person_id, email, email_key)
				select person.id, person.id || '@rive.example', person.id || '@rive.example' from people.person on conflict do nothing`);
			await owner.unsafe(`update people.person set rhythm = 'asap'`);
			await owner.unsafe('analyze');
			say(`${size} members: measuring`);
			rows.push(await measureSize(size));
		});
	return { rows, raw: {} };
}

async function measureSize(members: number): Promise<Measured['rows'][number]> {
	giveWay();
	await openQueues();
	const server = await runServer('pages');
	try {
		await ask(`${server.url}/fil`, pages, 4, headers);
		const quiet = await paged(server);
		await startWorkers();
		const told = await tellAll(server);
		const made = await makeMails(server, Math.min(sample, told.queued));
		return {
			members,
			tellings: told.tellings,
			askedMs: told.askedMs,
			rowsWritten: told.rows,
			rowsPerSecond: rounded(told.rows / told.seconds, 0),
			mailsQueued: told.queued,
			mailsPerSecond: rounded(made.sent / made.seconds, 1),
			pageP50Quiet: rounded(quantile(quiet, 0.5)),
			pageP99Quiet: rounded(p99(quiet)),
			...beside('Telling', told.ms, quiet),
			...beside('Mailing', made.ms, quiet),
		};
	} finally {
		await server.stop();
		await stopWorkers();
	}
}

const beside = (what: string, ms: number[], quiet: number[]) => ({
	[`pages${what}`]: ms.length,
	[`pageP99${what}`]: rounded(p99(ms)),
	[`${what.toLowerCase()}OverQuiet`]: rounded(p99(ms) / p99(quiet)),
	[`${what.toLowerCase()}OverQuietP50`]: rounded(quantile(ms, 0.5) / quantile(quiet, 0.5)),
});

const p99 = (ms: number[]) => quantile(ms, 0.99);

/** Everybody is told one thing, then another, until as many pages were asked meanwhile as when nothing was done. */
async function tellAll(server: Running) {
	const top = await asSystem('bench', (tx) =>
		tx.one<{ id: string }>(sql`select unit.id from territory.unit where unit.parent_id is null`),
	);
	const asked: number[] = [];
	const ms: number[] = [];
	let seconds = 0;
	while (ms.length < pages) {
		const news = { type: 'welcomed', byId: readerId, unitId: top!.id, subjectId: newId() };
		const began = performance.now();
		const fan = await asSystem('bench', (tx) => notifyMany(tx, news, { unitId: top!.id }));
		asked.push(performance.now() - began);
		const told = until(async () => (await progressOf(await viewerOfPerson(readerId, []), fan))?.done);
		ms.push(...(await during(server, told, 0)));
		seconds += (await told) / 1000;
	}
	const count = (from: Sql) =>
		asSystem(
			'bench',
			async (tx) => (await tx.one<{ n: number }>(sql`select count(*)::int as n from ${from}`))!.n,
		);
	return {
		tellings: asked.length,
		askedMs: rounded(quantile(asked, 0.5)),
		seconds,
		ms,
		rows: await count(sql`notices.notice`),
		queued: await waiting(),
	};
}

/**
 * Mails leave two minutes later, for who did not read: some are made and sent now, so that they are measured too. The others wait a
 * day: falling due one after the other, they would never let the measure end.
 */
async function makeMails(server: Running, mails: number) {
	await asSystem('bench', async (tx) => {
		await tx.run(
			sql`update jobs.job set start_after = now() + interval '1 day' where job.name = 'notices.mails' and job.state = 'created'`,
		);
		await tx.run(sql`update jobs.job set start_after = now() where job.id in (
			select waiting.id from jobs.job as waiting where waiting.name = 'notices.mails' and waiting.state = 'created' limit ${Math.ceil(mails / batchSize)})`);
	});
	const before = await sent();
	const made = until(async () => (await left()) === 0);
	const ms = await during(server, made);
	return { seconds: (await made) / 1000, ms, sent: (await sent()) - before };
}

const paged = async (server: Running, times = pages) =>
	(await ask(`${server.url}/fil`, times, 1, headers)).ms;

/** Pages asked for as long as this lasts. */
async function during(server: Running, work: Promise<unknown>, least = 50): Promise<number[]> {
	let isOver = false;
	void work.then(() => {
		isOver = true;
	});
	const ms: number[] = [];
	while (!isOver || ms.length < least) ms.push(...(await paged(server, 10)));
	return ms;
}

/** Mails that wait to be made, by batches. */
const waiting = async () =>
	(await asSystem('bench', (tx) =>
		tx.one<{
			n: number;
		}>(sql`select coalesce(sum(jsonb_array_length(job.data -> 'notices')), 0)::int as n from jobs.job
			where job.name = 'notices.mails'`),
	))!.n;
/** Mails to make or to send now. */
const left = async () =>
	(await asSystem('bench', (tx) =>
		tx.one<{ n: number }>(
			sql`select count(*)::int as n from jobs.job where job.name in ('notices.mail', 'notices.mails', 'notices.send')
				and job.state in ('created', 'active', 'retry') and job.start_after <= now()`,
		),
	))!.n;
const sent = async () =>
	(await asSystem('bench', (tx) =>
		tx.one<{ n: number }>(sql`select count(*)::int as n from platform.mail where mail.sent_at is not null`),
	))!.n;

/** Waits until it is so; gives milliseconds. */
async function until(isSo: () => Promise<boolean | undefined>): Promise<number> {
	const from = performance.now();
	while (!(await isSo())) await new Promise((go) => setTimeout(go, 100));
	return performance.now() - from;
}
