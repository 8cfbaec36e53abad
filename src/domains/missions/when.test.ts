import { describe, expect, test } from 'vitest';
import { fieldsAt, instantAt, spanAt } from './when.ts';

const paris = 'Europe/Paris';
const iso = (at: Date | null) => at?.toISOString() ?? null;

describe('an hour is the one of the place', () => {
	test('in winter, in summer, overseas', () => {
		expect(iso(instantAt('2027-01-10', '18:30', paris))).toBe('2027-01-10T17:30:00.000Z');
		expect(iso(instantAt('2027-07-10', '18:30', paris))).toBe('2027-07-10T16:30:00.000Z');
		expect(iso(instantAt('2027-07-10', '18:30', 'Indian/Reunion'))).toBe('2027-07-10T14:30:00.000Z');
	});

	test('and comes back to the fields as it was typed', () => {
		for (const day of ['2027-03-28', '2027-10-31', '2027-02-28'])
			expect(fieldsAt(instantAt(day, '09:05', paris)!, paris)).toEqual({ day, hour: '09:05' });
	});

	test('a day or an hour that does not exist is none', () => {
		for (const [day, hour] of [
			['2027-02-30', '10:00'],
			['2027-13-01', '10:00'],
			['2027-02-01', '25:00'],
			['demain', '10:00'],
			['2027-02-01', ''],
		] as const)
			expect(instantAt(day, hour, paris)).toBeNull();
	});
});

test('an evening that ends after midnight ends the next day, across the change of hour too', () => {
	const span = (day: string, starts: string, ends: string) => spanAt({ day, starts, ends }, paris);
	const hours = ({ startsAt, endsAt }: NonNullable<ReturnType<typeof span>>) =>
		(endsAt.getTime() - startsAt.getTime()) / 3_600_000;
	expect(hours(span('2027-01-10', '22:00', '01:00')!)).toBe(3);
	expect(hours(span('2027-03-27', '22:00', '04:00')!)).toBe(5);
	expect(hours(span('2027-10-30', '22:00', '04:00')!)).toBe(7);
	expect(hours(span('2027-12-31', '22:00', '01:00')!)).toBe(3);
});
