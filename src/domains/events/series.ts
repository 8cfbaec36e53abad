import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { Creation } from './input.ts';
import { datesOf, type Rhythm, ruleOf } from './recurrence.ts';
import { moved, shiftBetween } from './time.ts';

const day = 86_400_000;
/** Dates are rows this far ahead. */
export const aheadMs = 120 * day;

interface SeriesRow extends Rhythm {
	id: string;
	laid_until: Date;
}
const columns = sql`series.id, series.freq, series.every, series.starts_at as "startsAt", series.time_zone as "timeZone",
	to_char(series.until, 'YYYY-MM-DD') as until, series.times, series.laid_until`;

/** How a series comes back. */
export const rhythmOf = async (tx: Tx, seriesId: string): Promise<Rhythm> =>
	(await tx.one<SeriesRow>(sql`select ${columns} from events.series where series.id = ${seriesId}::uuid`))!;

/** Makes the event that was just written the first of a series, and lays the next dates. */
export async function startSeries(
	tx: Tx,
	eventId: string,
	{ repeat, every, until, times }: Creation,
): Promise<void> {
	const { starts_at, time_zone } = (await tx.one<{ starts_at: Date; time_zone: string }>(
		sql`select event.starts_at, event.time_zone from events.event where event.id = ${eventId}::uuid`,
	))!;
	const rhythm = {
		freq: repeat as Rhythm['freq'],
		every: every ?? 1,
		startsAt: starts_at,
		timeZone: time_zone,
		until: until || null,
		times,
	};
	const id = await insertSeries(tx, rhythm);
	await tx.run(
		sql`update events.event set series_id = ${id}, original_start = event.starts_at where event.id = ${eventId}::uuid`,
	);
	await lay(tx, id, new Date(Math.max(Date.now(), starts_at.getTime()) + aheadMs));
}

/** Writes a series whose first date is laid. */
export async function insertSeries(tx: Tx, rhythm: Rhythm): Promise<string> {
	const id = newId();
	await tx.run(sql`insert into events.series (id, freq, every, starts_at, time_zone, until, times, rule, laid_until)
		values (${id}, ${rhythm.freq}, ${rhythm.every}, ${rhythm.startsAt}, ${rhythm.timeZone}, ${rhythm.until}::date, ${rhythm.times}::int,
			${ruleOf(rhythm)}, ${rhythm.startsAt})`);
	return id;
}

/** Writes the dates of a series that are missing up to an instant, each as the last one was. Repeatable. Gives how many. */
export async function lay(tx: Tx, seriesId: string, until: Date): Promise<number> {
	const series = await tx.one<SeriesRow>(
		sql`select ${columns} from events.series where series.id = ${seriesId}::uuid and series.ended_at is null for update`,
	);
	if (!series || series.laid_until >= until) return 0;
	const model = await tx.one<{ id: string; starts_at: Date; ends_at: Date }>(sql`
		select event.id, event.original_start as starts_at, event.original_start + (event.ends_at - event.starts_at) as ends_at
		from events.event where event.series_id = ${seriesId}::uuid
		order by (event.cancelled_at is null and not event.is_apart) desc, event.original_start desc limit 1`);
	const dates = datesOf(series, series.laid_until, until);
	for (const startsAt of model ? dates : []) await copy(tx, model!, startsAt, series.timeZone, seriesId);
	await tx.run(sql`update events.series set laid_until = ${until} where series.id = ${seriesId}::uuid`);
	return dates.length;
}

async function copy(
	tx: Tx,
	model: { id: string; starts_at: Date; ends_at: Date },
	startsAt: Date,
	timeZone: string,
	seriesId: string,
): Promise<void> {
	const id = newId();
	const shift = shiftBetween(model.starts_at, startsAt, timeZone);
	const made =
		await tx.run(sql`insert into events.event (id, unit_id, group_id, by_id, title, text, place_name, address, access, cover_id, cover_description, zone_id, latitude,
			longitude, online_url, starts_at, ends_at, time_zone, visibility, capacity, guests_allowed, folded, series_id, original_start)
		select ${id}, event.unit_id, event.group_id, event.by_id, event.title, event.text, event.place_name, event.address, event.access, event.cover_id, event.cover_description, event.zone_id, event.latitude,
			event.longitude, event.online_url, ${startsAt}::timestamptz, ${moved(model.ends_at, shift, timeZone)}::timestamptz,
			event.time_zone, event.visibility, event.capacity, event.guests_allowed, event.folded, ${seriesId}::uuid, ${startsAt}::timestamptz
		from events.event where event.id = ${model.id}::uuid
		on conflict (series_id, original_start) where series_id is not null do nothing`);
	if (!made) return;
	await tx.run(sql`insert into events.co_unit (id, event_id, unit_id, asked_by, answered_by, answered_at, accepted)
		select gen_random_uuid(), ${id}, co_unit.unit_id, co_unit.asked_by, co_unit.answered_by, co_unit.answered_at, true
		from events.co_unit where co_unit.event_id = ${model.id}::uuid and co_unit.accepted`);
	await tx.run(sql`insert into events.invitation (id, event_id, unit_id, group_id, person_id, by_id, told_at)
		select gen_random_uuid(), ${id}, invitation.unit_id, invitation.group_id, invitation.person_id, invitation.by_id, now()
		from events.invitation where invitation.event_id = ${model.id}::uuid`);
	await copyShifts(tx, model.id, id, startsAt.getTime() - model.starts_at.getTime());
}

const copyShifts = (tx: Tx, fromId: string, toId: string, byMs: number) =>
	tx.run(sql`insert into events.shift (id, event_id, position, name, starts_at, ends_at, needed)
		select gen_random_uuid(), ${toId}, shift.position, shift.name, shift.starts_at + make_interval(secs => ${byMs / 1000}::float),
			shift.ends_at + make_interval(secs => ${byMs / 1000}::float), shift.needed
		from events.shift where shift.event_id = ${fromId}::uuid`);
