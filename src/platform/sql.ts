import pg from 'pg';
import tag, { empty, type Sql as Fragment, join, type RawValue, raw } from 'sql-template-tag';

/** A piece of SQL with its parameters, made by the `sql` tag; composes with others. */
export type Sql = Fragment;

type Literal = string | number | boolean;

/**
 * Makes SQL: what stands between braces is a parameter, or another piece of SQL. Beside it, for what cannot be a parameter:
 * `raw` (text as it is: never from a reader), `lit` (a value written out), `ref` (a name, `schema.table.column`), `join`.
 */
export const sql = Object.assign(
	(strings: TemplateStringsArray, ...values: RawValue[]) => tag(strings, ...values),
	{
		raw,
		lit: (value: Literal) => raw(typeof value === 'string' ? pg.escapeLiteral(value) : String(value)),
		ref: (name: string) => raw(name.split('.').map(pg.escapeIdentifier).join('.')),
		join: (parts: readonly RawValue[], between = ', ') => (parts.length ? join(parts, between) : empty),
	},
);

/** A list of values as one array parameter: `= any(${list(ids, 'uuid')})`. */
export const list = (values: readonly unknown[], type: 'uuid' | 'text' | 'int' | 'timestamptz') =>
	sql`${[...values]}::${raw(type)}[]`;

/** `a and b and c`; nothing means true. */
export const all = (parts: Sql[]): Sql => (parts.length ? sql`(${sql.join(parts, ' and ')})` : sql`true`);
/** `a or b or c`; nothing means false. */
export const any = (parts: Sql[]): Sql => (parts.length ? sql`(${sql.join(parts, ' or ')})` : sql`false`);
