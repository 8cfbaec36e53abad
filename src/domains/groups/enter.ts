import * as v from 'valibot';
import { type Tx, write } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { announce, enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { throttle } from '#platform/throttle.ts';
import type { Viewer } from '#platform/viewer.ts';
import { noteText } from './input.ts';
import { restDays } from './lines.ts';
import { circles } from './policy.ts';
import { rise, sit } from './seat.ts';

export const AskForm = v.object({ note: noteText });

type State = 'asked' | 'refused' | 'invited' | 'member' | 'excluded';

/** The viewer's own line with a group. */
const own = (tx: Tx, viewer: Viewer, id: string) =>
	tx.one<{ state: State; rests: boolean }>(sql`select membership.state,
			membership.at > now() - make_interval(days => ${restDays}::int) as rests from groups.membership
		where membership.circle_id = ${id}::uuid and membership.person_id = ${viewer.id}::uuid`);

/** Enters an open group. A second time changes nothing. Throws NotFound, Forbidden. */
export const join = (viewer: Viewer, id: string): Promise<void> =>
	write(viewer, async (tx) => {
		// Held first: of two presses at once, the second reads what the first left.
		await circles.guard(tx, viewer, 'see', id);
		if ((await own(tx, viewer, id))?.state === 'member') return;
		await circles.guard(tx, viewer, 'join', id);
		await sit(tx, { circleId: id, personId: viewer.id! }, null);
	});

/** What came of asking: somebody who was invited is in at once. */
export type Asked = 'asked' | 'member';

/** Asks to enter a closed group; who answers for it decides. Asked again within thirty days, nobody is told twice. Throws NotFound, Forbidden, TooMany. */
export async function ask(
	viewer: Viewer,
	id: string,
	{ note }: v.InferOutput<typeof AskForm>,
): Promise<Asked> {
	await throttle({ [`groups.ask:${viewer.id}`]: { burst: 20, perHour: 20 / 24 } });
	return write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'ask', id);
		const before = await own(tx, viewer, id);
		if (before?.state === 'invited') {
			await sit(tx, { circleId: id, personId: viewer.id! }, null);
			return 'member';
		}
		if (before?.state === 'asked' || (before?.state === 'refused' && before.rests)) return 'asked';
		await tx.run(sql`insert into groups.membership (circle_id, person_id, state, note) values (${id}, ${viewer.id}, 'asked', ${note})
			on conflict (circle_id, person_id) do update set state = 'asked', note = excluded.note, by_id = null, at = now()`);
		await announce(tx, 'groups.asked', { groupId: id, personId: viewer.id });
		return 'asked';
	});
}

/** Takes one's own request back. A refusal nobody told of stays, so that it is not learnt so. Throws NotFound. */
export const withdraw = (viewer: Viewer, id: string): Promise<void> =>
	write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'see', id);
		const before = await own(tx, viewer, id);
		if (before?.state !== 'asked' && before?.state !== 'refused') throw notFound();
		if (before.state === 'asked') await forget(tx, id, viewer.id!);
	});

const forget = (tx: Tx, circleId: string, personId: string) =>
	tx.run(
		sql`delete from groups.membership where membership.circle_id = ${circleId}::uuid and membership.person_id = ${personId}::uuid`,
	);

/** Says yes to an invitation. A second time changes nothing. Throws NotFound when there is none. */
export const accept = (viewer: Viewer, id: string): Promise<void> =>
	write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'see', id);
		const before = await own(tx, viewer, id);
		if (before?.state === 'member') return;
		if (before?.state !== 'invited') throw notFound();
		await sit(tx, { circleId: id, personId: viewer.id! }, null);
	});

/** Says no to an invitation; who invited is not told. Throws NotFound when there is none. */
export const decline = (viewer: Viewer, id: string): Promise<void> =>
	write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'see', id);
		if ((await own(tx, viewer, id))?.state !== 'invited') throw notFound();
		await forget(tx, id, viewer.id!);
	});

/** Leaves a group. Its owner is followed by the successor, or by the oldest member; the last one to go closes the door. Throws NotFound. */
export const leave = (viewer: Viewer, id: string): Promise<void> =>
	write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'see', id);
		if (!(await rise(tx, { circleId: id, personId: viewer.id! }))) throw notFound();
		const led = await tx.run(sql`update groups.circle set owner_id = null
			where circle.id = ${id}::uuid and circle.owner_id = ${viewer.id}::uuid`);
		// Last: a secret group is not there any more for who is not of it.
		await forget(tx, id, viewer.id!);
		if (led) await enqueue(tx, 'groups.succeed', { groupId: id });
	});
