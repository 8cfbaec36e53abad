import { type Sql, sql } from '#platform/sql.ts';

/** A thing with a time to be kept: how it comes to be at an instant, until when it is kept, and whether it is still there. */
export interface Line {
	table: string;
	/** What happened at that instant. */
	when: string;
	/** How long it is kept after that, as PostgreSQL says it. */
	kept: string;
	made: (at: Date, id: string) => Sql[];
	/** The rows that must be there just before and not just after; by `id` unless said. */
	left?: (id: string) => Sql;
}

/** A row of a table, by its columns. */
export const held =
	(table: string, columns: string, values: (at: Date, id: string) => Sql) => (at: Date, id: string) => [
		sql`insert into ${sql.ref(table)} (${sql.raw(columns)}) values (${values(at, id)})`,
	];

/** An end that never comes. */
export const never = sql`'infinity'::timestamptz`;
