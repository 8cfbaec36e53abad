import ical, { ICalEventClass, ICalEventStatus } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import type { HouseSettings } from '#platform/house.ts';
import { plainText } from '#platform/text/markdown.ts';
import type { Words } from '#platform/wording/index.ts';
import type { Entry } from './entries.ts';
import { zoneText } from './zone.ts';

/** Seconds between two readings that we ask of calendars; they do as they like. */
const REFRESH = 4 * 3600;

// An event of a place nobody knows would break the whole calendar: it is told in the hours of Paris.
const known = new Set(Intl.supportedValuesOf('timeZone'));
function zoneOf({ time_zone, starts_at, ends_at }: Entry): string | null {
	const zone = known.has(time_zone) ? time_zone : 'Europe/Paris';
	// In the hour that comes twice, programs do not agree on which one is said: the hour of UTC comes once.
	return [starts_at, ends_at].some((date) => comesTwice(zone, date)) ? null : zone;
}

function comesTwice(zone: string, date: Date): boolean {
	const local = at(date).toZonedDateTimeISO(zone).toPlainDateTime();
	const [first, last] = (['earlier', 'later'] as const).map(
		(disambiguation) => local.toZonedDateTime(zone, { disambiguation }).epochMilliseconds,
	);
	return first !== last;
}

const at = (date: Date) => Temporal.Instant.fromEpochMilliseconds(date.getTime());
/** Nothing but line ends among the signs that no one sees; the writer escapes the rest. */
const plain = (text: string) =>
	text
		.replace(/\r\n?/g, '\n')
		.replace(/[\u2028\u2029]/g, '\n')
		.replace(/(?!\n)\p{Cc}/gu, '')
		.toWellFormed();
/** Without the signs of formatting, line by line. */
const unmarked = (text: string) =>
	plain(text)
		.split('\n')
		.map((one) => plainText(one))
		.join('\n')
		.trim();
const line = (text: string) => plain(text).replace(/\s+/g, ' ').trim();

/** Where the page of an event is: that of the network, or the one anybody opens. */
const pageOf = ({ origin }: HouseSettings, id: string, isPersonal: boolean) =>
	new URL(`/${isPersonal ? 'evenements' : 'e'}/${id}`, origin).href;

function statusOf({ cancelled_at, answer, waiting }: Entry, isPersonal: boolean): ICalEventStatus {
	if (cancelled_at) return ICalEventStatus.CANCELLED;
	return isPersonal && (answer !== 'coming' || waiting)
		? ICalEventStatus.TENTATIVE
		: ICalEventStatus.CONFIRMED;
}

function textOf(entry: Entry, { say }: Words, url: string, isPersonal: boolean): string {
	const { cancelled_at, cancel_reason, answer, waiting, text, online_url, unit } = entry;
	const said = [
		cancelled_at && say('events.calendar_cancelled', { reason: line(cancel_reason) }),
		isPersonal && !cancelled_at && waiting && say('events.calendar_waiting'),
		isPersonal && !cancelled_at && !answer && say('events.calendar_unanswered'),
		unmarked(text),
		online_url && say('events.calendar_online', { url: line(online_url) }),
		unit && say('events.calendar_by', { unit: line(unit) }),
		url,
	];
	return said.filter(Boolean).join('\n\n');
}

interface Shown {
	/** What the calendar is called, by who subscribes. */
	name: string;
	entries: Entry[];
	/** Says what the person answered. */
	isPersonal?: boolean;
}

/** A calendar file (RFC 5545): the same text as long as nothing changed. */
export function calendarText(
	house: HouseSettings,
	words: Words,
	{ name, entries, isPersonal = false }: Shown,
): string {
	const times = entries.flatMap(({ starts_at, ends_at }) => [starts_at.getTime(), ends_at.getTime()]);
	const [since, until] = [new Date(Math.min(...times)), new Date(Math.max(...times))];
	const calendar = ical({
		name: line(name),
		prodId: { company: 'Coopol', product: 'Coopol', language: words.language.toUpperCase() },
		ttl: REFRESH,
		timezone: { name: null, generator: (zone) => zoneText(zone, since, until) },
	});
	const host = new URL(house.origin).hostname;
	for (const entry of entries) {
		const url = pageOf(house, entry.id, isPersonal);
		calendar.createEvent({
			id: `${entry.id}@${host}`,
			sequence: entry.sequence,
			stamp: at(entry.changed_at),
			created: at(entry.created_at),
			lastModified: at(entry.changed_at),
			start: at(entry.starts_at),
			end: at(entry.ends_at),
			timezone: zoneOf(entry),
			summary: line(
				entry.cancelled_at ? words.say('events.calendar_off', { title: entry.title }) : entry.title,
			),
			description: textOf(entry, words, url, isPersonal),
			...placeOf(entry),
			url,
			status: statusOf(entry, isPersonal),
			class: entry.visibility === 'public' ? ICalEventClass.PUBLIC : ICalEventClass.PRIVATE,
		});
	}
	return calendar.toString();
}

function placeOf({ place, latitude, longitude }: Entry) {
	const title = line(place);
	if (!title) return {};
	if (latitude === null || longitude === null) return { location: title };
	return { location: { title, geo: { lat: latitude, lon: longitude } } };
}
