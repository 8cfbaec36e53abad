import type { Tx } from '../db.ts';
import type { Domain, Privacy } from '../domain.ts';
import { list, sql } from '../sql.ts';
import { own } from './own.ts';

/** One table that holds something about people. */
export interface Held {
	domain: string;
	table: string;
	/** The column that says whose row it is. */
	person: string | null;
	columns: string[];
	kept: string;
	onErase: Privacy['tables'][string]['onErase'];
}

/** The map of everything kept about people, for the page that says it. */
export const keptAbout = (domains: readonly Domain[]): Held[] =>
	[...domains.map(({ name, privacy }) => ({ name, privacy })), { name: 'platform', privacy: own }].flatMap(
		({ name, privacy }) =>
			Object.entries(privacy?.tables ?? {}).map(([table, held]) => ({ domain: name, table, ...held })),
	);

interface Column {
	table: string;
	name: string;
	type: string;
	enumerated: boolean;
}

/** Columns that are nobody's data: by table, which ones and why. */
export type Impersonal = Readonly<Record<string, { why: string; columns?: readonly string[] }>>;

/** Names of columns that tell of a person. */
export const namesPerson =
	/(^|_)(person|owner|actor|author|host|member|subject|inviter|lender|borrower|reporter|watcher|officer|friend|blocked|muted|asker|holder|from|to|by)_id$|(^|_)by$|^by_id$/;
const mayHoldWords = ['text', 'jsonb', 'bytea', 'ARRAY', 'tsvector'];

/**
 * Columns that may name a person or hold their words and that no domain has mapped. Tables without people are listed with a
 * reason, so that a new table is a decision. Gives `schema.table.column`; for a table nobody spoke of, `schema.table`.
 */
export async function unmapped(
	tx: Tx,
	domains: readonly Domain[],
	impersonal: Impersonal,
): Promise<string[]> {
	const mapped = new Map(
		keptAbout(domains).map(({ table, person, columns }) => [table, person ? [person, ...columns] : columns]),
	);
	const missing = new Set<string>();
	for (const column of await columnsOf(tx)) {
		const { table, name } = column;
		const known = mapped.get(table);
		const listed = impersonal[table];
		if (!known && !listed) missing.add(table);
		else if (
			![...(known ?? []), ...(listed?.columns ?? [])].includes(name) &&
			isPersonal(column, known !== undefined)
		)
			missing.add(`${table}.${name}`);
	}
	return [...missing].toSorted();
}

/** In any table, an id that may name a person; in a table about people, also any words that are not one of a few of ours. */
const isPersonal = ({ name, type, enumerated }: Column, isAboutPeople: boolean): boolean =>
	type === 'uuid' ? namesPerson.test(name) : isAboutPeople && !enumerated && mayHoldWords.includes(type);

/** What the map names and the database no longer has: a stale promise. */
export async function stale(tx: Tx, domains: readonly Domain[]): Promise<string[]> {
	const there = new Set((await columnsOf(tx)).map(({ table, name }) => `${table}.${name}`));
	return keptAbout(domains)
		.flatMap(({ table, columns }) => columns.map((name) => `${table}.${name}`))
		.filter((one) => !there.has(one));
}

const outside = ['pg_catalog', 'information_schema', 'jobs', 'public'];

// From the catalogue itself: a table that the house was not given is seen too.
const columnsOf = (tx: Tx): Promise<Column[]> =>
	tx.many(sql`
		select n.nspname || '.' || c.relname as table, a.attname as name,
			case when t.typcategory = 'A' then 'ARRAY' else t.typname::text end as type,
			exists (select from pg_constraint as k where k.contype = 'c' and k.conrelid = c.oid and a.attnum = any (k.conkey)
				and pg_get_constraintdef(k.oid) like '%= ANY (%') as enumerated
		from pg_attribute as a join pg_class as c on c.oid = a.attrelid join pg_namespace as n on n.oid = c.relnamespace
		join pg_type as t on t.oid = a.atttypid
		where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
			and not n.nspname = any (${list(outside, 'text')}) and n.nspname not like 'pg\\_%'
		order by 1, 2`);
