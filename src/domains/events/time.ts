import { Temporal } from 'temporal-polyfill';

export { timeZones } from './zone-names.ts';

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

/** How far one clock face is from another, days and hours apart: what moves all the dates of a series alike. */
export interface Shift {
	days: number;
	minutes: number;
}

/** From one instant to another as clocks of this place show them. */
export function shiftBetween(from: Date, to: Date, timeZone: string): Shift {
	const [one, other] = [zoned(from, timeZone).toPlainDateTime(), zoned(to, timeZone).toPlainDateTime()];
	const days = one.toPlainDate().until(other.toPlainDate(), { largestUnit: 'day' }).days;
	const minutes = one.toPlainTime().until(other.toPlainTime()).total('minute');
	return { days, minutes };
}

/** The same clock face moved: 19:00 stays 19:00 across a change of hour. */
export function moved(at: Date, { days, minutes }: Shift, timeZone: string): Date {
	const plain = zoned(at, timeZone).toPlainDateTime().add({ days }).add({ minutes });
	return new Date(plain.toZonedDateTime(timeZone).epochMilliseconds);
}
