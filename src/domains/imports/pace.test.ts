import { expect, test } from 'vitest';
import { restAfter } from './pace.ts';

test('a quick machine leaves its gain to the pages, a slow one rests a quarter of its work', () => {
	// 100 lines in 60 ms: they may take 100 ms in all.
	expect(restAfter(100, 60)).toBe(40);
	// In 20 ms: no more than half as much again as the work.
	expect(restAfter(100, 20)).toBe(30);
	// In 200 ms: there is no time left, but the least.
	expect(restAfter(100, 200)).toBe(50);
});

test('never longer than progress may be silent, however slow', () => {
	expect(restAfter(250, 4000)).toBe(250);
	expect(restAfter(0, 0)).toBe(0);
});
