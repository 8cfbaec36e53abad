import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { zoned } from '#platform/local-time.ts';

/** How an event comes back, from its first date. */
export interface Rhythm {
	freq: 'weekly' | 'monthly_day' | 'monthly_weekday';
	/** Every n weeks or months. */
	every: number;
	startsAt: Date;
	timeZone: string;
	/** The last possible day, as calendars of the place show it. */
	until: string | null;
	/** How many dates in all, the first included. */
	times: number | null;
}

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** What of the first date holds for the others. The 31st is the last day of shorter months; a fifth Tuesday is the last one. */
function partsOf({ freq, startsAt, timeZone }: Rhythm) {
	const first = zoned(startsAt, timeZone);
	const weekday = weekdays[first.dayOfWeek - 1]!;
	if (freq === 'weekly') return { byDay: [weekday] };
	if (freq === 'monthly_weekday') {
		const nth = Math.ceil(first.day / 7);
		return { byDay: [`${nth === 5 ? -1 : nth}${weekday}`] };
	}
	if (first.day <= 28) return { byMonthDay: [first.day] };
	return { byMonthDay: [28, 29, 30, 31].filter((day) => day <= first.day), bySetPos: [-1] };
}

const lastOf = ({ until, timeZone }: Rhythm) =>
	until ? { until: Temporal.PlainDate.from(until).toZonedDateTime({ timeZone, plainTime: '23:59:59' }) } : {};

const made = (rhythm: Rhythm) =>
	new RRuleTemporal({
		freq: rhythm.freq === 'weekly' ? 'WEEKLY' : 'MONTHLY',
		interval: rhythm.every,
		...partsOf(rhythm),
		...lastOf(rhythm),
		...(rhythm.times && { count: rhythm.times }),
		dtstart: zoned(rhythm.startsAt, rhythm.timeZone),
		includeDtstart: true,
		cache: false,
	});

/** The rule as calendars exchange it (RFC 5545): `FREQ=WEEKLY;BYDAY=TU`. */
export const ruleOf = (rhythm: Rhythm): string => /RRULE:(.+)/.exec(made(rhythm).toString())![1]!.trim();

/** The dates after one instant, up to another: the same hour on the clocks of the place, whatever the season. */
export const datesOf = (rhythm: Rhythm, after: Date, until: Date): Date[] =>
	made(rhythm)
		.between(zoned(after, rhythm.timeZone), zoned(until, rhythm.timeZone), true)
		.map((date) => new Date(date.epochMilliseconds))
		.filter((date) => date > after && date <= until);
