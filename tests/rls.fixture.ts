import type postgres from 'postgres';
import { guarded } from '#domains/admin/guarded.ts';

type Sql = postgres.Sql | postgres.TransactionSql;

/**
 * Tables that name a person and that the whole network, or the house alone through its own checks, may read; each with its reason.
 * A new table that names somebody is put in one of the two lists, knowingly.
 */
export const open: Record<string, string> = {
	'people.person': 'the name as the network shows it; rules decide to whom',
	'people.suspension':
		'read by every query that asks who may act; its reason is shown to nobody but the person',
	'territory.term': 'offices are public inside the network',
	'territory.loan': 'powers lent, read by every query that asks for a power',
	'territory.unit': 'edited_by: who last wrote a public page',
	'territory.gate': 'changed_by: who set a gate',
	'feed.post': 'said to an audience; the policy decides, and search reads it',
	'feed.comment': 'as its post',
	'missions.petition': 'public, under the name of who launched it',
	'feed.thanks': 'counted under its post',
	'feed.mention': 'names somebody inside a post',
	'safety.hidden': 'ids of what is hidden',
	'platform.file': 'who may fetch one is asked of what holds it',
	'platform.setting': 'changed_by: who changed a setting',
	'profiles.likeness': 'how a public name looks',
	'audit.entry': 'append only, read through the rule of the journal',
	'feed.poll': 'voters: a count',
	'electoral_map.source': 'by_id: who loaded a public file, told to those who load',
	'electoral_map.sending': 'as the source that comes of it',
	'electoral_map.tally_entry': 'by_id: who typed the public count of a station, told to who settles it',
};

const ours = `n.nspname not in ('pg_catalog', 'information_schema', 'jobs', 'pg_toast')`;
const names = async (sql: Sql, query: string): Promise<string[]> =>
	(await sql.unsafe(query)).map((row) => row.name as string).toSorted();

/** What is wrong in the catalogue, as sentences; empty when the database keeps every table it must. */
export async function faultsOf(sql: Sql): Promise<string[]> {
	const found = await Promise.all([tables(sql), policies(sql), roles(sql), views(sql), owners(sql)]);
	return found.flat().toSorted();
}

async function tables(sql: Sql): Promise<string[]> {
	const rows =
		await sql.unsafe(`select n.nspname || '.' || c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced
		from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${ours}`);
	const state = new Map(rows.map((row) => [row.name as string, row]));
	return guarded.flatMap((name) => {
		const row = state.get(name);
		if (!row) return [`${name} is not there`];
		return [
			!row.enabled && `${name} has no row-level security`,
			!row.forced && `${name} does not force it on its owner`,
		].filter((one) => one !== false);
	});
}

/** Columns that hold the id of a person. */
const personColumn = `a.attname ~ '(^|_)(person|author|owner|reporter|blocked|muted|friend|inviter|lender|borrower|actor|officer|by|from|to)_id$' or a.attname ~ '_by$'`;

/** Tables that name somebody and are in neither list. */
export const unlisted = async (sql: Sql): Promise<string[]> => {
	const all = await names(
		sql,
		`select distinct n.nspname || '.' || c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
		join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = a.atttypid
		where c.relkind in ('r', 'p') and ${ours} and not a.attisdropped and a.attnum > 0 and t.typname = 'uuid' and (${personColumn})`,
	);
	return all.filter((name) => !guarded.includes(name) && !(name in open));
};

const policies = async (sql: Sql) =>
	(
		await names(
			sql,
			`select schemaname || '.' || tablename || ': ' || policyname as name from pg_policies
		where lower(coalesce(qual, '')) in ('true', '(true)') or lower(coalesce(with_check, '')) in ('true', '(true)')`,
		)
	).map((name) => `${name} lets everything through`);

const roles = async (sql: Sql) => [
	...(
		await names(
			sql,
			`select rolname as name from pg_roles where rolname in ('coopol_app', 'coopol_system')
		and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`,
		)
	).map((name) => `${name} may too much`),
	...(
		await names(
			sql,
			`select c.oid::regclass::text as name from pg_class c join pg_roles r on r.oid = c.relowner
		where r.rolname in ('coopol_app', 'coopol_system') and c.relkind in ('r', 'p', 'v', 'm')`,
		)
	).map((name) => `${name} is owned by a role of the app`),
];

const views = async (sql: Sql) =>
	(
		await names(
			sql,
			`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relkind in ('v', 'm') and ${ours} and not coalesce(c.reloptions @> array['security_invoker=true'], false)`,
		)
	).map((name) => `${name} reads with its owner's rights`);

/** Functions that act with their owner's rights: whoever asks must not decide what the names in them mean. */
const owners = async (sql: Sql) =>
	(
		await names(
			sql,
			`select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
		where p.prosecdef and ${ours} and not exists (select from unnest(p.proconfig) as setting where setting in ('search_path=""', 'search_path=pg_catalog, pg_temp'))`,
		)
	).map((name) => `${name} acts as its owner without a search path of its own`);
