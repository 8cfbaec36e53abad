import { expect, test } from 'vitest';
import { nextWait, retryAfterOf, waits } from './schedule.ts';

test('ten tries in a little more than three days, as Standard Webhooks recommends', () => {
	const spent = Array.from({ length: 9 }, (_, at) => nextWait(at + 1, 0, 0)!);
	expect(spent).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]);
	expect(spent.reduce((sum, wait) => sum + wait)).toBe(75 * 3600 + 35 * 60 + 5);
	expect(nextWait(10, 0, 0)).toBeNull();
});

test('each wait is left a little to chance, never shorter', () => {
	for (const [at, wait] of waits.entries()) {
		const real = nextWait(at + 1)!;
		expect(real).toBeGreaterThanOrEqual(wait);
		expect(real).toBeLessThanOrEqual(Math.ceil(wait * 1.1));
	}
});

test('an address that asks to wait is heard, for a day at most, and never to hurry', () => {
	expect(nextWait(1, 120, 0)).toBe(120);
	expect(nextWait(3, 1, 0)).toBe(1800);
	expect(nextWait(1, 999_999_999, 0)).toBe(86_400);
});

test.each([
	['120', 120],
	['Fri, 27 Nov 2026 10:00:30 GMT', 30],
	['Fri, 27 Nov 2026 09:00:00 GMT', 0],
	['soon', 0],
	['-5', 0],
	[undefined, 0],
])('Retry-After %s is %i seconds', (header, seconds) => {
	expect(retryAfterOf(header, Date.UTC(2026, 10, 27, 10, 0, 0))).toBe(seconds);
});
