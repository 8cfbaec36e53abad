import type { Row, Table } from '#platform/table/index.ts';
import type { Remark, Voice } from '../model.ts';
import type { Layout } from './layout.ts';
import { cellAt, type Entry, entryOf, placeOf, RowProblem } from './rows.ts';
import { voicesReader } from './voices.ts';

/** A table of results and how it is laid out. */
export interface Laid {
	table: Table;
	layout: Layout;
}

/** What was read of the rows: one entry per station, and what keeps the file from being taken. */
export interface Gathered {
	entries: Entry[];
	problems: Remark[];
	/** Elections named by the rows of data.gouv. */
	elections: Set<string>;
}

/** Enough for a person to see what is wrong; a file of 70 000 wrong lines is one problem. */
export const MOST_TOLD = 50;

type Each = (row: Row) => void;

/** Walks the rows of the wanted election; a row that cannot be read is a problem, and the next ones are still told. */
async function walk({ table, layout }: Laid, found: Gathered, wanted: string | undefined, each: Each) {
	for await (const row of table.rows) {
		const election = cellAt(row, layout.columns.election);
		if (election) found.elections.add(election);
		if (!wanted || !election || election === wanted) attempt(row, found, each);
		if (found.problems.length >= MOST_TOLD) return;
	}
}

function attempt(row: Row, found: Gathered, each: Each): void {
	try {
		each(row);
	} catch (problem) {
		if (!(problem instanceof RowProblem)) throw problem;
		found.problems.push(problem.remark);
	}
}

const nothing = (): Gathered => ({ entries: [], problems: [], elections: new Set() });

/** One row per station: duplicates stay, to be refused by line. */
export async function gatherRows(laid: Laid, wanted?: string): Promise<Gathered> {
	const found = nothing();
	const voicesOf = voicesReader(laid.layout, laid.table.header);
	await walk(laid, found, wanted, (row) => {
		const entry = entryOf(row, laid.layout);
		entry.voices = voicesOf(row);
		found.entries.push(entry);
	});
	return found;
}

/** One row per candidate, with the counts of the station on each. */
export async function gatherCandidates(laid: Laid, wanted?: string): Promise<Gathered> {
	const found = nothing();
	const stations = new Map<string, Entry>();
	const voicesOf = voicesReader(laid.layout, laid.table.header);
	await walk(laid, found, wanted, (row) => {
		const read = entryOf(row, laid.layout);
		const entry = stations.get(placeName(read)) ?? read;
		if (entry === read) {
			stations.set(placeName(read), read);
			found.entries.push(read);
		} else if (!isSameCount(entry, read)) refuseRow(row, 'electoral-map.problem_station_changes', entry.line);
		addVoices(entry, voicesOf(row), row);
	});
	return found;
}

/** The two tables of data.gouv: counts in one, voices in the other. */
export async function gatherPair(general: Laid, candidates: Laid, wanted?: string): Promise<Gathered> {
	const found = await gatherRows(general, wanted);
	const stations = new Map(found.entries.map((entry) => [placeName(entry), entry]));
	const voicesOf = voicesReader(candidates.layout, candidates.table.header);
	await walk(candidates, found, wanted, (row) => {
		const entry = stations.get(placeName(placeOf(row, candidates.layout)));
		if (!entry) refuseRow(row, 'electoral-map.problem_votes_without_station');
		else addVoices(entry, voicesOf(row), row);
	});
	return found;
}

/** All digits are padded here, so that the two tables meet if one alone lost its zeros. */
function placeName({ commune, number }: Pick<Entry, 'commune' | 'number'>): string {
	return `${commune}_${/^\d+$/.test(number) ? number.padStart(4, '0') : number}`;
}

function isSameCount(a: Entry, b: Entry): boolean {
	return a.registered === b.registered && a.voters === b.voters && a.valid === b.valid && a.blank === b.blank;
}

function addVoices(entry: Entry, voices: Voice[], row: Row): void {
	for (const voice of voices) {
		if (entry.voices.some(({ candidate }) => candidate === voice.candidate))
			refuseRow(row, 'electoral-map.problem_candidate_twice', entry.line, voice.name);
		entry.voices.push(voice);
	}
}

function refuseRow(row: Row, key: string, first = 0, name = ''): never {
	throw new RowProblem({ key, args: { ...(first && { first }), ...(name && { name }) }, line: row.line });
}
