import { invalidField } from '#platform/errors.ts';
import type { Count, Voice } from '../model.ts';

/** What a row or a column of a table of transfers stands for. */
export interface Choice {
	kind: 'candidate' | 'others' | 'blank' | 'absent' | 'no_vote';
	/** As printed, for a candidate; empty otherwise. */
	name: string;
	/** Over all the stations; of the second round, brought to the registered of the first. */
	total: number;
}

/** The two rounds in the stations that have both: one line per station, in the order of choices. */
export interface Margins {
	from: Choice[];
	to: Choice[];
	stations: number;
	/** Station after station. */
	x: Float64Array;
	/** The same, each station brought to its registered of the first round. */
	y: Float64Array;
	/** Stations that only one of the two rounds has, and their registered. */
	unmatched: { stations: number; registered: number };
}

export interface MarginOptions {
	/** What makes one row of several voices: the candidate by default, the nuance between two constituencies. */
	choice?: (voice: Voice) => string;
}

/** Under it a table of transfers says nothing that can be believed. */
export const LEAST_STATIONS = 50;
// Under this many stations no more than five rows can be told apart.
const FEW_STATIONS = 100;
const FEW_ROWS = 5;
const SMALL_SHARE = 0.03;

/**
 * Lays two rounds side by side. Candidates under 3 % of the votes are grouped; people who did not vote, and ballots
 * blank or spoilt, are rows as well. Refused under 50 stations; five rows at most under 100.
 */
export function marginsOf(first: Count[], second: Count[], options: MarginOptions = {}): Margins {
	const choice = options.choice ?? ((voice: Voice) => voice.candidate);
	const later = new Map(second.map((count) => [count.key, count]));
	const pairs = first.flatMap((before) => {
		const after = later.get(before.key);
		return after && before.registered > 0 && after.registered > 0 ? [{ before, after }] : [];
	});
	if (pairs.length < LEAST_STATIONS)
		throw invalidField('stations', 'electoral-map.transfers_few_stations', {
			stations: pairs.length,
			least: LEAST_STATIONS,
		});
	const most = pairs.length < FEW_STATIONS ? FEW_ROWS : Number.POSITIVE_INFINITY;
	const from = tableOf(
		pairs.map(({ before }) => before),
		choice,
		most,
	);
	const to = tableOf(
		pairs.map(({ after }) => after),
		choice,
		Number.POSITIVE_INFINITY,
	);
	const ratios = pairs.map(({ before, after }) => before.registered / after.registered);
	const y = to.cells.map((votes, at) => votes * (ratios[Math.floor(at / to.choices.length)] ?? 1));
	return {
		from: withTotals(from.choices, from.cells),
		to: withTotals(to.choices, y),
		stations: pairs.length,
		x: from.cells,
		y,
		unmatched: unmatchedOf(first, second, new Set(pairs.map(({ before }) => before.key))),
	};
}

type Untold = Omit<Choice, 'total'>;

function tableOf(counts: Count[], choice: (voice: Voice) => string, most: number) {
	const named = candidatesOf(counts, choice, most);
	const split = most === Number.POSITIVE_INFINITY;
	const choices: Untold[] = [
		...named.kept.map(({ name }) => ({ kind: 'candidate' as const, name })),
		...(named.grouped ? [{ kind: 'others' as const, name: '' }] : []),
		...(split ? (['blank', 'absent'] as const) : (['no_vote'] as const)).map((kind) => ({ kind, name: '' })),
	];
	const place = new Map(named.kept.map(({ id }, at) => [id, at]));
	const cells = new Float64Array(counts.length * choices.length);
	for (const [row, count] of counts.entries()) {
		const line = cells.subarray(row * choices.length, (row + 1) * choices.length);
		for (const voice of count.voices) {
			const at = place.get(choice(voice)) ?? named.kept.length;
			line[at] = (line[at] ?? 0) + voice.votes;
		}
		addUncast(line, count, split);
	}
	return { choices, cells };
}

/** Ballots that are nobody's, whatever the file calls blank, and people who did not come: the last ends of a line. */
function addUncast(line: Float64Array, { voices, voters, registered }: Count, split: boolean): void {
	const votes = voices.reduce((sum, voice) => sum + voice.votes, 0);
	const came = Math.max(voters, votes);
	line[line.length - 1] = Math.max(registered - (split ? came : votes), 0);
	if (split) line[line.length - 2] = came - votes;
}

/** Candidates that have a row of their own, the first the one with most votes. */
function candidatesOf(counts: Count[], choice: (voice: Voice) => string, most: number) {
	const sums = new Map<string, { id: string; name: string; votes: number }>();
	for (const { voices } of counts)
		for (const voice of voices) {
			const id = choice(voice);
			const sum = sums.get(id) ?? { id, name: id === voice.candidate ? voice.name : id, votes: 0 };
			sum.votes += voice.votes;
			sums.set(id, sum);
		}
	const all = [...sums.values()].sort((a, b) => b.votes - a.votes || (a.id < b.id ? -1 : 1));
	const total = all.reduce((sum, { votes }) => sum + votes, 0);
	const large = all.filter(({ votes }) => votes >= total * SMALL_SHARE);
	// Two rows are for the others and for people who chose nobody.
	const kept = large.slice(0, most - 2);
	return { kept, grouped: kept.length < all.length };
}

function withTotals(choices: Untold[], cells: Float64Array): Choice[] {
	return choices.map((choice, at) => {
		let total = 0;
		for (let cell = at; cell < cells.length; cell += choices.length) total += cells[cell] ?? 0;
		return { ...choice, total };
	});
}

function unmatchedOf(first: Count[], second: Count[], paired: Set<string>) {
	const before = new Set(first.map(({ key }) => key));
	const alone = [...first, ...second.filter(({ key }) => !before.has(key))].filter(
		({ key }) => !paired.has(key),
	);
	return { stations: alone.length, registered: alone.reduce((sum, { registered }) => sum + registered, 0) };
}
