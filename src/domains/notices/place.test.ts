import { expect, test } from 'vitest';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { notices } from './read.ts';

stage();

test('a place in the list that somebody wrote by hand is its beginning, never an error', async () => {
	const odile = await as('odile');
	const start = await notices(odile, null);
	for (const written of [
		`2026-11-22T10:00:00Z_${'-'.repeat(36)}`,
		`2026-02-30T10:00:00Z_${idOf('odile')}`,
		`2026-11-22T10:00:00:00:00Z_${idOf('odile')}`,
		'nonsense',
	])
		expect([written, await notices(odile, written)]).toEqual([written, start]);
});
