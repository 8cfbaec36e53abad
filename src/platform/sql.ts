import {
	type CompiledQuery,
	DummyDriver,
	Kysely,
	PostgresAdapter,
	PostgresIntrospector,
	PostgresQueryCompiler,
	type RawBuilder,
	sql,
} from 'kysely';

export { sql };
/** A piece of SQL with its parameters, made by the `sql` tag; composes with others. */
export type Sql<T = unknown> = RawBuilder<T>;

// Kysely only compiles here; postgres.js runs the text as a prepared statement, so a hot query is planned once.
const compiler = new Kysely<Record<string, never>>({
	dialect: {
		createAdapter: () => new PostgresAdapter(),
		createDriver: () => new DummyDriver(),
		createIntrospector: (db) => new PostgresIntrospector(db),
		createQueryCompiler: () => new PostgresQueryCompiler(),
	},
});

/** The text and parameters of a query. */
export const compile = (query: Sql): CompiledQuery => query.compile(compiler);

/** A list of values as one array parameter: `= any(${list(ids, 'uuid')})`. */
export const list = (values: readonly unknown[], type: 'uuid' | 'text' | 'int' | 'timestamptz') =>
	sql`${[...values]}::${sql.raw(type)}[]`;

/** `a and b and c`; nothing means true. */
export const all = (parts: Sql[]): Sql<boolean> =>
	parts.length ? sql`(${sql.join(parts, sql` and `)})` : sql`true`;
/** `a or b or c`; nothing means false. */
export const any = (parts: Sql[]): Sql<boolean> =>
	parts.length ? sql`(${sql.join(parts, sql` or `)})` : sql`false`;
