import { hash } from 'node:crypto';
import type { Tx } from '#platform/db.ts';
import { fingerprint } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import type { ColumnGuess, FieldOf, FileKind, Mapping, MemberLine, UnitLine } from './columns/index.ts';

export type State =
	| 'uploaded'
	| 'mapped'
	| 'checked'
	| 'running'
	| 'done'
	| 'undoing'
	| 'undone'
	| 'failed'
	| 'dropped';
export type Plan = 'create' | 'update' | 'same' | 'elsewhere';

/** How a file turned out to be written. */
export interface Reading {
	encoding: string;
	separator: string | null;
	headerLine: number;
	lines: number;
}

/** A column as it was understood, with three examples. */
export type Column = ColumnGuess & { examples: string[] };

/** One value of the column of choices; without `key` nobody said yet what it becomes. */
export interface ChoiceValue {
	folded: string;
	written: string;
	lines: number;
	key?: string | null;
}

/** How many lines went where. */
export type Counts = Partial<
	Record<
		| 'created'
		| 'updated'
		| 'same'
		| 'proposed'
		| 'refused'
		| 'skipped'
		| 'lapsed'
		| 'kept'
		| 'restored'
		| 'removed',
		number
	>
>;

/** Two tallies in one. */
export const addCounts = (one: Counts, other: Counts): Counts => {
	const sum = { ...one };
	for (const [name, n] of Object.entries(other) as [keyof Counts, number][])
		if (n) sum[name] = (sum[name] ?? 0) + n;
	return sum;
};

/** One import, as its row is. */
export interface Import {
	id: string;
	kind: FileKind | 'territory';
	by_id: string | null;
	undone_by: string | null;
	unit_id: string;
	stored_id: string | null;
	file_name: string;
	bytes: number;
	reading: Reading;
	columns: Column[];
	mapping: Record<string, number> | null;
	choices: ChoiceValue[];
	state: State;
	lapse: boolean;
	counts: Counts;
	done: number;
	total: number;
	tries: number;
	problem: string | null;
	created_at: Date;
	started_at: Date | null;
	beat_at: Date | null;
	finished_at: Date | null;
	undo_until: Date | null;
}

/** What is left to decide about a line. */
export interface LineDoubt {
	field: string;
	code: string;
	given: string;
	fix: string | null;
	otherwise: 'as_written' | 'without' | 'refused';
	/** For duplicates. */
	firstLine?: number;
}

/** One line of the file, read and planned. */
export interface Line<V = MemberLine | UnitLine> {
	line: number;
	cells: string[];
	value: V | null;
	problems: LineDoubt[];
	state: 'ready' | 'doubt' | 'refused';
	skipped?: boolean;
	unit_id: string | null;
	subject_id: string | null;
	plan: Plan | null;
	key: string | null;
	hash: string | null;
	rank: number;
}

export const columnsOf = sql`import.id, import.kind, import.by_id, import.undone_by, import.unit_id, import.stored_id, import.file_name, import.bytes::float8 as bytes,
	import.reading, import.columns, import.mapping, import.choices, import.state, import.lapse, import.counts, import.done, import.total, import.tries,
	import.problem, import.created_at, import.started_at, import.beat_at, import.finished_at, import.undo_until`;

/**
 * Plans each query anew until the transaction ends: tables grow a hundredfold during a first import, and a plan kept
 * from when they were empty would read them whole at each batch.
 */
export const planAnew = (tx: Tx) =>
	tx.run(sql`select set_config('plan_cache_mode', 'force_custom_plan', true)`);

/** The import, locked until the transaction ends. Runs as the house. */
export const hold = (tx: Tx, id: string) =>
	tx.one<Import>(sql`select ${columnsOf} from imports.import where import.id = ${id}::uuid for update`);

/** A checked mapping comes back from the database as it went in. */
export const mappingOf = <K extends FileKind>(one: Import) =>
	({ columns: one.mapping ?? {} }) as unknown as Mapping<K>;

/** The field of choices of each kind of file. */
export const choiceField = { members: 'membershipType', units: 'kind' } as const satisfies {
	[K in FileKind]: FieldOf<K>;
};

let pepper: string | undefined;

/** A keyed print of what a line says: tells equals apart without keeping what they say. */
export function print(text: string): string {
	pepper ??= fingerprint('import', 'line');
	return hash('sha256', `${pepper}${text}`, 'base64url');
}

/** The state a line is in, from what is left to decide. */
export const stateOf = (problems: readonly LineDoubt[]): Line['state'] =>
	problems.some(({ otherwise }) => otherwise === 'refused') ? 'refused' : problems.length ? 'doubt' : 'ready';

/** Seconds that the work under way should still take; null while nothing can be said. */
export function secondsLeft({ state, done, total, started_at }: Import, now = new Date()): number | null {
	if (!['mapped', 'running', 'undoing'].includes(state) || !done || !started_at) return null;
	return Math.max(0, ((now.getTime() - started_at.getTime()) / 1000 / done) * (total - done));
}
