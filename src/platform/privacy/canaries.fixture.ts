import { createHash, randomUUID } from 'node:crypto';
import postgres from 'postgres';
import type { Domain } from '#platform/domain.ts';
import { type Held, keptAbout, namesPerson } from './map.ts';

/** A person made of canaries: every mapped column of every table holds words that exist nowhere else. */
export interface Canary {
	id: string;
	/** Of every thing of theirs, so that rows hang together. */
	thing: string;
	/** `schema.table.column` → the words put there. */
	words: Map<string, string>;
}

interface Column {
	table: string;
	name: string;
	type: string;
	nullable: boolean;
	defaulted: boolean;
	generated: boolean;
	/** The second value that a check allows: the first is often the one that means nothing. */
	allowed: string | null;
}

const uuidOf = (text: string) => {
	const hex = createHash('sha256').update(text).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** Fills a database with canary people, in every table that the map knows, foreign keys aside. */
export async function plant(domains: readonly Domain[], people: number): Promise<Canary[]> {
	const owner = postgres(process.env.COOPOL_OWNER_URL!, { max: 1, onnotice: () => {} });
	try {
		await owner.unsafe('set session_replication_role = replica');
		const columns = Map.groupBy(await columnsOf(owner), ({ table }) => table);
		await dropChecks(owner);
		const held = new Map(
			keptAbout(domains)
				.filter(({ onErase }) => onErase !== 'keep')
				.map((one) => [one.table, one]),
		);
		const canaries = Array.from(
			{ length: people },
			(_, n): Canary => ({ id: uuidOf(`person ${n}`), thing: uuidOf(`thing ${n}`), words: new Map() }),
		);
		for (const canary of canaries) {
			for (const [table, shape] of columns) await put(owner, canary, table, shape, held.get(table));
		}
		return canaries;
	} finally {
		await owner.end();
	}
}

// Rows are made up column by column: rules between columns would refuse them.
async function dropChecks(owner: postgres.Sql): Promise<void> {
	const checks =
		await owner.unsafe(`select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop
		from pg_constraint where contype = 'c' and conrelid <> 0 and connamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`);
	for (const { drop } of checks) await owner.unsafe(drop);
}

async function put(
	owner: postgres.Sql,
	canary: Canary,
	table: string,
	shape: Column[],
	held: Held | undefined,
): Promise<void> {
	await insert(owner, table, rowOf(canary, table, shape, held));
	// Somebody for them to deal with.
	if (table === 'people.person')
		await insert(
			owner,
			table,
			rowOf({ ...canary, id: canary.thing, words: new Map() }, table, shape, undefined),
		);
	// The same person where others speak of them: another row for each column that may name them.
	const others = shape.filter(
		({ name, type }) =>
			type === 'uuid' && held?.columns.includes(name) && name !== held.person && namesPerson.test(name),
	);
	for (const { name } of others) {
		const row = rowOf({ ...canary, thing: randomUUID(), words: new Map() }, table, shape, undefined);
		for (const [column, value] of row)
			if (typeof value === 'string' && value.startsWith('plain-')) row.set(column, `plain-${randomUUID()}`);
		if (held?.person) row.set(held.person, randomUUID());
		await insert(owner, table, row.set(name, canary.id));
	}
}

function rowOf(canary: Canary, table: string, shape: Column[], held: Held | undefined): Map<string, unknown> {
	const row = new Map<string, unknown>();
	for (const column of shape) {
		if (column.generated) continue;
		const value = valueFor(canary, table, column, held);
		if (value !== undefined) row.set(column.name, value);
	}
	return row;
}

function valueFor(canary: Canary, table: string, column: Column, held: Held | undefined): unknown {
	const { name, type, allowed } = column;
	const isMapped = held?.columns.includes(name) ?? false;
	if (type === 'uuid') return isThem(name, isMapped, held) ? canary.id : canary.thing;
	if (name === 'stored_id') return canary.thing.replaceAll('-', '');
	if (allowed !== null) return allowed;
	if (isMapped && ['text', 'jsonb', 'bytea'].includes(type)) return worded(canary, table, name, column);
	return column.defaulted || column.nullable ? undefined : plain(canary, column);
}

const isThem = (name: string, isMapped: boolean, held: Held | undefined): boolean =>
	held?.person === name || (isMapped && !held?.person && namesPerson.test(name));

function worded(canary: Canary, table: string, name: string, { type }: Column): unknown {
	// Keys of the platform carry the person's id.
	const words = `canary ${canary.id.slice(0, 8)} ${table}.${name} end`;
	canary.words.set(`${table}.${name}`, words);
	const text = table.startsWith('platform.') && name === 'key' ? `${canary.id}:${words}` : words;
	if (type === 'jsonb') return JSON.stringify({ words, person: canary.id });
	return type === 'bytea' ? Buffer.from(words) : text;
}

function plain(canary: Canary, { type, name }: Column): unknown {
	if (type === 'ARRAY') return /ancestors|_ids/.test(name) ? `{${canary.thing}}` : '{}';
	if (type === 'jsonb') return '{}';
	if (type === 'bytea') return Buffer.from('plain');
	if (type === 'boolean') return false;
	if (/int|numeric|double/.test(type)) return 0;
	if (/timestamp|date/.test(type)) return new Date();
	if (/^time\b/.test(type)) return '08:00';
	return `plain-${canary.thing}`;
}

async function insert(owner: postgres.Sql, table: string, row: Map<string, unknown>): Promise<void> {
	const names = [...row.keys()];
	const marks = names.map((_, at) => `$${at + 1}`).join(', ');
	await owner
		.unsafe(
			`insert into ${table} (${names.map((name) => `"${name}"`).join(', ')}) values (${marks}) on conflict do nothing`,
			[...row.values()] as never[],
		)
		.catch((error: Error) => {
			throw new Error(`canary in ${table}: ${error.message}`, { cause: error });
		});
}

const untouched = `'platform.migration', 'audit.entry', 'audit.anchor', 'platform.erasure', 'people.suppression', 'people.recovery_voucher'`;

const columnsOf = async (owner: postgres.Sql): Promise<Column[]> =>
	(await owner.unsafe(`
		select c.table_schema || '.' || c.table_name as table, c.column_name as name, c.data_type as type, c.is_nullable = 'YES' as nullable,
			c.column_default is not null as defaulted, (c.is_generated = 'ALWAYS' or c.is_identity = 'YES') as generated,
			(select (regexp_match(pg_get_constraintdef(k.oid), 'ARRAY\\[(?:''[^'']+''::text, )?''([^'']+)'''))[1] from pg_constraint as k
				join pg_attribute as a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
				where k.contype = 'c' and k.conrelid = format('%I.%I', c.table_schema, c.table_name)::regclass and a.attname = c.column_name
					and pg_get_constraintdef(k.oid) like '%= ANY (%' limit 1) as allowed
		from information_schema.columns as c join information_schema.tables as t using (table_schema, table_name)
		where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema', 'jobs', 'public')
			and c.table_schema || '.' || c.table_name not in (${untouched}) order by 1, c.ordinal_position`)) as unknown as Column[];

/** Every row of every table of the database, jobs included, as text, under its table's name. */
export async function everything(): Promise<{ table: string; row: string; json: Record<string, unknown> }[]> {
	const owner = postgres(process.env.COOPOL_OWNER_URL!, { max: 1, onnotice: () => {} });
	try {
		const tables =
			await owner.unsafe(`select format('%I.%I', n.nspname, c.relname) as name from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
			where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`);
		const all: { table: string; row: string; json: Record<string, unknown> }[] = [];
		for (const { name } of tables)
			for (const { row, json } of await owner.unsafe(
				`select t::text as row, to_jsonb(t) as json from ${name} as t`,
			))
				all.push({ table: name, row, json });
		return all;
	} finally {
		await owner.end();
	}
}
