import { expect, test } from 'vitest';
import { readTable } from '#platform/table/index.ts';
import { lexicons, wording } from '#platform/wording/index.ts';
import { recognise } from './columns/index.ts';
import { sampleFile } from './tables.ts';

const words = wording({
	name: 'La Rive',
	language: 'fr',
	address: 'tu',
	inclusive: 'epicene',
	lexicon: lexicons.coopol!,
} as never);

test('every column of the file to fill is recognised for sure', async () => {
	for (const kind of ['members', 'units'] as const) {
		const text = Buffer.from((await Array.fromAsync(sampleFile(words, kind))).join(''));
		const table = await readTable(text);
		if (!table.ok) throw new Error(table.kind);
		expect(
			recognise(kind, table.header, [])
				.map(({ header, certainty }) => [header, certainty])
				.filter(([, certainty]) => certainty !== 'sure'),
		).toEqual([]);
	}
});
