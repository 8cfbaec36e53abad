import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Asked, Criterion } from '../measures/criteria.ts';
import { columnFrom } from '../measures/ranks.ts';
import { fromRounds } from '../pages/from-rounds.ts';
import { type Ranked, rankedBy } from '../pages/lines.ts';
import { answering, type Figures } from '../pages/moved.ts';

// What the map page's script does with the figures it was given, whatever they are.
type Numbers = (number | null)[];
const themes = ['retired', 'unemployed', 'owners'] as const;
const fromBallots = ['abstention', 'our_share', 'falling', 'volatile', 'reserve'] as const;

/** A station: its rounds, the latest first, and of each theme how many among how many; null where it may not be said. */
const round = fc.record({
	registered: fc.integer({ min: 100, max: 1200 }),
	voters: fc.integer({ min: 0, max: 100 }),
	ours: fc.integer({ min: 0, max: 40 }),
});
const station = fc.record({
	rounds: fc.tuple(round, fc.option(round, { freq: 4 }), fc.option(round, { freq: 4 })),
	// Few different figures, so that equal ones are common.
	themes: fc.tuple(
		...themes.map(() =>
			fc.option(
				fc.integer({ min: 0, max: 8 }).map((n) => [n * 25, 200] as const),
				{ freq: 4 },
			),
		),
	),
	mark: fc.constantFrom('good' as const, 'fair' as const, 'poor' as const, null),
});
type Made = typeof station extends fc.Arbitrary<infer T> ? T : never;

function figuresOf(made: Made[]): Figures {
	const inRound = (
		n: number,
		figure: (one: { registered: number; voters: number; ours: number }) => number,
	) =>
		made.map(({ rounds }): number | null => {
			const one = rounds[n];
			return one ? figure(one) : null;
		});
	const inTheme = (n: number, figure: (one: readonly [number, number]) => number): Numbers =>
		made.map((one) => {
			const parts = one.themes[n];
			return parts ? figure(parts) : null;
		});
	return {
		stations: made.map(({ mark }, at) => ({
			...{ key: `X01001_${String(at + 1).padStart(4, '0')}`, number: String(at + 1), place: null },
			...{ commune: 'Villebrume', registered: null, mark },
		})),
		rounds: [0, 1, 2].map((n) => ({
			registered: inRound(n, ({ registered }) => registered),
			voters: inRound(n, ({ voters, registered }) => Math.round((registered * voters) / 100)),
			valid: inRound(n, ({ voters, registered }) => Math.round((registered * voters) / 100)),
			ours: inRound(n, ({ voters, registered, ours }) => Math.round((registered * voters * ours) / 10_000)),
		})),
		themes: Object.fromEntries(
			themes.map((theme, n) => [
				theme,
				{
					count: inTheme(n, ([count]) => count),
					of: inTheme(n, ([, of]) => of),
					margin: inTheme(n, () => 0.02),
				},
			]),
		),
		choices: [...fromBallots, ...themes],
	};
}

const stations = fc.array(station, { minLength: 1, maxLength: 24 });
const criteria = fc
	.tuple(
		fc.shuffledSubarray([...fromBallots, ...themes] as Asked[], { minLength: 2, maxLength: 2 }),
		fc.array(fc.constantFrom('high' as const, 'low' as const), { minLength: 2, maxLength: 2 }),
		fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 2 }),
	)
	.map(([asked, toward, weight]) =>
		asked.map((one, n): Criterion => ({ asked: one, toward: toward[n]!, weight: weight[n]! })),
	);
/** As the browser has it: written by the server, read there. */
const sent = (figures: Figures): Figures => JSON.parse(JSON.stringify(figures));

/** As the server has it: columns read from the database, with no figure where there is none. */
function onServer(figures: Figures, asked: Criterion[]): Ranked {
	const numbers = (all: Numbers) => Float64Array.from(all, (one) => one ?? Number.NaN);
	const rounds = figures.rounds.map((one) => ({
		vintage: '2025',
		registered: numbers(one.registered),
		voters: numbers(one.voters),
		valid: numbers(one.valid),
		ours: numbers(one.ours),
	}));
	const columns = asked.map((one) => {
		const theme = figures.themes[one.asked];
		if (!theme) return fromRounds(one.asked, rounds)!;
		const [count, of, margin] = [numbers(theme.count), numbers(theme.of), numbers(theme.margin)];
		return columnFrom({ values: count.map((value, at) => value / of[at]!), count, of, margin });
	});
	return rankedBy(asked, columns, figures.stations);
}

/** The figures of a criterion, as the words of the page say it, without any of the code that ranks. */
function plainFigures({ rounds, themes: all }: Figures, asked: Asked): Numbers {
	const theme = all[asked];
	if (theme) return theme.count.map((count, at) => (count === null ? null : count / theme.of[at]!));
	const ratio = (n: number, above: 'ours' | 'voters', below: 'valid' | 'registered') => (at: number) => {
		const [up, down] = [rounds[n]?.[above][at], rounds[n]?.[below][at]];
		return up == null || !down ? null : up / down;
	};
	const now = { share: ratio(0, 'ours', 'valid'), turnout: ratio(0, 'voters', 'registered') };
	if (asked === 'abstention')
		return rounds[0]!.registered.map((all, at) => (all! - rounds[0]!.voters[at]!) / all!);
	return rounds[0]!.registered.map((_, at) => now.share(at));
}

