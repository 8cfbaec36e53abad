import { zoned } from '#platform/local-time.ts';

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

/** When who comes is reminded: at six in the evening of the day before, on the clocks of the place (`events.remind`). */
export const reminderOf = (startsAt: Date, timeZone: string): Date =>
	new Date(zoned(startsAt, timeZone).subtract({ days: 1 }).withPlainTime('18:00').epochMilliseconds);

/** How many midnights away it is, on the clocks of the place; below zero once its day is past. */
export const daysUntil = (at: Date, timeZone: string, now = new Date()): number => {
	const day = (when: Date) => zoned(when, timeZone).toPlainDate();
	return day(now).until(day(at), { largestUnit: 'day' }).days;
};
