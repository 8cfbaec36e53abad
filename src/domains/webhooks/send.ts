import { asSystem, type Tx } from '#platform/db.ts';
import { house } from '#platform/house.ts';
import { enqueue } from '#platform/jobs.ts';
import { OutgoingProblem } from '#platform/outgoing/problem.ts';
import { unseal } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import { testKind } from './kinds.ts';
import { messageId } from './message.ts';
import { outside } from './outside.ts';
import { nextWait, retryAfterOf } from './schedule.ts';
import { signedHeaders } from './sign.ts';
import { noteFailure } from './stop.ts';

interface Claimed {
	id: string;
	hook_id: string;
	kind: string;
	body: string;
	tries: number;
	step: number;
	address: string;
	secret: string;
	old_secret: string | null;
	seconds: number;
}

/** How a try ended. `problem`: what kept an answer from coming. */
interface Result {
	status: number | null;
	problem: string | null;
	ms: number;
	retryAfter: number;
}

/** Takes a message that is due, for two minutes: two processes never send the same try. What is paused waits. */
const claim = (id: string) =>
	asSystem('webhooks', (tx) =>
		tx.one<Claimed>(sql`
			update webhooks.delivery set tries = delivery.tries + 1, step = delivery.step + 1, tried_at = now(),
				next_at = now() + interval '2 minutes', status = null, problem = null, ms = null
			from webhooks.hook where hook.id = delivery.hook_id and delivery.id = ${id}::uuid and delivery.state = 'waiting'
				and delivery.next_at <= now() + interval '2 seconds' and hook.deleted_at is null
				and (delivery.kind = ${testKind} or (hook.paused_at is null and hook.stopped_at is null))
			returning delivery.id, delivery.hook_id, delivery.kind, delivery.body, delivery.tries, delivery.step, hook.address,
				hook.secret, case when hook.old_until > now() then hook.old_secret end as old_secret,
				extract(epoch from now())::int as seconds`),
	);

async function post(one: Claimed): Promise<Result> {
	const began = performance.now();
	const ended = (rest: Omit<Result, 'ms'>) => ({ ...rest, ms: Math.round(performance.now() - began) });
	const sealed = [one.secret, one.old_secret].filter((secret) => secret !== null);
	const headers = signedHeaders(
		sealed.map((secret) => unseal('webhook', secret)),
		{ id: messageId(one.id), timestamp: one.seconds, body: one.body },
	);
	try {
		const { status, headers: answered } = await outside.request(one.address, {
			method: 'POST',
			headers,
			body: one.body,
		});
		return ended({ status, problem: null, retryAfter: retryAfterOf(answered['retry-after']) });
	} catch (error) {
		if (!(error instanceof OutgoingProblem)) throw error;
		return ended({ status: null, problem: error.code, retryAfter: 0 });
	}
}

const isTaken = ({ status }: Result) => status !== null && status >= 200 && status < 300;

/** Only real messages are tried again, and tell how an address does. */
const counts = (one: Claimed, { problem }: Result) => one.kind !== testKind && problem !== 'demo';

/** What becomes of a message after this try, and in how many seconds the next one comes. */
function outcomeOf(one: Claimed, result: Result, goesOn: boolean): { state: string; wait: number | null } {
	if (isTaken(result)) return { state: 'sent', wait: null };
	const wait = goesOn && counts(one, result) ? nextWait(one.step, result.retryAfter) : null;
	return { state: wait === null ? 'failed' : 'waiting', wait };
}

/** Writes how a try ended, and has the next one done if there is one. */
const settle = (one: Claimed, result: Result) =>
	asSystem('webhooks', async (tx) => {
		// The address before its messages, in every transaction: what switches it off touches them all.
		const hook = await tx.one<{
			stopped: boolean;
		}>(sql`select hook.stopped_at is not null as stopped from webhooks.hook
			where hook.id = ${one.hook_id}::uuid for no key update`);
		const { state, wait } = outcomeOf(one, result, !hook?.stopped);
		const kept = await tx.one<{ next_at: Date }>(sql`
			update webhooks.delivery set state = ${state}, status = ${result.status}::int, problem = ${result.problem}::text,
				ms = ${result.ms}::int, next_at = now() + make_interval(secs => ${wait ?? 0}::int)
			where delivery.id = ${one.id}::uuid and delivery.tries = ${one.tries}::int returning next_at`);
		if (!kept) return;
		if (wait !== null) await enqueue(tx, 'webhooks.send', { id: one.id }, { startAfter: kept.next_at });
		if (counts(one, result)) await noteOutcome(tx, one.hook_id, result);
	});

const noteOutcome = (tx: Tx, hookId: string, result: Result) =>
	isTaken(result)
		? tx.run(
				sql`update webhooks.hook set failing_since = null where id = ${hookId}::uuid and failing_since is not null`,
			)
		: noteFailure(tx, hookId, result.status === 410);

/** Nothing leaves a demonstration. */
const heldBack: Result = { status: null, problem: 'demo', ms: 0, retryAfter: 0 };

/** Sends a message that is due, once; the rest is in its row. Said again meanwhile, it does nothing. */
export async function send({ id }: { id: string }): Promise<void> {
	const one = await claim(id);
	if (!one) return;
	const { demo } = await house();
	await settle(one, demo ? heldBack : await post(one));
}
