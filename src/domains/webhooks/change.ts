import * as v from 'valibot';
import { isFresh } from '#platform/access.ts';
import { record } from '#platform/audit.ts';
import { type Tx, write, writeSecret } from '#platform/db.ts';
import { conflict, secondFactorFirst } from '#platform/errors.ts';
import { enqueue } from '#platform/jobs.ts';
import { seal } from '#platform/seal.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type EditForm, hooksAtMost } from './create.ts';
import { testKind } from './kinds.ts';
import { bodyOf, put, timeOf } from './message.ts';
import { deliveries, hooks } from './policy.ts';
import { newHookSecret } from './sign.ts';

/** Hours during which a renewed secret still signs, beside the new one. */
export const oldSecretHours = 24;

const noted = (tx: Tx, viewer: Viewer, act: string, id: string, detail: Record<string, string> = {}) =>
	record(tx, { actorId: viewer.id, act: `webhooks.${act}`, subject: 'webhook', subjectId: id, detail });

const set = (tx: Tx, id: string, columns: Sql) =>
	tx.run(sql`update webhooks.hook set ${columns} where hook.id = ${id}::uuid`);

/** One change of an address, written in the journal. */
const change = (viewer: Viewer, id: string, act: string, columns: Sql): Promise<void> =>
	write(viewer, async (tx) => {
		await hooks.guard(tx, viewer, 'see', id);
		await set(tx, id, columns);
		await noted(tx, viewer, act, id);
	});

/** Names it otherwise, asks for other kinds. The address itself does not change: one adds another. Throws NotFound. */
export const edit = (viewer: Viewer, id: string, { name, kinds }: v.InferOutput<typeof EditForm>) =>
	change(viewer, id, 'edit', sql`name = ${name}, kinds = ${list([...new Set(kinds)], 'text')}`);

/** Nothing leaves until it is taken up again; what is waiting waits. Throws NotFound. */
export const pause = (viewer: Viewer, id: string) =>
	change(viewer, id, 'pause', sql`paused_at = coalesce(hook.paused_at, now())`);

/** Sends again, also to an address that the house had given up. Throws NotFound. */
export const resume = (viewer: Viewer, id: string) =>
	change(viewer, id, 'resume', sql`paused_at = null, stopped_at = null, failing_since = null`);

/** Removes it; for a day it can be taken back. Throws NotFound. */
export const remove = (viewer: Viewer, id: string) => change(viewer, id, 'remove', sql`deleted_at = now()`);

/** Which address, or which message. */
export const ThingForm = v.object({ id: v.pipe(v.string(), v.uuid('app.invalid_value')) });

/** Takes back a removal. Throws NotFound once a day has passed, Conflict when others took its place. */
export const restore = (viewer: Viewer, { id }: { id: string }): Promise<void> =>
	write(viewer, async (tx) => {
		await hooks.guard(tx, viewer, 'restore', id);
		await tx.run(sql`select pg_advisory_xact_lock(hashtext('webhooks.create'))`);
		const room = await tx.one(sql`select 1 as room from (select count(*) as n from webhooks.hook
			where hook.deleted_at is null and hook.id <> ${id}::uuid) as others where n < ${hooksAtMost}::int`);
		if (!room) throw conflict('webhooks.too_many', { n: hooksAtMost });
		await set(tx, id, sql`deleted_at = null`);
		await noted(tx, viewer, 'restore', id);
	});

/**
 * Another secret, shown once. The one before still signs for a day, beside it. Throws NotFound, SecondFactor, and Conflict
 * while the last renewal is younger than that day: the receiver would be left without any secret it knows.
 */
export async function renew(viewer: Viewer, id: string): Promise<{ secret: string }> {
	return writeSecret(viewer, async (tx) => {
		await hooks.guard(tx, viewer, 'see', id);
		if (!isFresh(viewer)) throw secondFactorFirst();
		const secret = newHookSecret();
		const renewed =
			await tx.run(sql`update webhooks.hook set old_secret = hook.secret, secret = ${seal('webhook', secret)},
			old_until = now() + make_interval(hours => ${oldSecretHours}::int)
			where hook.id = ${id}::uuid and (hook.old_until is null or hook.old_until <= now())`);
		if (!renewed) throw conflict('webhooks.renewed_already');
		await noted(tx, viewer, 'renew', id);
		return { secret };
	});
}

/** Sends a message that says nothing, to see whether it arrives. Also to a paused address. Throws NotFound. */
export const test = (viewer: Viewer, id: string): Promise<string> =>
	write(viewer, async (tx) => {
		await hooks.guard(tx, viewer, 'see', id);
		await noted(tx, viewer, 'test', id);
		return put(tx, { hookId: id, kind: testKind, body: bodyOf(testKind, await timeOf(tx), {}) });
	});

/** Sends the same message again, under the same identifier. Throws NotFound, Conflict while it is on its way or its address sleeps. */
export const replay = (viewer: Viewer, id: string): Promise<void> =>
	write(viewer, async (tx) => {
		await deliveries.guard(tx, viewer, 'see', id);
		const again = await tx.one<{ hook_id: string; kind: string }>(sql`
			select delivery.hook_id, delivery.kind from webhooks.delivery
			join webhooks.hook on hook.id = delivery.hook_id
			where delivery.id = ${id}::uuid and delivery.state <> 'waiting'
				and (delivery.kind = ${testKind} or (hook.paused_at is null and hook.stopped_at is null))`);
		if (!again) throw conflict('webhooks.replay_not_now');
		await tx.run(
			sql`update webhooks.delivery set state = 'waiting', step = 0, next_at = now() where delivery.id = ${id}::uuid`,
		);
		await enqueue(tx, 'webhooks.send', { id });
		await noted(tx, viewer, 'replay', again.hook_id, { kind: again.kind });
	});
