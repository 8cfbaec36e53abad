import { invalidField } from '#platform/errors.ts';
import type { Count, StationKey, Voice } from '../model.ts';

/** One round, column after column, in the order of stations of a territory; NaN where a station did not vote. */
export interface RoundColumns {
	/** Of the outlines that its numbers refer to. */
	vintage: string;
	registered: Float64Array;
	voters: Float64Array;
	valid: Float64Array;
	/** Votes for us. */
	ours: Float64Array;
}

/** The columns of a round, for these stations. */
export function roundColumns(
	counts: Count[],
	stations: StationKey[],
	isOurs: (voice: Voice) => boolean,
	vintage: string,
): RoundColumns {
	const byKey = new Map(counts.map((count) => [count.key, count]));
	const column = (figure: (count: Count) => number) =>
		Float64Array.from(stations, (key) => {
			const count = byKey.get(key);
			return count ? figure(count) : Number.NaN;
		});
	return {
		vintage,
		registered: column(({ registered }) => registered),
		voters: column(({ voters }) => voters),
		valid: column(({ valid }) => valid),
		ours: column(({ voices }) => voices.filter(isOurs).reduce((sum, { votes }) => sum + votes, 0)),
	};
}

/** What to do with rounds whose stations have not the same ground: refuse them, or answer and say "redrawn". */
export type WhenRedrawn = 'refuse' | 'flag';

/** A figure drawn from several rounds. */
export interface Compared {
	values: Float64Array;
	/** The stations of one round are not those of another: the number is the same, the ground is not. */
	redrawn: boolean;
}

function checkOutlines(rounds: RoundColumns[], when: WhenRedrawn): boolean {
	const vintages = [...new Set(rounds.map(({ vintage }) => vintage))].sort();
	const redrawn = vintages.length > 1;
	if (redrawn && when === 'refuse')
		throw invalidField('election', 'electoral-map.outlines_differ', { vintages: vintages.join(', ') });
	return redrawn;
}

const ratio = (above: Float64Array, below: Float64Array) =>
	above.map((value, at) => ((below[at] as number) > 0 ? value / (below[at] as number) : Number.NaN));

/** Voters among the registered. */
export const turnoutOf = ({ voters, registered }: RoundColumns) => ratio(voters, registered);

/** Our votes among the valid ones. */
export const shareOf = ({ ours, valid }: RoundColumns) => ratio(ours, valid);

/**
 * How far each station is from the share of its group (its commune, by number in `groups`), or of all: sums of votes
 * first, one division after.
 */
export function gapsOf(above: Float64Array, below: Float64Array, groups?: Int32Array): Float64Array {
	const sums = new Map<number, [number, number]>();
	for (const [at, value] of above.entries()) {
		const other = below[at] as number;
		if (Number.isNaN(value) || Number.isNaN(other)) continue;
		const sum = sums.get(groups?.[at] ?? 0) ?? [0, 0];
		sums.set(groups?.[at] ?? 0, [sum[0] + value, sum[1] + other]);
	}
	return ratio(above, below).map((share, at) => {
		const [total, all] = sums.get(groups?.[at] ?? 0) ?? [0, 0];
		return share - total / all;
	});
}

/**
 * Votes that sleep: registered × (best comparable turnout − expected turnout) × our share in the low-turnout round.
 * `expected` is the turnout of that round unless it is given. Never below 0.
 */
export function reserveOf(
	low: RoundColumns,
	comparable: RoundColumns[],
	{ when, expected }: { when: WhenRedrawn; expected?: Float64Array },
): Compared {
	const redrawn = checkOutlines([low, ...comparable], when);
	const turnouts = comparable.map(turnoutOf);
	const awaited = expected ?? turnoutOf(low);
	const share = shareOf(low);
	const values = low.registered.map((registered, at) => {
		const best = extremeOf(turnouts, at, Math.max);
		return registered * Math.max(best - (awaited[at] as number), 0) * (share[at] as number);
	});
	return { values, redrawn };
}

/** Our best share minus our worst one over comparable rounds; NaN with fewer than two of them. */
export function volatilityOf(rounds: RoundColumns[], when: WhenRedrawn): Compared {
	const redrawn = checkOutlines(rounds, when);
	const shares = rounds.map(shareOf);
	const values = Float64Array.from(shares[0] ?? [], (_, at) => {
		const known = shares.filter((share) => !Number.isNaN(share[at]));
		return known.length < 2 ? Number.NaN : extremeOf(known, at, Math.max) - extremeOf(known, at, Math.min);
	});
	return { values, redrawn };
}

/** Our share now minus our share before. */
export function swingOf(now: RoundColumns, before: RoundColumns, when: WhenRedrawn): Compared {
	const redrawn = checkOutlines([now, before], when);
	const earlier = shareOf(before);
	return { values: shareOf(now).map((share, at) => share - (earlier[at] as number)), redrawn };
}

/** A station's share after a swing of the whole territory from `from` to `to`: it cannot leave 0 and 1. */
export function projectSwing(share: number, from: number, to: number): number {
	const swing = to - from;
	return swing > 0 ? share + (swing * (1 - share)) / (1 - from) : share * (1 + swing / from);
}

function extremeOf(columns: Float64Array[], at: number, choose: (...values: number[]) => number): number {
	const known = columns.map((column) => column[at] as number).filter((value) => !Number.isNaN(value));
	return known.length ? choose(...known) : Number.NaN;
}
