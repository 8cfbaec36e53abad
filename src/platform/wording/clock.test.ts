import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DateStyle, dayAt, formatDate, lastSecond } from './dates.ts';
import { formatNumber } from './numbers.ts';

/** Where people of a French organisation live: the mainland, and every hour overseas. */
const french = [
	'Europe/Paris',
	'America/Guadeloupe',
	'America/Martinique',
	'America/Cayenne',
	'America/Miquelon',
	'Indian/Reunion',
	'Indian/Mayotte',
	'Indian/Kerguelen',
	'Pacific/Noumea',
	'Pacific/Wallis',
	'Pacific/Tahiti',
	'Pacific/Marquesas',
	'Pacific/Gambier',
];
/** Elsewhere: half hours, quarters, hours that change far from Greenwich or at midnight, a day that did not exist. */
const elsewhere = [
	'UTC',
	'Asia/Kolkata',
	'Asia/Kathmandu',
	'Pacific/Auckland',
	'Pacific/Chatham',
	'Australia/Lord_Howe',
	'Africa/Cairo',
	'Asia/Beirut',
	'America/Havana',
	'Pacific/Kiritimati',
	'Pacific/Pago_Pago',
];

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const said = (at: string | Date, style: DateStyle, timeZone: string, now = '2026-06-01T10:00:00Z') =>
	plain(formatDate(new Date(at), style, 'fr', { timeZone, now: new Date(now) }));

/** What the clock of a place shows, told by the machine and not by us. */
const clockOf = (at: Date, timeZone: string) =>
	new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at);

