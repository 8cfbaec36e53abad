import { Temporal } from 'temporal-polyfill';

/** The instant when a clock of this place shows this; an hour that the change of hour skips is the next one. Null: no such day or hour. */
export function instantOf(day: string, time: string, timeZone: string): Date | null {
	try {
		const plain = Temporal.PlainDateTime.from(`${day}T${time}`, { overflow: 'reject' });
		return new Date(plain.toZonedDateTime(timeZone).epochMilliseconds);
	} catch {
		return null;
	}
}

/** What clocks and calendars of a place show at an instant: `2026-12-01` and `19:00`. */
export function clockIn(at: Date, timeZone: string): { day: string; time: string } {
	const there = zoned(at, timeZone);
	return {
		day: there.toPlainDate().toString(),
		time: there.toPlainTime().toString({ smallestUnit: 'minute' }),
	};
}

/** The day after, on the calendar. */
export const dayAfter = (day: string) => Temporal.PlainDate.from(day).add({ days: 1 }).toString();

/** An instant as the calendar and the clock of a place see it. */
export const zoned = (at: Date, timeZone: string) =>
	Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
