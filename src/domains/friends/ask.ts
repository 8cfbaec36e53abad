import * as v from 'valibot';
import { type Tx, write } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { idText } from '#platform/text/typed.ts';
import { throttle } from '#platform/throttle.ts';
import type { Viewer } from '#platform/viewer.ts';
import { areFriends, hold, join } from './link.ts';
import { persons, requests } from './policy.ts';

/** Days after which somebody may be asked again: the same for a refusal and for silence, so that neither is told. */
export const restDays = 30;
const noteLongest = 300;

export const AskForm = v.object({
	person: idText,
	note: v.pipe(
		v.optional(v.string(), ''),
		v.transform((text) => text.toWellFormed().trim()),
		v.maxLength(noteLongest, 'friends.note_long'),
	),
});

/** What came of asking. A refusal of before looks like any request that waits. */
export type Asked = 'asked' | 'friends';

/**
 * Asks somebody; when they asked first, the two become friends at once. At most twenty a day.
 * Throws NotFound for who may not be known, Forbidden for oneself, TooMany.
 */
export async function ask(viewer: Viewer, { person, note }: v.InferOutput<typeof AskForm>): Promise<Asked> {
	await throttle({ [`friends.ask:${viewer.id}`]: { burst: 20, perHour: 20 / 24 } });
	return write(viewer, async (tx) => {
		await hold(tx, viewer.id!, person);
		await persons.guard(tx, viewer, 'ask', person);
		if (await areFriends(tx, viewer.id!, person)) return 'friends';
		const theirs = await tx.one<{ id: string }>(sql`select request.id from friends.request
			where request.from_id = ${person}::uuid and request.to_id = ${viewer.id}::uuid
				and request.withdrawn_at is null and request.answer is null for update`);
		if (theirs) {
			await join(tx, viewer, theirs.id, person);
			return 'friends';
		}
		await keepRequest(tx, viewer.id!, person, note);
		return 'asked';
	});
}

/** Writes the request, and tells the other person unless they heard of it within the last thirty days. */
async function keepRequest(tx: Tx, fromId: string, toId: string, note: string): Promise<void> {
	const rests = sql`request.asked_at > now() - make_interval(days => ${restDays}::int) and request.answer is distinct from 'accepted'`;
	const revived = await tx.run(sql`update friends.request set withdrawn_at = null
		where request.from_id = ${fromId}::uuid and request.to_id = ${toId}::uuid and ${rests}`);
	if (revived) return;
	const kept = await tx.one<{ id: string }>(sql`
		insert into friends.request (id, from_id, to_id, note) values (${newId()}, ${fromId}, ${toId}, ${note})
		on conflict (from_id, to_id) do update set note = excluded.note, asked_at = now(), answer = null, answered_at = null, withdrawn_at = null
		returning id`);
	await announce(tx, 'friends.asked', { requestId: kept!.id, fromId, toId });
}

export const RequestForm = v.object({ request: idText });

/** Takes one's own request back, unless it was accepted. Throws NotFound or Forbidden. */
export const withdraw = (viewer: Viewer, { request }: v.InferOutput<typeof RequestForm>): Promise<void> =>
	write(viewer, async (tx) => {
		await requests.guard(tx, viewer, 'withdraw', request);
		await tx.run(sql`update friends.request set withdrawn_at = now() where id = ${request}::uuid`);
	});
