import { expect, test } from 'vitest';
import { start } from './site.ts';

test('a program that is told to stop does so without a word of error: jobs and connections end before the database', async () => {
	const site = await start(['--new']);
	expect((await fetch(new URL(site.address).origin)).ok).toBe(true);
	await site.stop();
	expect(site.complaints).toEqual([]);
});
