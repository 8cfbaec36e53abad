import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Before, writeDate } from './dates.ts';
import type { Plan } from './plan.ts';
import { datesOf, type Rhythm } from './recurrence.ts';
import { aheadMs, insertSeries, rhythmOf } from './series.ts';

interface Row {
	id: string;
	/** Cancelled, over, or changed on its own: it stays as it is. */
	stays: boolean;
}

/**
 * Gives a date and those that follow a rule of their own, with new hours and words; what was answered to each stays with it.
 * Dates that were changed on their own or cancelled stay as they are. Gives the ids of those that changed.
 */
export async function splitSeries(tx: Tx, was: Before, plan: Plan): Promise<string[]> {
	const seriesId = was.series_id!;
	const old = await rhythmOf(tx, seriesId);
	const rows = await tx.many<Row>(sql`select event.id, (event.id <> ${was.id}::uuid
			and (event.cancelled_at is not null or event.is_apart or event.ends_at <= now())) as stays
		from events.event where event.series_id = ${seriesId}::uuid and event.original_start >= ${was.original_start}
		order by event.original_start for update`);
	const earlier = (await tx.one<{ n: number }>(sql`select count(*)::int as n from events.event
		where event.series_id = ${seriesId}::uuid and event.original_start < ${was.original_start}`))!.n;
	const rhythm: Rhythm = {
		...old,
		startsAt: plan.startsAt,
		timeZone: plan.timeZone,
		times: old.times && Math.max(1, old.times - earlier),
	};
	const id = await insertSeries(tx, rhythm);
	const changed = await moveAll(tx, rows, { id, rhythm, plan });
	await tx.run(sql`update events.series set laid_until = (select max(event.original_start) from events.event
		where event.series_id = ${id}::uuid) where series.id = ${id}::uuid`);
	await tx.run(sql`update events.series set ended_at = now() where series.id = ${seriesId}::uuid`);
	return changed;
}

async function moveAll(
	tx: Tx,
	rows: readonly Row[],
	{ id, rhythm, plan }: { id: string; rhythm: Rhythm; plan: Plan },
): Promise<string[]> {
	const far = new Date(rhythm.startsAt.getTime() + 10 * aheadMs);
	const dates = [rhythm.startsAt, ...datesOf(rhythm, rhythm.startsAt, far)];
	const lasts = plan.endsAt.getTime() - plan.startsAt.getTime();
	const changed: string[] = [];
	for (const [n, row] of rows.entries()) {
		const startsAt = dates[n];
		// More dates were laid than the new rule has: they stay where they were.
		if (!startsAt) break;
		if (!row.stays) {
			await writeDate(tx, row.id, plan, { startsAt, endsAt: new Date(startsAt.getTime() + lasts) });
			changed.push(row.id);
		}
		await tx.run(sql`update events.event set series_id = ${id}::uuid, original_start = ${startsAt},
			is_apart = event.is_apart and ${row.stays} where event.id = ${row.id}::uuid`);
	}
	return changed;
}
