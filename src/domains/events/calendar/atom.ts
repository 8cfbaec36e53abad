import type { HouseSettings } from '#platform/house.ts';
import { excerpt } from '#platform/text/markdown.ts';
import type { Words } from '#platform/wording/index.ts';
import type { Entry } from './entries.ts';

// XML takes no other control sign, however it is written.
const clean = (text: string) => text.replace(/(?![\n\t])\p{Cc}/gu, '').toWellFormed();
const escaped = (text: string) => clean(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Public events as an Atom feed (RFC 4287), last changed first: the same text as long as nothing changed. */
export function atomText(house: HouseSettings, words: Words, entries: readonly Entry[]): string {
	const { origin, name } = house;
	const byChange = entries.toSorted((a, b) => b.changed_at.getTime() - a.changed_at.getTime());
	const updated = byChange[0]?.changed_at ?? new Date(0);
	return [
		'<?xml version="1.0" encoding="utf-8"?>',
		`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${words.language}">`,
		`<title>${escaped(words.say('events.calendar_news', { house: name }))}</title>`,
		`<id>${escaped(origin)}/agenda.atom</id>`,
		`<link rel="self" href="${escaped(origin)}/agenda.atom"/>`,
		`<updated>${updated.toISOString()}</updated>`,
		`<author><name>${escaped(name)}</name></author>`,
		...byChange.map((entry) => entryText(origin, words, entry)),
		'</feed>',
	].join('\n');
}

function entryText(origin: string, { say, date }: Words, entry: Entry): string {
	const { id, title, text, place, starts_at, time_zone, cancelled_at, changed_at, created_at, unit } = entry;
	const when = date(starts_at, 'dateTime', { timeZone: time_zone, now: changed_at });
	const summary = [when, place, excerpt(text, 400)].filter(Boolean).join(' · ');
	return [
		'<entry>',
		`<title>${escaped(cancelled_at ? say('events.calendar_off', { title }) : title)}</title>`,
		`<id>urn:uuid:${id}</id>`,
		`<link href="${escaped(origin)}/e/${id}"/>`,
		`<published>${created_at.toISOString()}</published><updated>${changed_at.toISOString()}</updated>`,
		...(unit ? [`<author><name>${escaped(unit)}</name></author>`] : []),
		`<summary>${escaped(summary)}</summary>`,
		'</entry>',
	].join('\n');
}
