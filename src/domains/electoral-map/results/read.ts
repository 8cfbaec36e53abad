import type { Table } from '#platform/table/index.ts';
import type { Count, Remark } from '../model.ts';
import { checkEntries } from './check.ts';
import { type Column, shownName } from './columns.ts';
import { type Gathered, gatherCandidates, gatherPair, gatherRows, type Laid, MOST_TOLD } from './gather.ts';
import { type Layout, layoutOf, type ResultsLayout } from './layout.ts';
import type { Entry } from './rows.ts';
import { keysOf } from './stations.ts';

export interface ResultsOptions {
	/** Which election to take (`2022_pres_t1`) when the file holds several. */
	election?: string;
}

/** The results of one round, as a file gives them. */
export interface ResultsRead {
	layout: ResultsLayout | null;
	/** By constituency the keys are `0101`, and nothing of it goes to a station: it serves to check sums. */
	level: Layout['level'];
	/** What data.gouv calls the election, when the file says. */
	election: string | null;
	/** Empty as soon as there is one problem: nothing is taken by halves. */
	counts: Count[];
	totals: Totals;
	/** What keeps the file out. */
	problems: Remark[];
	/** What a person should know; the file is taken. */
	remarks: Remark[];
}

export interface Totals {
	stations: number;
	registered: number;
	voters: number;
	valid: number;
}

/**
 * Reads the results of one round from one table, or from the two of data.gouv in any order. The whole is read and
 * checked before anything is given. Shares are never read: they are not added.
 */
export async function readResults(tables: Table[], { election }: ResultsOptions = {}): Promise<ResultsRead> {
	const laid = tables.flatMap((table): Laid[] => {
		const layout = layoutOf(table.header);
		return layout ? [{ table, layout }] : [];
	});
	const problem = unfit(laid);
	if (problem) return refused(laid[0]?.layout, [problem]);
	const found = await gather(laid, election);
	const layout = laid[0]?.layout;
	const several = severalElections(found.elections, election);
	return several ? refused(layout, [several]) : conclude(found, layout, election);
}

function gather(laid: Laid[], wanted?: string): Promise<Gathered> {
	const [general, candidates] = pairOf(laid);
	if (general && candidates) return gatherPair(general, candidates, wanted);
	const [only] = laid as [Laid];
	return only.layout.layout === 'long' ? gatherCandidates(only, wanted) : gatherRows(only, wanted);
}

function pairOf(laid: Laid[]): [Laid | undefined, Laid | undefined] {
	const of = (name: ResultsLayout) => laid.find(({ layout }) => layout.layout === name);
	return [of('general'), of('candidates')];
}

/** What is missing, or too many, before any row is read; null when all is there. */
function unfit(laid: Laid[]): Remark | null {
	const [general, candidates] = pairOf(laid);
	if (laid.length === 0) return { key: 'electoral-map.problem_no_results', args: {} };
	if (laid.length > (general && candidates ? 2 : 1))
		return { key: 'electoral-map.problem_several_tables', args: { count: laid.length } };
	if (candidates && !general) return { key: 'electoral-map.problem_no_general', args: {} };
	if (general && !candidates) return { key: 'electoral-map.problem_no_candidates', args: {} };
	const missing = laid.flatMap(({ layout }) => missingOf(layout));
	if (missing.length === 0) return null;
	return { key: 'electoral-map.problem_missing_columns', args: { columns: missing.join(', ') } };
}

function missingOf({ layout, level, columns }: Layout): string[] {
	const places: Column[] = level === 'station' ? ['commune', 'station'] : ['department', 'constituency'];
	const isNamedInOne = columns.identifier !== undefined || columns.parisStation !== undefined;
	const counts: Column[] = layout === 'candidates' ? [] : ['registered', 'voters', 'valid'];
	const needed = [...(isNamedInOne ? [] : places), ...counts];
	return needed.filter((column) => columns[column] === undefined).map(shownName);
}

function severalElections(found: Set<string>, wanted?: string): Remark | null {
	const elections = [...found].slice(0, 20).join(', ');
	if (wanted && found.size > 0 && !found.has(wanted))
		return { key: 'electoral-map.problem_election_absent', args: { election: wanted, elections } };
	if (wanted || found.size < 2) return null;
	return { key: 'electoral-map.problem_several_elections', args: { count: found.size, elections } };
}

function conclude({ entries, problems, elections }: Gathered, layout?: Layout, wanted?: string): ResultsRead {
	if (problems.length > 0) return refused(layout, problems);
	if (entries.length === 0) return refused(layout, [{ key: 'electoral-map.problem_no_rows', args: {} }]);
	const isByStation = layout?.level === 'station';
	const { keys, remarks } = isByStation ? keysOf(entries) : ofConstituencies(entries);
	const checked = checkEntries(entries, keys);
	if (checked.problems.length > 0) return refused(layout, checked.problems);
	const [election = null] = wanted ? [wanted] : elections;
	return {
		...refused(layout, []),
		election,
		counts: entries.map((entry, at) => countOf(entry, keys[at] ?? '')),
		totals: totalsOf(entries),
		remarks: [...remarks, ...withoutVoices(entries), ...checked.remarks],
	};
}

function ofConstituencies(entries: Entry[]): { keys: string[]; remarks: Remark[] } {
	const remark = { key: 'electoral-map.remark_by_constituency', args: { count: entries.length } };
	return { keys: entries.map(({ commune }) => commune), remarks: [remark] };
}

function withoutVoices(entries: Entry[]): Remark[] {
	const isEmpty = entries.every(({ voices }) => voices.length === 0);
	return isEmpty ? [{ key: 'electoral-map.remark_turnout_only', args: {} }] : [];
}

function countOf({ registered, voters, blank, spoilt, valid, voices }: Entry, key: string): Count {
	return { key, registered, voters, blank, spoilt, valid, voices };
}

/** The sums of a file, to hold against those its publisher prints. */
function totalsOf(entries: Entry[]): Totals {
	const sum = (of: 'registered' | 'voters' | 'valid') =>
		entries.reduce((total, entry) => total + entry[of], 0);
	return {
		stations: entries.length,
		registered: sum('registered'),
		voters: sum('voters'),
		valid: sum('valid'),
	};
}

function refused(layout: Layout | undefined, problems: Remark[]): ResultsRead {
	return {
		layout: layout?.layout ?? null,
		level: layout?.level ?? 'station',
		election: null,
		counts: [],
		totals: { stations: 0, registered: 0, voters: 0, valid: 0 },
		problems: problems.slice(0, MOST_TOLD),
		remarks: [],
	};
}
