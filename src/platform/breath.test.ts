import { expect, test } from 'vitest';
import { eachWithBreath } from './breath.ts';

test('long work on many things gives way after each one that took long, and keeps their order', async () => {
	let turns = 0;
	let isOver = false;
	const page = () => {
		turns++;
		if (!isOver) setImmediate(page);
	};
	setImmediate(page);
	const things = Array.from({ length: 10 }, (_, i) => i);
	const made = await eachWithBreath(things, (one) => {
		const start = performance.now();
		while (performance.now() - start < 2);
		return one * 2;
	});
	isOver = true;
	expect(made).toEqual(things.map((one) => one * 2));
	expect(turns).toBeGreaterThanOrEqual(things.length - 1);
});
