import { Temporal } from 'temporal-polyfill';

/** An instant, from a day (`2026-12-31`) and an hour (`18:30`) as the clock of the place says them; null when there is no such day or hour. */
export function instantAt(day: string, hour: string, timeZone: string): Date | null {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !/^\d{2}:\d{2}$/.test(hour)) return null;
	try {
		const there = Temporal.PlainDateTime.from(`${day}T${hour}`, { overflow: 'reject' });
		return new Date(there.toZonedDateTime(timeZone).epochMilliseconds);
	} catch {
		return null;
	}
}

/** The day and the hour that fields of a form hold, as the clock of the place says them. */
export function fieldsAt(at: Date, timeZone: string): { day: string; hour: string } {
	const there = Temporal.Instant.fromEpochMilliseconds(at.getTime())
		.toZonedDateTimeISO(timeZone)
		.toPlainDateTime();
	return {
		day: there.toPlainDate().toString(),
		hour: there.toPlainTime().toString({ smallestUnit: 'minute' }),
	};
}

/** Both ends of something that lasts less than a day: an end before its start is of the next day. */
export function spanAt(
	{ day, starts, ends }: { day: string; starts: string; ends: string },
	timeZone: string,
): { startsAt: Date; endsAt: Date } | null {
	const startsAt = instantAt(day, starts, timeZone);
	if (!startsAt || !instantAt(day, ends, timeZone)) return null;
	const last = ends > starts ? day : Temporal.PlainDate.from(day).add({ days: 1 }).toString();
	const endsAt = instantAt(last, ends, timeZone)!;
	return endsAt > startsAt ? { startsAt, endsAt } : null;
}
