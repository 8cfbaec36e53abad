import { type Tx, write } from '#platform/db.ts';
import { conflict } from '#platform/errors.ts';
import { announce } from '#platform/jobs.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { checkShown, note } from './circle.ts';
import { type Before, writeDate } from './dates.ts';
import type { Change } from './input.ts';
import { checkComing, type Plan, planFrom } from './plan.ts';
import { events } from './policy.ts';
import { moveUp } from './seats.ts';
import { splitSeries } from './split.ts';

const before = (tx: Tx, id: string) =>
	tx.one<Before>(sql`select event.id, event.group_id, event.series_id, event.original_start, event.starts_at, event.ends_at,
		event.time_zone, event.place_name, event.address, event.access, event.zone_id, event.online_url, event.capacity, event.guests_allowed,
		event.title, event.text, event.visibility, event.sequence
		from events.event where event.id = ${id}::uuid`);

/**
 * Changes an event, or this date and those that follow. Who answered is told when the hours or the place move.
 * Throws NotFound, Forbidden, Invalid, Conflict when somebody changed it meanwhile.
 */
export const change = (viewer: Viewer, id: string, { scope, sequence, ...said }: Change): Promise<void> =>
	write(viewer, async (tx) => {
		await events.guard(tx, viewer, 'change', id);
		const was = (await before(tx, id))!;
		checkUntouched(was, sequence);
		await checkShown(tx, viewer, {
			visibility: said.visibility,
			groupId: was.group_id,
			was: was.visibility,
		});
		const plan = await planFrom(tx, said);
		checkComing(plan);
		const ids = await (scope === 'following' && was.series_id ? splitSeries : changeOne)(tx, was, plan);
		for (const changed of ids) await moveUp(tx, changed);
		await note(tx, viewer, 'events.change', id);
		const what = changesOf(was, plan);
		if (what.length) await announce(tx, 'events.changed', { eventIds: ids, byId: viewer.id, what });
	});

function checkUntouched({ sequence }: Before, read: number | null): void {
	if (read !== null && read !== sequence) throw conflict('events.changed_meanwhile');
}

/** What of an event changed: only `hours` and `place` are told to who answered. */
export type Changed = 'hours' | 'place' | 'words' | 'seats' | 'audience';

/** What a plan changes of an event, so that whoever hears it knows whether it concerns them. */
function changesOf(was: Before, plan: Plan): Changed[] {
	const changed: Record<Changed, boolean> = {
		hours:
			was.starts_at.getTime() !== plan.startsAt.getTime() ||
			was.ends_at.getTime() !== plan.endsAt.getTime() ||
			was.time_zone !== plan.timeZone,
		place:
			was.place_name !== plan.placeName ||
			was.address !== plan.address ||
			was.zone_id !== plan.zoneId ||
			was.online_url !== plan.onlineUrl,
		words: was.title !== plan.title || was.text !== plan.text || was.access !== plan.access,
		seats: was.capacity !== plan.capacity || was.guests_allowed !== plan.guestsAllowed,
		audience: was.visibility !== plan.visibility,
	};
	return (Object.keys(changed) as Changed[]).filter((what) => changed[what]);
}

async function changeOne(tx: Tx, was: Before, plan: Plan): Promise<string[]> {
	await writeDate(tx, was.id, plan, plan);
	await tx.run(
		sql`update events.event set is_apart = event.series_id is not null where event.id = ${was.id}::uuid`,
	);
	return [was.id];
}

/** Calls an event off, or this date and those that follow; who answered is told why. Throws NotFound, Forbidden. */
export const cancel = (
	viewer: Viewer,
	id: string,
	{ reason, scope }: { reason: string; scope: 'this' | 'following' },
): Promise<void> =>
	write(viewer, async (tx) => {
		await events.guard(tx, viewer, 'cancel', id);
		const was = (await before(tx, id))!;
		const follows = scope === 'following' && was.series_id;
		const rows = follows
			? await tx.many<{
					id: string;
				}>(sql`select event.id from events.event where event.series_id = ${was.series_id}::uuid
				and event.original_start >= ${was.original_start} and event.cancelled_at is null and event.ends_at > now()
				order by event.original_start for update`)
			: [{ id }];
		if (follows)
			await tx.run(sql`update events.series set ended_at = now() where series.id = ${was.series_id}::uuid`);
		const ids = rows.map((row) => row.id);
		await tx.run(sql`update events.event set cancelled_at = now(), cancelled_by = ${viewer.id}::uuid, cancel_reason = ${reason},
			sequence = event.sequence + 1, changed_at = now() where event.id = any (${list(ids, 'uuid')})`);
		await note(tx, viewer, 'events.cancel', id, reason);
		await announce(tx, 'events.cancelled', { eventIds: ids, byId: viewer.id });
	});
