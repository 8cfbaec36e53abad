import pg from 'pg';
import { raw as plain, Sql as Tagged } from 'sql-template-tag';

type Literal = string | number | boolean;

/**
 * A piece of SQL with its parameters, made by the `sql` tag; composes with others. Its text is put together once for all the
 * pieces of the same shape, when it is sent: a page asks the same questions for everybody, with other parameters.
 */
export class Sql {
	/** What tells its own words from others': the literal they were written as, or the text itself. */
	readonly words: readonly string[] | string;
	readonly given: readonly unknown[];
	#flat: Flat | undefined;

	constructor(words: readonly string[] | string, given: readonly unknown[]) {
		this.words = words;
		this.given = given;
	}

	/** As PostgreSQL reads it: `$1` where the first parameter goes. The same string each time, for the same shape. */
	get text(): string {
		this.#flat ??= flatten(this);
		return this.#flat.text;
	}

	get values(): unknown[] {
		this.#flat ??= flatten(this);
		return this.#flat.values;
	}
}

interface Flat {
	text: string;
	values: unknown[];
}

interface Shape {
	/** The words of each piece in the order they are read, and null for each parameter. */
	marks: readonly unknown[];
	text: string;
}

// By the words of the whole, which few shapes share. Past the limits, texts are put together each time.
const shapes = new Map<Sql['words'], Shape[]>();
const shapesAtMost = 2000;
const perWordsAtMost = 50;
let shapesKept = 0;

function flatten(whole: Sql): Flat {
	const marks: unknown[] = [];
	const values: unknown[] = [];
	note(whole, marks, values);
	const known = shapes.get(whole.words) ?? [];
	for (const shape of known) if (isSame(shape.marks, marks)) return { text: shape.text, values };
	const { text } = tagged(whole);
	if (shapesKept < shapesAtMost && known.length < perWordsAtMost) {
		shapesKept++;
		shapes.set(whole.words, [...known, { marks, text }]);
	}
	return { text, values };
}

function note({ words, given }: Sql, marks: unknown[], values: unknown[]): void {
	marks.push(words);
	for (const one of given) {
		if (one instanceof Sql) note(one, marks, values);
		else {
			marks.push(null);
			values.push(one);
		}
	}
}

function isSame(known: readonly unknown[], marks: readonly unknown[]): boolean {
	if (known.length !== marks.length) return false;
	for (let at = 0; at < marks.length; at++) if (known[at] !== marks[at]) return false;
	return true;
}

const tagged = ({ words, given }: Sql): Tagged =>
	typeof words === 'string'
		? plain(words)
		: new Tagged(
				words,
				given.map((one) => (one instanceof Sql ? tagged(one) : one)),
			);

const raw = (text: string) => new Sql(text, []);
const empty = raw('');

// The words of a list, by what stands between and how many there are.
const joints = new Map<string, (readonly string[])[]>();

function join(parts: readonly unknown[], between: string): Sql {
	if (!parts.length) return empty;
	const known = joints.get(between) ?? [];
	joints.set(between, known);
	known[parts.length] ??= ['', ...Array<string>(parts.length - 1).fill(between), ''];
	return new Sql(known[parts.length]!, [...parts]);
}

/**
 * Makes SQL: what stands between braces is a parameter, or another piece of SQL. Beside it, for what cannot be a parameter:
 * `raw` (text as it is: never from a reader), `lit` (a value written out), `ref` (a name, `schema.table.column`), `join`.
 */
export const sql = Object.assign(
	(strings: TemplateStringsArray, ...values: unknown[]) => new Sql(strings, values),
	{
		raw,
		lit: (value: Literal) => raw(typeof value === 'string' ? pg.escapeLiteral(value) : String(value)),
		ref: (name: string) => raw(name.split('.').map(pg.escapeIdentifier).join('.')),
		join: (parts: readonly unknown[], between = ', ') => join(parts, between),
	},
);

/** A list of values as one array parameter: `= any(${list(ids, 'uuid')})`. */
export const list = (values: readonly unknown[], type: 'uuid' | 'text' | 'int' | 'timestamptz') =>
	sql`${[...values]}::${raw(type)}[]`;

/** `a and b and c`; nothing means true. */
export const all = (parts: Sql[]): Sql => (parts.length ? sql`(${sql.join(parts, ' and ')})` : sql`true`);
/** `a or b or c`; nothing means false. */
export const any = (parts: Sql[]): Sql => (parts.length ? sql`(${sql.join(parts, ' or ')})` : sql`false`);
