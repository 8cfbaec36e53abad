import { expect, test } from 'vitest';
import { inTodaysCommunes, loadMergers } from './merged.ts';

const station = (key: string) => ({
	key,
	registered: 9,
	voters: 6,
	blank: 0,
	spoilt: 0,
	valid: 6,
	voices: [],
});

test('stations of merged communes go to the commune of today, unless two would take one number', () => {
	const mergers = new Map([
		['01340', '01015'],
		['01119', '01015'],
	]);
	const old = ['01015_0001', '01340_0001', '01340_0002', '01119_0003', '01004_0001'].map(station);
	const { counts, remarks } = inTodaysCommunes(old, mergers);
	expect(counts.map(({ key }) => key)).toEqual([
		'01015_0001',
		'01340_0001',
		'01015_0002',
		'01015_0003',
		'01004_0001',
	]);
	expect(remarks).toEqual([{ key: 'electoral-map.remark_merged_communes', args: { count: 2, left: 1 } }]);
	expect(inTodaysCommunes([station('01004_0001')], mergers).remarks).toEqual([]);
	expect(inTodaysCommunes([station('01340')], mergers)).toEqual({ counts: [station('01340')], remarks: [] });
});

test('the table of communes knows the mergers', async () => {
	const mergers = await loadMergers();
	expect(mergers.get('01340')).toBe('01015');
	expect(mergers.size).toBeGreaterThan(2000);
	for (const today of mergers.values()) expect(mergers.has(today)).toBe(false);
});
