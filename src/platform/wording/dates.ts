import type { Language } from './house.ts';
import { kept } from './kept.ts';
import { frenchTypography } from './typography.ts';

export type DateStyle = 'long' | 'day' | 'short' | 'time' | 'dateTime' | 'ago' | 'month' | 'weekday';
/** The place the hours are told in (IANA name) and the instant that counts as the present. */
export type Moment = { timeZone?: string; now?: Date };

type Clock = { year: number; month: number; day: number; hour: number; minute: number };
type Sight = { language: Language; timeZone: string; now: Date };

const minute = 60_000;
const hour = 60 * minute;
const locales = { fr: 'fr-FR', en: 'en-GB' };
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(
	locale: string,
	timeZone: string,
	options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
	const key = `${locale} ${timeZone} ${JSON.stringify(options)}`;
	const known = formats.get(key);
	if (known) return known;
	const format = new Intl.DateTimeFormat(locale, { ...options, timeZone });
	formats.set(key, format);
	return format;
}

const numeric: Intl.DateTimeFormatOptions = {
	year: 'numeric',
	month: 'numeric',
	day: 'numeric',
	hour: 'numeric',
	minute: 'numeric',
	hourCycle: 'h23',
};

// A page asks for the same minutes many times: the present one above all.
const clockOf = kept(5000, (minutes: number, timeZone: string): Clock => {
	const parts = formatOf('en-GB', timeZone, numeric).formatToParts(new Date(minutes * minute));
	const part = (type: string) => Number(parts.find((p) => p.type === type)?.value);
	const [year, month, day] = [part('year'), part('month'), part('day')];
	return { year, month, day, hour: part('hour'), minute: part('minute') };
});

const clockAt = (date: Date, timeZone: string): Clock =>
	clockOf(Math.floor(date.getTime() / minute), timeZone);

/** Whole days from one date of the calendar to another, as the place sees them. */
function daysBetween(from: Clock, to: Clock): number {
	return (
		(Date.UTC(to.year, to.month - 1, to.day) - Date.UTC(from.year, from.month - 1, from.day)) / (24 * hour)
	);
}

function written(date: Date, sight: Sight, options: Intl.DateTimeFormatOptions): string {
	const text = formatOf(locales[sight.language], sight.timeZone, options).format(date);
	if (sight.language === 'fr') return text.replace(/(?<!\d)1 (?=\p{L})/u, '1er ');
	return text.replace(/^(\p{L}+),/u, '$1');
}

function calendar(date: Date, sight: Sight, options: Intl.DateTimeFormatOptions): string {
	const thisYear = clockAt(date, sight.timeZone).year === clockAt(sight.now, sight.timeZone).year;
	return written(date, sight, { day: 'numeric', ...options, ...(thisYear ? {} : { year: 'numeric' }) });
}

const typesetTime = kept(1440, frenchTypography);

function time(date: Date, { language, timeZone }: Sight): string {
	const clock = clockAt(date, timeZone);
	const minutes = clock.minute === 0 ? '' : String(clock.minute).padStart(2, '0');
	if (language === 'fr') return typesetTime(`${clock.hour} h ${minutes}`.trim());
	const half = clock.hour < 12 ? 'am' : 'pm';
	return `${clock.hour % 12 || 12}${minutes && `:${minutes}`} ${half}`;
}

const words = {
	fr: {
		at: 'à',
		justNow: 'à l’instant',
		soon: 'dans un instant',
		yesterday: 'hier',
		today: 'aujourd’hui',
		tomorrow: 'demain',
		past: (n: number, unit: 'min' | 'h') => `il y a ${n}\u00a0${unit}`,
		future: (n: number) => `dans ${n}\u00a0min`,
		parts: ['cette nuit', 'ce matin', 'cet après-midi', 'ce soir'],
	},
	en: {
		at: 'at',
		justNow: 'just now',
		soon: 'in a moment',
		yesterday: 'yesterday',
		today: 'today',
		tomorrow: 'tomorrow',
		past: (n: number, unit: 'min' | 'h') => `${n} ${unit === 'h' ? (n === 1 ? 'hour' : 'hours') : 'min'} ago`,
		future: (n: number) => `in ${n} min`,
		parts: ['last night', 'this morning', 'this afternoon', 'this evening'],
	},
};

