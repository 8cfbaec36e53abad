import { clockIn, dayAfter, instantOf } from '#platform/local-time.ts';

/** An instant, from a day (`2026-12-31`) and an hour (`18:30`) as the clock of the place says them; null when there is no such day or hour. */
export const instantAt = (day: string, hour: string, timeZone: string): Date | null =>
	/^\d{4}-\d{2}-\d{2}$/.test(day) && /^\d{2}:\d{2}$/.test(hour) ? instantOf(day, hour, timeZone) : null;

/** The day and the hour that fields of a form hold, as the clock of the place says them. */
export function fieldsAt(at: Date, timeZone: string): { day: string; hour: string } {
	const { day, time: hour } = clockIn(at, timeZone);
	return { day, hour };
}

/** Both ends of something that lasts less than a day: an end before its start is of the next day. */
export function spanAt(
	{ day, starts, ends }: { day: string; starts: string; ends: string },
	timeZone: string,
): { startsAt: Date; endsAt: Date } | null {
	const startsAt = instantAt(day, starts, timeZone);
	if (!startsAt || !instantAt(day, ends, timeZone)) return null;
	const last = ends > starts ? day : dayAfter(day);
	const endsAt = instantAt(last, ends, timeZone)!;
	return endsAt > startsAt ? { startsAt, endsAt } : null;
}
