/** How the bytes of a table are written. */
export type Encoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be';

/** What separates cells; null when the table has a single column. */
export type Separator = ';' | ',' | '\t' | '|' | null;

/** What a file is when it is not a table of text. */
export type NotATableKind =
	| 'empty'
	| 'too_large'
	| 'xlsx'
	| 'ods'
	| 'xls'
	| 'zip'
	| 'archive'
	| 'pdf'
	| 'image'
	| 'html'
	| 'xml'
	| 'json'
	| 'rtf'
	| 'vcard'
	| 'nul_bytes'
	| 'binary';

export type NotATable = {
	ok: false;
	code: 'not_a_table';
	kind: NotATableKind;
	/** For `too_large`: the limit in bytes. */
	limit?: number;
};

/** What is odd about one line; its cells are given all the same. */
export type LineProblem =
	| { code: 'too_few_cells' | 'too_many_cells'; expected: number; found: number }
	| { code: 'stray_quote' };

/** A line that is not blank. `line` is its number as a spreadsheet shows it: 1 is the first line of the file. */
export type Row = { line: number; cells: string[]; problem?: LineProblem };

/** What is odd about the header. `column` counts from 0. */
export type HeaderProblem =
	| { code: 'missing' }
	| { code: 'empty_name'; column: number }
	| { code: 'duplicate_name'; column: number; first: number };

export type Table = {
	ok: true;
	encoding: Encoding;
	/** False when the bytes look like none of the encodings we know, or like two of them. */
	encodingCertain: boolean;
	byteOrderMark: boolean;
	separator: Separator;
	/** Names of columns as written, spaces tidied; all empty when the file has no header. */
	header: string[];
	/** Line of the header, or 0 when the file has none. */
	headerLine: number;
	headerProblems: HeaderProblem[];
	/** Lines after the header. May be walked several times. Throws `TableStopped` past the limit of lines. */
	rows: AsyncIterable<Row>;
};

export type ReadOptions = {
	/** Most bytes accepted; 50 MB unless told. */
	maxBytes?: number;
	/** Most lines accepted; 400 000 unless told. */
	maxRows?: number;
	/** What a person chose, when the detection was wrong. */
	encoding?: Encoding;
	separator?: Separator;
	hasHeader?: boolean;
};