function partOfDay(clock: Clock): number {
	return clock.hour < 5 ? 0 : clock.hour < 12 ? 1 : clock.hour < 18 ? 2 : 3;
}

/** How people say when it was: "il y a 3 h", "ce matin", "hier à 18 h", "mardi à 18 h", then the day. */
function past(date: Date, sight: Sight): string {
	const say = words[sight.language];
	const elapsed = sight.now.getTime() - date.getTime();
	if (elapsed < minute) return say.justNow;
	if (elapsed < hour) return say.past(Math.floor(elapsed / minute), 'min');
	if (elapsed < 6 * hour) return say.past(Math.floor(elapsed / hour), 'h');
	const clock = clockAt(date, sight.timeZone);
	const days = daysBetween(clock, clockAt(sight.now, sight.timeZone));
	if (days === 0) return say.parts[partOfDay(clock)] ?? say.today;
	if (days === 1) return `${say.yesterday} ${say.at} ${time(date, sight)}`;
	if (days < 7) return `${written(date, sight, { weekday: 'long' })} ${say.at} ${time(date, sight)}`;
	return calendar(date, sight, { month: 'long' });
}

function future(date: Date, sight: Sight): string {
	const say = words[sight.language];
	const left = date.getTime() - sight.now.getTime();
	if (left < minute) return say.soon;
	if (left < hour) return say.future(Math.floor(left / minute));
	const days = daysBetween(clockAt(sight.now, sight.timeZone), clockAt(date, sight.timeZone));
	if (days === 0) return `${say.today} ${say.at} ${time(date, sight)}`;
	if (days === 1) return `${say.tomorrow} ${say.at} ${time(date, sight)}`;
	return dateTime(date, sight);
}

function dateTime(date: Date, sight: Sight): string {
	const day = calendar(date, sight, { weekday: 'long', month: 'long' });
	return `${day} ${words[sight.language].at} ${time(date, sight)}`;
}

/** A date as a person would say it. The year appears when it is not the present one; an invalid date gives ''. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: cases of the language stand side by side, read as a table
export function formatDate(date: Date, style: DateStyle, language: Language, moment: Moment = {}): string {
	if (Number.isNaN(date.getTime())) return '';
	const sight = { language, timeZone: moment.timeZone ?? 'Europe/Paris', now: moment.now ?? new Date() };
	if (style === 'time') return time(date, sight);
	if (style === 'dateTime') return dateTime(date, sight);
	if (style === 'ago') return date > sight.now ? future(date, sight) : past(date, sight);
	if (style === 'month') return written(date, sight, { month: 'long', year: 'numeric' });
	if (style === 'weekday') return written(date, sight, { weekday: 'short' });
	if (style === 'day') return calendar(date, sight, { month: 'long' });
	if (style === 'short') return calendar(date, sight, { month: 'short' });
	return calendar(date, sight, { weekday: 'long', month: 'long' });
}

/** The calendar day (`2026-12-31`) that it is in a place at this instant. */
export function dayAt(date: Date, timeZone = 'Europe/Paris'): string {
	const { year, month, day } = clockAt(date, timeZone);
	return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

/** How far the clock of a place is ahead of UTC at this instant. */
function aheadAt(date: Date, timeZone: string): number {
	const clock = clockAt(date, timeZone);
	const shown = Date.UTC(clock.year, clock.month - 1, clock.day, clock.hour, clock.minute);
	return shown - Math.floor(date.getTime() / minute) * minute;
}

/** The last second of a calendar day (`2026-12-31`) in a place; null when the calendar has no such day. */
export function lastSecond(day: string, timeZone = 'Europe/Paris'): Date | null {
	const there = new Date(`${day}T23:59:59Z`);
	if (Number.isNaN(there.getTime()) || there.toISOString().slice(0, 10) !== day) return null;
	// The hour may change that night, before or after: of what the clock before and the clock after give, the last that is that day.
	const ends = [-24, 24].map((hours) => {
		const near = new Date(there.getTime() + hours * hour);
		return new Date(there.getTime() - aheadAt(near, timeZone));
	});
	const last = ends.toSorted((a, b) => a.getTime() - b.getTime());
	return last.findLast((end) => dayAt(end, timeZone) === day) ?? last[0]!;
}
