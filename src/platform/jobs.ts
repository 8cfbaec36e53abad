import { type JobResult, PgBoss } from 'pg-boss';
import { asSystem, type Tx } from './db.ts';
import { dueAmong, type Lookout, lookOut } from './lookout.ts';

/** Work done apart from a request: retried with growing pauses, never lost, perhaps done twice: make it repeatable. */
export interface JobDefinition<T = unknown> {
	name: string;
	/** Who it acts for, as the registry lists it. */
	policy: 'house';
	work: (payload: T) => Promise<void>;
	/** Cron expression (Europe/Paris) for work that comes back by itself. */
	every?: string;
	retries?: number;
	/** How many are fetched together, each settled by itself; 1 unless said. Many that wait then follow without a pause. */
	batch?: number;
}

/** What a domain announces, and who listens; see `announce`. */
export interface Listener<T = unknown> {
	to: string;
	/** Unique name of the reaction, such as `notices.on_comment`. */
	name: string;
	hear: (payload: T) => Promise<void>;
}

const definitions = new Map<string, JobDefinition>();
const listeners = new Map<string, Listener[]>();
/** Who does the work of each name in this process. */
const workers = new Map<string, string>();
let boss: PgBoss | undefined;
let lookout: Lookout | undefined;

/** Declares jobs and listeners; the registry calls it once at start. */
export function declareWork(jobs: JobDefinition<never>[], reactions: Listener<never>[]): void {
	definitions.clear();
	for (const job of jobs) definitions.set(job.name, job as JobDefinition);
	listeners.clear();
	for (const reaction of reactions as Listener[]) {
		const job: JobDefinition = { name: reaction.name, policy: 'house', work: reaction.hear };
		definitions.set(job.name, job);
		listeners.set(reaction.to, [...(listeners.get(reaction.to) ?? []), reaction]);
	}
}

/** Names of every declared job and listener. */
export const declaredJobs = () => [...definitions.keys()];

const through = (tx: Tx) => ({
	executeSql: async (text: string, values?: unknown[]) => ({ rows: await tx.raw(text, values) }),
});

interface When {
	/** Not before this instant. */
	startAfter?: Date;
}

/** Adds a job in the transaction: it exists if and only if the transaction commits. */
export async function enqueue(tx: Tx, name: string, payload: object, when: When = {}): Promise<void> {
	if (!definitions.has(name)) throw new Error(`job ${name} is not declared`);
	await queue().send(name, payload, { ...when, db: through(tx) });
	if (!when.startAfter) tx.afterCommit(() => wake(name));
}

/** Adds many jobs of one name at once, in the transaction. */
export async function enqueueMany(
	tx: Tx,
	name: string,
	payloads: readonly object[],
	{ startAfter }: When = {},
): Promise<void> {
	if (!definitions.has(name)) throw new Error(`job ${name} is not declared`);
	if (!payloads.length) return;
	const jobs = payloads.map((data) => ({ data, ...(startAfter && { startAfter }) }));
	await queue().insert(name, jobs, { db: through(tx) });
	if (!startAfter) tx.afterCommit(() => wake(name));
}

/** Whoever does this work in this process, if anybody, looks now. */
function wake(name: string): void {
	const worker = workers.get(name);
	if (worker) boss?.notifyWorker(worker);
}

/** Tells whoever listens, in the transaction that made it true; a domain never calls upstairs. */
export async function announce(tx: Tx, event: string, payload: object): Promise<void> {
	for (const { name } of listeners.get(event) ?? []) await enqueue(tx, name, payload);
}

function queue(): PgBoss {
	boss ??= new PgBoss({
		db: {
			executeSql: (text, values) => asSystem('jobs', async (tx) => ({ rows: await tx.raw(text, values) })),
		},
		schema: 'jobs',
		migrate: false,
		createSchema: false,
	});
	return boss;
}

/** Creates the queues of all declared jobs; repeatable. Needed before `enqueue`. */
export async function openQueues(): Promise<void> {
	const open = queue();
	open.on('error', (error) => console.error('jobs:', error.message));
	await open.start();
	const have = new Set((await open.getQueues()).map(({ name }) => name));
	for (const job of definitions.values()) {
		if (have.has(job.name)) continue;
		await open.createQueue(job.name, {
			retryLimit: job.retries ?? 8,
			retryBackoff: true,
			retryDelay: 2,
			expireInSeconds: 900,
		});
	}
}

/** Starts doing the work in this process. */
export async function startWorkers(): Promise<void> {
	for (const job of definitions.values()) {
		if (job.every) await queue().schedule(job.name, job.every, {}, { tz: 'Europe/Paris' });
		workers.set(job.name, await begin(job));
	}
	lookout ??= lookOut([...definitions.keys()], wake);
}

/** Should the look-out fail, each queue is asked all the same; not all of them in the same second. */
const askedEvery = () => 60 + (workers.size % 60);

/** One at a time; or by batches, one after the other as long as they come back full. The look-out wakes who has work. */
function begin({ name, work, batch = 1 }: JobDefinition): Promise<string> {
	const pollingIntervalSeconds = askedEvery();
	if (batch === 1) {
		return queue().work(name, { pollingIntervalSeconds, batchSize: 1 }, async (jobs: { data: unknown }[]) => {
			for (const { data } of jobs) await work(data);
		});
	}
	const options = { pollingIntervalSeconds, batchSize: batch, burstWhenBatchFull: true } as const;
	return queue().work(
		name,
		{ ...options, perJobResults: true },
		async (jobs: { id: string; data: unknown }[]) => {
			const results: JobResult[] = [];
			for (const { id, data } of jobs) {
				const failure = await work(data).then(
					() => undefined,
					(error: Error) => error,
				);
				results.push({ id, status: failure ? 'failed' : 'completed', output: { message: failure?.message } });
			}
			return results;
		},
	);
}

/** Finishes what is under way, then stops. */
export async function stopWorkers(): Promise<void> {
	await lookout?.stop();
	lookout = undefined;
	workers.clear();
	await boss?.stop({ graceful: true, timeout: 10_000 });
	boss = undefined;
}

/** Does every waiting job now, in this process, until none is left: for tests and commands. Gives how many were done. */
export async function drainJobs(limit = 1000): Promise<number> {
	let done = 0;
	while (done < limit) {
		const due = await dueAmong([...definitions.keys()]);
		if (!due.length) break;
		for (const name of due) {
			for (const { id, data } of await queue().fetch(name, { batchSize: 50 })) {
				await definitions.get(name)!.work(data);
				await queue().complete(name, id);
				done++;
			}
		}
	}
	return done;
}
