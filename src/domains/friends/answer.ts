import * as v from 'valibot';
import { settle } from '#domains/notices/index.ts';
import { type Tx, write } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import { idText } from '#platform/text/typed.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { RequestForm } from './ask.ts';
import { areFriends, hold, join, part } from './link.ts';
import { requests } from './policy.ts';
import { ticketFor } from './restore.ts';

type Which = v.InferOutput<typeof RequestForm>;

/** Accepts a request, one refused before included. A second time changes nothing. Throws NotFound or Forbidden. */
export const accept = (viewer: Viewer, { request }: Which): Promise<string> =>
	write(viewer, async (tx) => {
		const fromId = await holdRequest(tx, viewer, request);
		if (await areFriends(tx, viewer.id!, fromId)) return fromId;
		await requests.guard(tx, viewer, 'answer', request);
		await join(tx, viewer, request, fromId);
		return fromId;
	});

/** Refuses a request; the one who asked is never told. Throws NotFound or Forbidden (it was accepted meanwhile). */
export const refuse = (viewer: Viewer, { request }: Which): Promise<void> =>
	answer(viewer, request, sql`'refused'`);

/** Takes a refusal back: the request waits again. */
export const reconsider = (viewer: Viewer, { request }: Which): Promise<void> =>
	answer(viewer, request, sql`null`);

const answer = (viewer: Viewer, request: string, what: ReturnType<typeof sql>): Promise<void> =>
	write(viewer, async (tx) => {
		const fromId = await holdRequest(tx, viewer, request);
		await requests.guard(tx, viewer, 'answer', request);
		await tx.run(sql`update friends.request set answer = ${what}, answered_at = case when ${what} is null then null else now() end
			where id = ${request}::uuid`);
		await settle(tx, viewer, ['asked'], fromId);
	});

/** Holds the pair of a request that the viewer received; gives who asked. */
async function holdRequest(tx: Tx, viewer: Viewer, requestId: string): Promise<string> {
	const row = await tx.one<{ from_id: string }>(sql`select request.from_id from friends.request
		where request.id = ${requestId}::uuid and request.to_id = ${viewer.id}::uuid and ${requests.see(viewer)}`);
	if (!row) throw notFound();
	await hold(tx, viewer.id!, row.from_id);
	return row.from_id;
}

export const PersonForm = v.object({ person: idText });

/**
 * Ends a friendship, for both. The other person is not told. Gives what takes it back for ten minutes (`restore`).
 * Throws NotFound when there is none.
 */
export const remove = (viewer: Viewer, { person }: v.InferOutput<typeof PersonForm>): Promise<string> =>
	write(viewer, async (tx) => {
		await hold(tx, viewer.id!, person);
		const parted = await part(tx, viewer.id!, person);
		if (!parted) throw notFound();
		return ticketFor(viewer.id!, { person, ...parted });
	});