describe('the list that follows a slider', () => {
	test('has the classes, ranks and reasons of the server, whatever the figures and criteria', () => {
		fc.assert(
			fc.property(stations, criteria, (made, asked) => {
				const figures = figuresOf(made);
				const { criteria: kept, ...ranked } = answering(sent(figures))('door_to_door', asked);
				expect(kept).toEqual(asked);
				expect(ranked).toEqual(onServer(figures, asked));
			}),
			{ numRuns: 300 },
		);
	});

	test('is that which anybody finds by hand: places on each criterion, weighed and summed', () => {
		const simple = criteria.filter((asked) =>
			asked.every(
				({ asked: one }) => one === 'abstention' || one === 'our_share' || themes.includes(one as never),
			),
		);
		fc.assert(
			fc.property(stations, simple, (made, asked) => {
				const figures = figuresOf(made);
				const columns = asked.map((one) => plainFigures(figures, one.asked));
				const whole = made.flatMap((_, at) => (columns.every((column) => column[at] !== null) ? [at] : []));
				// Of 100 stations, how many are behind; equal ones share the middle.
				const behind = (n: number, at: number) => {
					const value = columns[n]![at]!;
					const sign = asked[n]!.toward === 'high' ? 1 : -1;
					const less = whole.filter((other) => sign * (columns[n]![other]! - value) < 0).length;
					const same = whole.filter((other) => columns[n]![other] === value).length;
					return (less + same / 2) / whole.length;
				};
				const total = asked.reduce((sum, { weight }) => sum + weight, 0);
				const score = new Map(
					whole.map((at) => {
						const sum = asked.reduce((all, { weight }, n) => all + weight * behind(n, at), 0);
						return [at, Math.round((sum / total) * 1e6)];
					}),
				);
				const rankOf = (at: number) =>
					score.has(at) ? 1 + whole.filter((other) => score.get(other)! > score.get(at)!).length : null;
				const { lines, withheld } = answering(sent(figures))('door_to_door', asked);
				const found = new Map(lines.map(({ number, rank }) => [Number(number) - 1, rank]));
				expect(made.map((_, at) => found.get(at))).toEqual(made.map((_, at) => rankOf(at)));
				expect(withheld).toBe(made.length - whole.length);
			}),
			{ numRuns: 300 },
		);
	});

	test('answers the same at every move, whatever was asked before', () => {
		fc.assert(
			fc.property(stations, fc.array(criteria, { minLength: 1, maxLength: 6 }), (made, moves) => {
				const ask = answering(sent(figuresOf(made)));
				for (const asked of moves)
					expect(ask('meeting', asked)).toEqual(answering(sent(figuresOf(made)))('meeting', asked));
			}),
		);
	});
});

describe('colours', () => {
	test('do not move with weights: the script leaves the drawing as it is', () => {
		fc.assert(
			fc.property(
				stations,
				criteria,
				fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })),
				(made, asked, weights) => {
					const ask = answering(sent(figuresOf(made)));
					const seen = (wanted: Criterion[]) => {
						const { lines, sizes, withheld } = ask('door_to_door', wanted);
						const classes = lines.map(({ key, thirds, both }) => [key, thirds, both] as const);
						return { sizes, withheld, classes: classes.toSorted(([a], [b]) => (a < b ? -1 : 1)) };
					};
					expect(seen(asked.map((one, n) => ({ ...one, weight: weights[n]! })))).toEqual(seen(asked));
				},
			),
		);
	});

	test('are nine, and ring those alone that are in the sought third of both', () => {
		fc.assert(
			fc.property(stations, criteria, (made, asked) => {
				const { lines, sizes } = answering(sent(figuresOf(made)))('door_to_door', asked);
				const cells = lines.map(({ thirds: [up, across] }) =>
					up == null || across == null ? null : up * 3 + across,
				);
				for (const [cell, size] of sizes.entries())
					expect(cells.filter((one) => one === cell)).toHaveLength(size);
				for (const [at, line] of lines.entries()) {
					expect(line.both).toBe(cells[at] === 8);
					expect(cells[at] === null).toBe(line.rank === null);
				}
			}),
		);
	});

	test('turn round with the end that is asked, but for equal figures at the bounds', () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 3, maxLength: 24 }),
				(parts) => {
					// A multiple of three different figures: thirds are then of one size from either end.
					const kept = parts.slice(0, parts.length - (parts.length % 3));
					const made = kept.map(
						(n): Made => ({
							rounds: [{ registered: 1000, voters: n, ours: 10 }, null, null],
							themes: [[n, 200], null, null],
							mark: null,
						}),
					);
					const ask = answering(sent(figuresOf(made)));
					const thirds = (toward: 'high' | 'low') =>
						new Map(
							ask('door_to_door', [
								{ asked: 'retired', toward, weight: 3 },
								{ asked: 'abstention', toward: 'high', weight: 3 },
							]).lines.map(({ key, thirds: [up] }) => [key, up]),
						);
					const [high, low] = [thirds('high'), thirds('low')];
					for (const [key, third] of high) expect(low.get(key)).toBe(2 - third!);
				},
			),
		);
	});
});

test('a station whose share may not be told has neither rank nor figure nor colour, and shifts nobody', () => {
	fc.assert(
		fc.property(stations, criteria, (made, asked) => {
			const hidden: Made = { ...made[0]!, themes: [null, null, null] };
			const onThemes = [
				{ ...asked[0]!, asked: 'retired' as const },
				{ ...asked[1]!, asked: 'owners' as const },
			];
			const without = answering(sent(figuresOf(made)))('meeting', onThemes).lines;
			const { lines } = answering(sent(figuresOf([...made, hidden])))('meeting', onThemes);
			const last = lines.find(({ number }) => Number(number) === made.length + 1);
			expect(last).toMatchObject({ rank: null, figures: [null, null], thirds: [null, null], both: false });
			expect(lines.filter((line) => line !== last)).toEqual(without);
		}),
	);
});
