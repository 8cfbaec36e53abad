import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Count } from '../model.ts';
import { transfersOf } from './estimate.ts';
import { marginsOf } from './margins.ts';

const names = ['A', 'B', 'C'];
/** A round of stations: votes by station and candidate, what is left of the registered does not vote. */
const round = (votes: number[][], blank: number[]): Count[] =>
	votes.map((own, station) => {
		const valid = own.reduce((sum, one) => sum + one, 0);
		return {
			key: `99001_${String(station + 1).padStart(4, '0')}`,
			registered: 1000,
			voters: valid + (blank[station] ?? 0),
			blank: blank[station] ?? 0,
			spoilt: 0,
			valid,
			voices: own.map((count, at) => ({
				candidate: names[at] ?? '',
				name: names[at] ?? '',
				nuance: null,
				votes: count,
			})),
		};
	});
const rounds = fc.integer({ min: 50, max: 70 }).chain((stations) => {
	const votes = fc.array(fc.array(fc.integer({ min: 20, max: 300 }), { minLength: 3, maxLength: 3 }), {
		minLength: stations,
		maxLength: stations,
	});
	const blank = fc.array(fc.nat(50), { minLength: stations, maxLength: stations });
	return fc.record({ first: votes, second: votes, blank, blank2: blank });
});
type Rounds = { first: number[][]; second: number[][]; blank: number[]; blank2: number[] };
const both = ({ first, second, blank, blank2 }: Rounds) =>
	[round(first, blank), round(second, blank2)] as const;

describe('whatever the votes', () => {
	test('every row shares out all of its people, and each share lies within its range', async () => {
		await fc.assert(
			fc.asyncProperty(rounds, async (made) => {
				const { from, to, cells } = await transfersOf(...both(made), { draws: 3 });
				expect(cells).toHaveLength(from.length * to.length);
				for (const [row] of from.entries()) {
					const own = cells.filter((cell) => cell.from === row);
					expect(own.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
				}
				for (const { low, share, high } of cells) {
					expect(low).toBeGreaterThanOrEqual(0);
					expect(high).toBeLessThanOrEqual(1);
					expect(low <= share && share <= high).toBe(true);
				}
			}),
			{ numRuns: 6 },
		);
	}, 60_000);

	test('both rounds have as many people in every station, whatever is absent or blank', () => {
		fc.assert(
			fc.property(rounds, (made) => {
				const { from, to, stations, x, y } = marginsOf(...both(made));
				expect(stations).toBe(made.first.length);
				for (let station = 0; station < stations; station++) {
					const sum = (values: Float64Array, width: number) =>
						values.subarray(station * width, (station + 1) * width).reduce((all, one) => all + one, 0);
					expect(sum(x, from.length)).toBeCloseTo(1000, 6);
					expect(sum(y, to.length)).toBeCloseTo(1000, 6);
				}
			}),
			{ numRuns: 30 },
		);
	});

	test('stations in another order give the same ranges, to a thousandth of a point', async () => {
		await fc.assert(
			fc.asyncProperty(rounds, fc.nat(), async (made, seed) => {
				const [first, second] = both(made);
				const order = (counts: Count[]) =>
					counts
						.map((count, at) => ({ count, at: ((at * 7919 + seed) % 9973) + at / 10_000 }))
						.sort((a, b) => a.at - b.at)
						.map(({ count }) => count);
				const one = marginsOf(first, second);
				const other = marginsOf(order(first), order(second));
				expect(other.from.map(({ total }) => total)).toEqual(one.from.map(({ total }) => total));
				expect(other.to.map(({ total }) => Math.round(total))).toEqual(
					one.to.map(({ total }) => Math.round(total)),
				);
			}),
			{ numRuns: 15 },
		);
	});

	test('asked again, the same draws give the same ranges', async () => {
		await fc.assert(
			fc.asyncProperty(rounds, fc.nat(99), async (made, seed) => {
				const first = await transfersOf(...both(made), { draws: 3, seed });
				expect(await transfersOf(...both(made), { draws: 3, seed })).toEqual(first);
			}),
			{ numRuns: 3 },
		);
	}, 60_000);
});

describe('what cannot be said is not', () => {
	test('under fifty stations in both rounds it is refused, however many one round has', async () => {
		await fc.assert(
			fc.asyncProperty(rounds, fc.integer({ min: 0, max: 49 }), async (made, kept) => {
				const [first, second] = both(made);
				await expect(transfersOf(first, second.slice(0, kept))).rejects.toMatchObject({
					problems: [{ key: 'electoral-map.transfers_few_stations', args: { stations: kept, least: 50 } }],
				});
			}),
			{ numRuns: 10 },
		);
	});

	test('stations that only one round has are told with their registered voters', () => {
		fc.assert(
			fc.property(rounds, fc.integer({ min: 1, max: 5 }), (made, more) => {
				const [first, second] = both(made);
				const alone = Array.from({ length: more }, (_, at) => ({ ...first[0]!, key: `99002_000${at}` }));
				const { unmatched, stations } = marginsOf([...first, ...alone], second);
				expect([stations, unmatched]).toEqual([first.length, { stations: more, registered: more * 1000 }]);
			}),
			{ numRuns: 10 },
		);
	});
});
