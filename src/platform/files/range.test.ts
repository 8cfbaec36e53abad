import fc from 'fast-check';
import { expect, test } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';
import { rangeIn } from './range.ts';

test.each([
	['bytes=0-', { start: 0, end: 99 }],
	['bytes=0-0', { start: 0, end: 0 }],
	['bytes=10-19', { start: 10, end: 19 }],
	['bytes=90-1000', { start: 90, end: 99 }],
	['bytes=-1', { start: 99, end: 99 }],
	['bytes=-1000', { start: 0, end: 99 }],
	['bytes=100-', 'outside'],
	['bytes=-0', 'outside'],
	['bytes=20-10', null],
	['bytes=-', null],
	['bytes=0-1,5-6', null],
	['bytes=a-b', null],
	['bytes= 0-1', null],
	['items=0-1', null],
	['bytes=9999999999999999-', null],
	[null, null],
] as const)('a player that asks for %s of a hundred bytes', (header, given) => {
	expect(rangeIn(header, 100)).toEqual(given);
});

test('of an empty file there is nothing to give', () => expect(rangeIn('bytes=0-', 0)).toBe('outside'));

test('whatever is asked, what is given is inside the file', () => {
	const number = fc.oneof(fc.nat({ max: 300 }).map(String), fc.constant(''));
	fc.assert(
		fc.property(number, number, fc.nat({ max: 200 }), (first, last, size) => {
			const given = rangeIn(`bytes=${first}-${last}`, size);
			if (given === null || given === 'outside') return;
			expect(given.start).toBeGreaterThanOrEqual(0);
			expect(given.end).toBeGreaterThanOrEqual(given.start);
			expect(given.end).toBeLessThan(size);
		}),
		{ numRuns: 2000 },
	);
});

test('pictures drawn one at a time go in order, and one that is broken does not stop the next', async () => {
	const queue = oneAtATime();
	const order: string[] = [];
	const draw = (name: string, fails = false) =>
		queue(async () => {
			order.push(`${name} begins`);
			await new Promise((resolve) => setTimeout(resolve, 5));
			order.push(`${name} ends`);
			if (fails) throw new Error(name);
			return name;
		});
	const all = await Promise.allSettled([draw('a'), draw('b', true), draw('c')]);
	expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
	expect(order).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
});
