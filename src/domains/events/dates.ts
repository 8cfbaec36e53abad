import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Plan, whatOf } from './plan.ts';

/** What an event was before somebody changed it. */
export interface Before {
	id: string;
	group_id: string | null;
	series_id: string | null;
	original_start: Date | null;
	starts_at: Date;
	ends_at: Date;
	time_zone: string;
	place_name: string;
	address: string;
	access: string;
	zone_id: string | null;
	online_url: string | null;
	capacity: number | null;
	guests_allowed: number;
	title: string;
	text: string;
	visibility: string;
	sequence: number;
}

/** Writes what a plan says to one date, at these hours; its shifts move with it, and it will be reminded of again. */
export async function writeDate(
	tx: Tx,
	id: string,
	plan: Plan,
	{ startsAt, endsAt }: Pick<Plan, 'startsAt' | 'endsAt'>,
): Promise<void> {
	await tx.run(sql`update events.shift set starts_at = shift.starts_at + (${startsAt}::timestamptz - event.starts_at),
			ends_at = shift.ends_at + (${startsAt}::timestamptz - event.starts_at)
		from events.event where event.id = shift.event_id and event.id = ${id}::uuid`);
	await tx.run(sql`update events.event set ${whatOf(plan)}, starts_at = ${startsAt}, ends_at = ${endsAt},
			reminded_at = case when event.starts_at = ${startsAt}::timestamptz then event.reminded_at end,
			sequence = event.sequence + 1, changed_at = now()
		where event.id = ${id}::uuid`);
}