describe('a term "until the 31st"', () => {
	test('runs until the last second of that day in Paris, on the day the hour changes as on any other', () => {
		for (const [day, utc] of [
			['2026-12-31', '2026-12-31T22:59:59Z'],
			['2026-07-14', '2026-07-14T21:59:59Z'],
			['2026-03-28', '2026-03-28T22:59:59Z'],
			['2026-03-29', '2026-03-29T21:59:59Z'],
			['2026-10-24', '2026-10-24T21:59:59Z'],
			['2026-10-25', '2026-10-25T22:59:59Z'],
			['2028-02-29', '2028-02-29T22:59:59Z'],
		])
			expect([day, lastSecond(day!)?.toISOString()]).toEqual([day, `${utc!.slice(0, -1)}.000Z`]);
	});

	test.each([...french, ...elsewhere])(
		'ends at midnight of the place, every day of three years: %s',
		(zone) => {
			const wrong: string[] = [];
			for (let at = Date.UTC(2025, 0, 1); at < Date.UTC(2028, 0, 1); at += 86_400_000) {
				const day = new Date(at).toISOString().slice(0, 10);
				const end = lastSecond(day, zone)!;
				const after = clockOf(new Date(end.getTime() + 1000), zone);
				if (clockOf(end, zone) !== `${day} 23:59:59` || after.slice(0, 10) <= day)
					wrong.push(`${day}: ${clockOf(end, zone)}, then ${after}`);
			}
			expect(wrong).toEqual([]);
		},
	);

	test('of a day that is in no calendar is no term', () => {
		for (const day of ['2026-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '31/12/2026', '', 'demain'])
			expect([day, lastSecond(day)]).toEqual([day, null]);
	});

	test('is said with that day, in the place where it was typed', () => {
		fc.assert(
			fc.property(
				fc.date({ min: new Date('2020-01-01'), max: new Date('2040-12-31'), noInvalidDate: true }),
				fc.constantFrom(...french),
				(date, zone) => {
					const day = date.toISOString().slice(0, 10);
					const shown = said(lastSecond(day, zone)!, 'day', zone);
					expect(shown).toMatch(new RegExp(`^${Number(day.slice(8))}(?:er)? `));
				},
			),
			{ numRuns: 300 },
		);
	});
});

describe('the same instant', () => {
	test('is the evening in one place and the next morning in another', () => {
		const at = '2026-06-01T22:30:00Z';
		expect(said(at, 'dateTime', 'Europe/Paris')).toBe('mardi 2 juin à 0 h 30');
		expect(said(at, 'dateTime', 'America/Cayenne')).toBe('lundi 1er juin à 19 h 30');
		expect(said(at, 'dateTime', 'Pacific/Noumea')).toBe('mardi 2 juin à 9 h 30');
		expect(said(at, 'dateTime', 'Pacific/Marquesas')).toBe('lundi 1er juin à 13 h');
	});

	test('is of two years at once on New Year’s Eve: the year is said to whom it is another one', () => {
		const at = '2026-12-31T23:30:00Z';
		const now = '2026-12-31T23:45:00Z';
		expect(said(at, 'day', 'Europe/Paris', now)).toBe('1er janvier');
		expect(said(at, 'day', 'America/Martinique', now)).toBe('31 décembre');
		expect(said(at, 'day', 'Europe/Paris', '2026-12-31T22:00:00Z')).toBe('1er janvier 2027');
		expect(said(at, 'month', 'Europe/Paris', now)).toBe('janvier 2027');
		expect(said(at, 'month', 'Pacific/Tahiti', now)).toBe('décembre 2026');
	});

	test('an hour that comes twice is said twice alike, and one that does not exist is never said', () => {
		expect(said('2026-10-25T00:30:00Z', 'time', 'Europe/Paris')).toBe('2 h 30');
		expect(said('2026-10-25T01:30:00Z', 'time', 'Europe/Paris')).toBe('2 h 30');
		const night = Array.from({ length: 180 }, (_, n) => new Date(Date.UTC(2026, 2, 29, 0, n)));
		expect(night.filter((at) => said(at, 'time', 'Europe/Paris').startsWith('2 h'))).toEqual([]);
	});

	test('is said alike whatever the server’s own hour', () => {
		const script = `import { formatDate, lastSecond } from './dates.ts';
			const now = new Date('2026-06-01T10:00:00Z');
			console.log(formatDate(new Date('2026-06-01T22:30:00Z'), 'dateTime', 'fr', { now }), lastSecond('2026-12-31').toISOString());`;
		const run = (TZ: string) =>
			execFileSync(process.execPath, ['--input-type=module', '-e', script], {
				cwd: import.meta.dirname,
				encoding: 'utf8',
				env: { ...process.env, TZ },
			});
		const inUtc = run('UTC');
		expect(plain(inUtc)).toBe('mardi 2 juin à 0 h 30 2026-12-31T22:59:59.000Z\n');
		for (const zone of ['America/Los_Angeles', 'Pacific/Auckland'])
			expect([zone, run(zone)]).toEqual([zone, inUtc]);
	});
});

test('which day it is depends on where one stands', () => {
	const at = new Date('2026-12-31T23:30:00Z');
	expect(dayAt(at)).toBe('2027-01-01');
	expect(dayAt(at, 'UTC')).toBe('2026-12-31');
	expect(dayAt(at, 'Pacific/Kiritimati')).toBe('2027-01-01');
	expect(dayAt(new Date('2026-03-01T09:30:00Z'), 'Pacific/Pago_Pago')).toBe('2026-02-28');
});

describe('how long ago', () => {
	const ago = (at: string, now: string, zone = 'Europe/Paris') => said(at, 'ago', zone, now);

	test.each([
		['59 s', '2026-06-01T10:00:00Z', '2026-06-01T10:00:59Z', 'à l’instant'],
		['one minute', '2026-06-01T10:00:00Z', '2026-06-01T10:01:00Z', 'il y a 1 min'],
		['59 min 59 s', '2026-06-01T10:00:00Z', '2026-06-01T10:59:59Z', 'il y a 59 min'],
		['one hour', '2026-06-01T10:00:00Z', '2026-06-01T11:00:00Z', 'il y a 1 h'],
		['just under six hours', '2026-06-01T10:00:00Z', '2026-06-01T15:59:59Z', 'il y a 5 h'],
		['six hours, the same day', '2026-06-01T04:00:00Z', '2026-06-01T10:00:00Z', 'ce matin'],
		['six hours, over midnight', '2026-06-01T20:00:00Z', '2026-06-02T02:00:00Z', 'hier à 22 h'],
		['six days', '2026-05-26T10:00:00Z', '2026-06-01T10:00:00Z', 'mardi à 12 h'],
		['seven days', '2026-05-25T10:00:00Z', '2026-06-01T10:00:00Z', '25 mai'],
	])('%s', (_, at, now, words) => expect(ago(at, now)).toBe(words));

	test('yesterday is yesterday even when the night had twenty-five hours, or twenty-three', () => {
		expect(ago('2026-10-24T22:30:00Z', '2026-10-26T08:00:00Z')).toBe('hier à 0 h 30');
		expect(ago('2026-10-24T21:30:00Z', '2026-10-25T22:30:00Z')).toBe('hier à 23 h 30');
		expect(ago('2026-03-28T23:30:00Z', '2026-03-30T05:00:00Z')).toBe('hier à 0 h 30');
		expect(ago('2026-03-29T22:30:00Z', '2026-03-28T22:30:00Z')).toBe('lundi 30 mars à 0 h 30');
	});

	test('what is this morning in Paris is last night in Cayenne', () => {
		const [at, now] = ['2026-06-01T04:00:00Z', '2026-06-01T15:00:00Z'];
		expect(ago(at, now)).toBe('ce matin');
		expect(ago(at, now, 'America/Cayenne')).toBe('cette nuit');
		expect(ago(at, now, 'Pacific/Tahiti')).toBe('hier à 18 h');
	});

	test('to come: in a moment, in minutes, today, tomorrow, then the day', () => {
		const now = '2026-06-01T10:00:00Z';
		for (const [at, words] of [
			['2026-06-01T10:00:59Z', 'dans un instant'],
			['2026-06-01T10:59:59Z', 'dans 59 min'],
			['2026-06-01T21:59:59Z', 'aujourd’hui à 23 h 59'],
			['2026-06-01T22:00:00Z', 'demain à 0 h'],
			['2026-06-02T22:00:00Z', 'mercredi 3 juin à 0 h'],
		])
			expect([at, ago(at!, now)]).toEqual([at, words]);
	});
});

describe('in English', () => {
	const english = (at: string, style: DateStyle) =>
		formatDate(new Date(at), style, 'en', {
			timeZone: 'Europe/Paris',
			now: new Date('2026-06-01T10:00:00Z'),
		});

	test('noon is 12 pm, midnight 12 am, and minutes are said when there are some', () => {
		expect(english('2026-06-01T10:00:00Z', 'time')).toBe('12 pm');
		expect(english('2026-06-01T22:00:00Z', 'time')).toBe('12 am');
		expect(english('2026-06-01T22:05:00Z', 'time')).toBe('12:05 am');
	});

	test('one hour is no "hours", and French words are in no style', () => {
		expect(english('2026-06-01T09:00:00Z', 'ago')).toBe('1 hour ago');
		expect(english('2026-06-01T08:00:00Z', 'ago')).toBe('2 hours ago');
		const styles: DateStyle[] = ['long', 'day', 'short', 'time', 'dateTime', 'ago', 'month', 'weekday'];
		for (const style of styles)
			expect([style, english('2027-08-01T10:00:00Z', style)]).not.toEqual([
				style,
				expect.stringMatching(/août|dimanche|1er/),
			]);
		expect(english('2027-08-01T10:00:00Z', 'long')).toBe('Sunday 1 August 2027');
	});
});

describe('a number', () => {
	test.each([
		[0, '0', '0'],
		[999, '999', '999'],
		[1000, '1~000', '1,000'],
		[-1234.5, '-1~234,5', '-1,234.5'],
		[1e9, '1~000~000~000', '1,000,000,000'],
	])('%d', (n, french, english) => {
		expect(formatNumber(n, 'fr').replaceAll('\u00a0', '~').replace('−', '-')).toBe(french);
		expect(formatNumber(n, 'en').replace('−', '-')).toBe(english);
	});

	test('never breaks over two lines, whatever its size', () => {
		fc.assert(
			fc.property(fc.integer({ min: -1e12, max: 1e12 }), (n) => {
				expect(formatNumber(n, 'fr')).not.toMatch(/[ \u202f]/);
			}),
		);
	});
});
