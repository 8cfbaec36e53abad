import { describe, expect, test } from 'vitest';
import { type DateStyle, formatDate } from './dates.ts';
import { formatList, formatNumber } from './numbers.ts';

const now = new Date('2026-11-24T15:00:00Z'); // 16:00 on a Tuesday in Paris
const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const fr = (iso: string, style: DateStyle, timeZone?: string) =>
	plain(formatDate(new Date(iso), style, 'fr', { now, timeZone }));
const en = (iso: string, style: DateStyle) => formatDate(new Date(iso), style, 'en', { now });

describe('dates', () => {
	test.each([
		['long', 'mardi 24 novembre', 'Tuesday 24 November'],
		['day', '24 novembre', '24 November'],
		['short', '24 nov.', '24 Nov'],
		['time', '19 h 30', '7:30 pm'],
		['dateTime', 'mardi 24 novembre à 19 h 30', 'Tuesday 24 November at 7:30 pm'],
		['month', 'novembre 2026', 'November 2026'],
		['weekday', 'mar.', 'Tue'],
	] as const)('%s', (style, french, english) => {
		expect(fr('2026-11-24T18:30:00Z', style)).toBe(french);
		expect(en('2026-11-24T18:30:00Z', style)).toBe(english);
	});

	test('another year is said, and the first of the month is "1er"', () => {
		expect(fr('2027-05-01T10:00:00Z', 'long')).toBe('samedi 1er mai 2027');
		expect(fr('2027-05-21T10:00:00Z', 'day')).toBe('21 mai 2027');
	});

	test('hours are those of the place', () => {
		expect(fr('2026-11-24T18:00:00Z', 'time')).toBe('19 h');
		expect(fr('2026-11-24T18:00:00Z', 'time', 'Indian/Reunion')).toBe('22 h');
		expect(fr('2026-11-24T23:30:00Z', 'dateTime')).toBe('mercredi 25 novembre à 0 h 30');
	});

	test('French hours do not break over two lines', () => {
		expect(formatDate(now, 'time', 'fr')).toBe('16\u00a0h');
		expect(formatDate(new Date('2026-11-24T18:30:00Z'), 'time', 'fr')).toBe('19\u00a0h\u00a030');
	});

	test('a date that is no date says nothing', () => expect(formatDate(new Date('x'), 'long', 'fr')).toBe(''));
});

test.each([
	['2026-11-24T14:59:30Z', 'à l’instant', 'just now'],
	['2026-11-24T14:48:00Z', 'il y a 12 min', '12 min ago'],
	['2026-11-24T12:00:00Z', 'il y a 3 h', '3 hours ago'],
	['2026-11-24T08:00:00Z', 'ce matin', 'this morning'],
	['2026-11-23T17:00:00Z', 'hier à 18 h', 'yesterday at 6 pm'],
	['2026-11-20T17:00:00Z', 'vendredi à 18 h', 'Friday at 6 pm'],
	['2026-11-10T17:00:00Z', '10 novembre', '10 November'],
	['2026-11-24T15:20:00Z', 'dans 20 min', 'in 20 min'],
	['2026-11-24T19:30:00Z', 'aujourd’hui à 20 h 30', 'today at 8:30 pm'],
	['2026-11-25T17:00:00Z', 'demain à 18 h', 'tomorrow at 6 pm'],
	['2026-12-15T17:00:00Z', 'mardi 15 décembre à 18 h', 'Tuesday 15 December at 6 pm'],
])('%s is "%s"', (iso, french, english) => {
	expect(fr(iso, 'ago')).toBe(french);
	expect(en(iso, 'ago')).toBe(english);
});

test('numbers and lists', () => {
	expect(formatNumber(1234567, 'fr')).toBe('1\u00a0234\u00a0567');
	expect(formatNumber(1234.5, 'en')).toBe('1,234.5');
	expect(formatNumber(0.125, 'fr', { style: 'percent', maximumFractionDigits: 1 })).toBe('12,5\u00a0%');
	expect(formatList(['Ada', 'Bo', "L'autre"], 'fr')).toBe("Ada, Bo et L'autre");
});
