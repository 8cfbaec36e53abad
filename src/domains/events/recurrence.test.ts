import { describe, expect, test } from 'vitest';
import { frenchZones } from '#platform/clocks.ts';
import { clockIn, instantOf } from '#platform/local-time.ts';
import { datesOf, type Rhythm, ruleOf } from './recurrence.ts';
import { moved, shiftBetween } from './time.ts';

const from = (day: string, time: string, rest: Partial<Rhythm> = {}): Rhythm => {
	const timeZone = rest.timeZone ?? 'Europe/Paris';
	return {
		freq: 'weekly',
		every: 1,
		until: null,
		times: null,
		...rest,
		timeZone,
		startsAt: instantOf(day, time, timeZone)!,
	};
};
const days = (rhythm: Rhythm, until: string) =>
	datesOf(rhythm, rhythm.startsAt, instantOf(until, '23:59', rhythm.timeZone)!).map((date) => {
		const { day, time } = clockIn(date, rhythm.timeZone);
		return `${day} ${time}`;
	});

describe('each week', () => {
	test('keeps its hour on the clock when the hour changes', () => {
		expect(days(from('2027-03-23', '19:00'), '2027-04-07')).toEqual(['2027-03-30 19:00', '2027-04-06 19:00']);
		expect(days(from('2026-10-20', '19:00'), '2026-11-04')).toEqual(['2026-10-27 19:00', '2026-11-03 19:00']);
	});

	test('every other week, so many times, the first counted', () => {
		const rhythm = from('2026-12-01', '18:30', { every: 2, times: 3 });
		expect(days(rhythm, '2027-12-01')).toEqual(['2026-12-15 18:30', '2026-12-29 18:30']);
		expect(ruleOf(rhythm)).toBe('FREQ=WEEKLY;INTERVAL=2;COUNT=3;BYDAY=TU');
	});

	test('until a day, that day included, overseas as elsewhere', () => {
		const rhythm = from('2026-12-01', '23:30', { until: '2026-12-08', timeZone: 'Pacific/Noumea' });
		expect(days(rhythm, '2027-12-01')).toEqual(['2026-12-08 23:30']);
	});

	test('an hour that the change of hour skips is no date that week, as calendars agree (RFC 5545)', () => {
		expect(days(from('2027-03-21', '02:30'), '2027-04-05')).toEqual(['2027-04-04 02:30']);
	});
});

describe('each month', () => {
	test('the 31st is the last day of shorter months', () => {
		expect(days(from('2027-01-31', '19:00', { freq: 'monthly_day' }), '2027-06-30')).toEqual([
			'2027-02-28 19:00',
			'2027-03-31 19:00',
			'2027-04-30 19:00',
			'2027-05-31 19:00',
			'2027-06-30 19:00',
		]);
		expect(ruleOf(from('2027-01-31', '19:00', { freq: 'monthly_day' }))).toBe(
			'FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1',
		);
	});

	test('the 29th and the 30th likewise; the 15th is the 15th', () => {
		expect(days(from('2027-01-30', '19:00', { freq: 'monthly_day' }), '2027-03-31')).toEqual([
			'2027-02-28 19:00',
			'2027-03-30 19:00',
		]);
		expect(ruleOf(from('2027-01-15', '19:00', { freq: 'monthly_day' }))).toBe('FREQ=MONTHLY;BYMONTHDAY=15');
	});

	test('the second Tuesday, and the last when the first date was a fifth', () => {
		expect(days(from('2026-12-08', '19:00', { freq: 'monthly_weekday' }), '2027-02-28')).toEqual([
			'2027-01-12 19:00',
			'2027-02-09 19:00',
		]);
		expect(days(from('2026-12-29', '19:00', { freq: 'monthly_weekday' }), '2027-02-28')).toEqual([
			'2027-01-26 19:00',
			'2027-02-23 19:00',
		]);
	});
});

test.each(frenchZones)('a clock of %s reads back what was said on it', (zone) => {
	const at = instantOf('2026-12-31', '23:45', zone)!;
	expect(clockIn(at, zone)).toEqual({ day: '2026-12-31', time: '23:45' });
});

test('no such day, no such hour: nothing', () => {
	expect(instantOf('2027-02-30', '19:00', 'Europe/Paris')).toBeNull();
	expect(instantOf('2027-02-20', '25:00', 'Europe/Paris')).toBeNull();
});

test('dates move alike on the clock, across a change of hour', () => {
	const at = (day: string, time: string) => instantOf(day, time, 'Europe/Paris')!;
	const shift = shiftBetween(at('2027-03-23', '19:00'), at('2027-03-24', '18:30'), 'Europe/Paris');
	expect(shift).toEqual({ days: 1, minutes: -30 });
	expect(moved(at('2027-03-30', '19:00'), shift, 'Europe/Paris')).toEqual(at('2027-03-31', '18:30'));
});
