import {
	type Columns,
	columnsOf,
	fold,
	isVoiceColumn,
	type VoiceColumns,
	voiceColumnsOf,
} from './columns.ts';

/**
 * How a table of results is laid out. `unnamed` (A): only the first candidate's columns have names. `numbered` (B):
 * "Voix 1", "Voix 2". `general` and `candidates` (C): the two tables of data.gouv. `wide`, `long` (D): one column, or
 * one row, per candidate. `paris`: the city's portal.
 */
export type ResultsLayout = 'unnamed' | 'numbered' | 'general' | 'candidates' | 'wide' | 'long' | 'paris';

export interface Layout {
	layout: ResultsLayout;
	level: 'station' | 'constituency';
	columns: Columns;
	/** Blocks of columns, one per candidate; in `unnamed` the first, which comes again every `width` columns. */
	blocks: VoiceColumns[];
	/** Columns of a block of `unnamed`. */
	width: number;
	/** Candidates that are columns of their own, in `wide` and `paris`. */
	named: { at: number; name: string }[];
}

/** The layout of a table of results by its header; null when it is not one. */
export function layoutOf(header: string[]): Layout | null {
	const end = header.findLastIndex((name) => name.trim() !== '') + 1;
	const folded = header.slice(0, end).map(fold);
	const columns = columnsOf(header);
	const level = levelOf(columns);
	if (!level) return null;
	const found = blocksOf(folded, columns);
	return found && { level, columns, width: 0, blocks: [], named: [], ...found };
}

type Found = Pick<Layout, 'layout'> & Partial<Layout>;

function levelOf({
	station,
	parisStation,
	identifier,
	commune,
	constituency,
}: Columns): Layout['level'] | null {
	if (station !== undefined || parisStation !== undefined || identifier !== undefined) return 'station';
	return commune === undefined && constituency !== undefined ? 'constituency' : null;
}

function blocksOf(folded: string[], columns: Columns): Found | null {
	const isOfDatagouv = columns.election !== undefined || columns.identifier !== undefined;
	const first = voiceColumnsOf(folded);
	const hasVotes = first.votes !== undefined;
	if (columns.registered === undefined)
		return isOfDatagouv && hasVotes ? { layout: 'candidates', blocks: [first] } : null;
	const numbered = numberedBlocks(folded);
	if (numbered.length > 0) return { layout: 'numbered', blocks: numbered };
	if (hasVotes) return repeats(folded, columns) ?? { layout: 'long', blocks: [first] };
	return isOfDatagouv ? { layout: 'general' } : inColumns(folded, columns);
}

function inColumns(folded: string[], columns: Columns): Found {
	const layout = columns.parisStation === undefined ? 'wide' : 'paris';
	return { layout, named: namedCandidates(folded, columns) };
}

function numberedBlocks(folded: string[]): VoiceColumns[] {
	const last = folded.filter((name) => /^voix \d+$/.test(name)).length;
	return Array.from({ length: last }, (_, at) => {
		const ending = ` ${at + 1}`;
		return voiceColumnsOf(folded.map((name) => (name.endsWith(ending) ? name.slice(0, -ending.length) : '')));
	});
}

/** The Ministry's own header starts with "Code du département", and its candidates at the first name about one. */
function repeats(folded: string[], { valid = 0 }: Columns): Found | null {
	if (!folded.includes('code du departement') && !folded.includes('code departement')) return null;
	const start = folded.findIndex((name, at) => at > valid && isVoiceColumn(name));
	const again = folded.indexOf(folded[start] ?? '', start + 1);
	const width = (again < 0 ? folded.length : again) - start;
	return { layout: 'unnamed', blocks: [voiceColumnsOf(folded.slice(start, start + width), start)], width };
}

const ABOUT_PLACES =
	/^(%.*|geo .*|libelle .*|code .*|ratio .*|commune libelle|circonscription|participation|abstentions|bureau id|id)$/;

/** Every column after the last of the counts that is not about the place is a candidate. */
function namedCandidates(folded: string[], columns: Columns): Layout['named'] {
	const { registered = 0, voters = 0, blank = 0, spoilt = 0, valid = 0 } = columns;
	const last = Math.max(registered, voters, blank, spoilt, valid);
	const known = new Set(Object.values(columns));
	return folded.flatMap((name, at) =>
		at > last && !known.has(at) && !ABOUT_PLACES.test(name) ? [{ at, name }] : [],
	);
}
