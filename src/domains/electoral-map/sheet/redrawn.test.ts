import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { as, stage } from '#tests/stage.ts';
import { villebrume } from '../../../../bin/demo/ground.ts';
import { stationSheet } from '../pages/station.ts';
import { makeUp } from '../seed.ts';
import { inCommon } from './redrawn.ts';
import { cover, layTowns, townLike } from './towns.fixture.ts';

stage();

const square = (west: number, size = 0.01) => ({
	type: 'MultiPolygon' as const,
	coordinates: [
		[
			[
				[west, 45],
				[west + size, 45],
				[west + size, 45 + size],
				[west, 45 + size],
				[west, 45],
			],
		],
	],
});

test('what two outlines share is told whatever the points they are drawn with', () => {
	expect(inCommon(square(5), square(5))).toBeCloseTo(1, 9);
	expect(inCommon(square(5), square(5.005))).toBeCloseTo(1 / 3, 6);
	expect(inCommon(square(5), square(6))).toBeCloseTo(0, 9);
});

/** Outlines of 2019: those of today, but two stations that have exchanged theirs. */
async function loadOutlinesOf2019() {
	const now = villebrume().stations;
	const [ten, twelve] = [now[9], now[11]];
	const old = now.map((one) => {
		const other = one === ten ? twelve : one === twelve ? ten : one;
		return { ...one, outline: other?.outline ?? null };
	});
	await asSystem('test', async (tx) => {
		await tx.run(sql`delete from electoral_map.voting_place`);
		await makeUp(tx, { ...villebrume(), vintage: '2019', stations: old, rounds: [] });
	});
}

test('a station is said redrawn where its two outlines differ, and nowhere else', async () => {
	await layTowns(townLike('X01001'));
	await cover('villebrume', 'X01001');
	const grounds = async (key: string) =>
		(await stationSheet(await as('odile'), key, '2026_muni_t1')).rounds.map(({ election, ground }) => [
			election.id,
			ground,
		]);
	expect(Object.fromEntries(await grounds('X01001_0010'))).toMatchObject({
		'2026_muni_t1': 'same',
		'2020_muni_t1': 'unsure',
	});
	await loadOutlinesOf2019();
	expect(Object.fromEntries(await grounds('X01001_0010'))).toMatchObject({
		'2026_muni_t1': 'same',
		'2020_muni_t1': 'redrawn',
	});
	expect(Object.fromEntries(await grounds('X01001_0003'))).toMatchObject({ '2020_muni_t1': 'same' });
});

test('a round whose outlines nobody told is not said redrawn', async () => {
	await asSystem('test', (tx) =>
		tx.run(sql`update electoral_map.election set vintage = null where election.id = '2024_euro_t1'`),
	);
	const { rounds } = await stationSheet(await as('odile'), 'X01001_0003', '2026_muni_t1');
	expect(rounds.find(({ election }) => election.id === '2024_euro_t1')?.ground).toBe('unsure');
});
