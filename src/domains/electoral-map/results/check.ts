import type { Remark } from '../model.ts';
import { MOST_TOLD } from './gather.ts';
import type { Entry } from './rows.ts';

/** What is wrong with the totals of the stations of a file. */
export interface Checked {
	/** Keep the file out. */
	problems: Remark[];
	/** Told; the file is taken as published. */
	remarks: Remark[];
}

/** Under this many stations, and under this share of them, totals that do not add up are the publisher's own slips. */
const FEW = 3;
const SMALL_SHARE = 0.01;

/**
 * Holds every station against arithmetic, and against the others: a station given twice keeps the file out, and so do
 * totals wrong in more than a few (columns then slid, or the file is cut). `keys` are those of `entries`, in order.
 */
export function checkEntries(entries: Entry[], keys: string[]): Checked {
	const problems = twice(entries, keys);
	const wrong = entries.flatMap((entry, at) => wrongTotals(entry, keys[at] ?? ''));
	const isFar = wrong.length > FEW && wrong.length > entries.length * SMALL_SHARE;
	if (isFar)
		problems.push({
			key: 'electoral-map.problem_totals',
			args: { count: wrong.length, stations: entries.length },
		});
	const told = wrong.slice(0, MOST_TOLD);
	if (wrong.length > told.length)
		told.push({ key: 'electoral-map.remark_and_more', args: { count: wrong.length - told.length } });
	return isFar ? { problems: [...problems, ...told], remarks: [] } : { problems, remarks: told };
}

function twice(entries: Entry[], keys: string[]): Remark[] {
	const first = new Map<string, number>();
	const problems: Remark[] = [];
	for (const [at, { line }] of entries.entries()) {
		const key = keys[at] ?? '';
		const before = first.get(key);
		if (before === undefined) first.set(key, line);
		else if (problems.length < MOST_TOLD)
			problems.push({
				key: 'electoral-map.problem_station_twice',
				args: { station: key, first: before },
				line,
			});
	}
	return problems;
}

/** The first sum of a station that does not hold; a file without candidates has no sum of voices. */
function wrongTotals(entry: Entry, station: string): Remark[] {
	const { registered, voters, blank, spoilt, valid, voices, line } = entry;
	const wrong = (key: string, a: number, b: number): Remark[] => [{ key, args: { station, a, b }, line }];
	if (voters > registered) return wrong('electoral-map.remark_more_voters', voters, registered);
	const papers = valid + (blank ?? 0) + (spoilt ?? 0);
	const isWhole = blank !== null && spoilt !== null;
	if (isWhole ? papers !== voters : papers > voters)
		return wrong('electoral-map.remark_papers', papers, voters);
	const votes = voices.reduce((sum, voice) => sum + voice.votes, 0);
	return voices.length === 0 || votes === valid ? [] : wrong('electoral-map.remark_votes', votes, valid);
}
