import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { alone } from './alone.ts';

stage();

const asMap = <T>(work: Parameters<typeof alone<T>>[0]) => asSystem('map', alone(work));

test('the role of the map reaches no table of another domain in any way: not one column, not one right', async () => {
	const found = await asMap((tx) =>
		tx.many(sql`select n.nspname || '.' || c.relname as reached
			from pg_class c join pg_namespace n on n.oid = c.relnamespace
			where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema', 'electoral_map')
				and (has_any_column_privilege(c.oid, 'select, insert, update, references')
					or has_table_privilege(c.oid, 'delete, truncate, trigger'))
				and has_schema_privilege(n.oid, 'usage')`),
	);
	expect(found).toEqual([]);
});

test('it belongs to no other role, logs in nowhere, and row security holds for it', async () => {
	const role = await asMap((tx) =>
		tx.one(sql`select rolsuper, rolcanlogin, rolbypassrls, rolcreaterole, rolcreatedb,
			(select count(*)::int from pg_auth_members where member = pg_roles.oid) as roles
			from pg_roles where rolname = 'coopol_map' and rolname = current_user`),
	);
	expect(role).toEqual({
		...{ rolsuper: false, rolcanlogin: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false },
		roles: 0,
	});
});

test('no function lends it the rights of who made it', async () => {
	const lent = await asMap((tx) =>
		tx.many(sql`select p.oid::regproc::text as function from pg_proc p join pg_namespace n on n.oid = p.pronamespace
			where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')
				and has_function_privilege(p.oid, 'execute') and has_schema_privilege(n.oid, 'usage')`),
	);
	expect(lent).toEqual([]);
});

test.each([
	['reads who is who', sql`select id from people.person limit 1`],
	['reads who belongs where', sql`select 1 from territory.attachment limit 1`],
	['reads who holds an office', sql`select 1 from territory.term limit 1`],
	['reads what was read', sql`select 1 from audit.entry limit 1`],
	['reads a unit through a join', sql`select 1 from electoral_map.tally join territory.unit on true limit 1`],
	['writes a notice', sql`insert into notices.notice default values`],
	['changes a name', sql`update people.person set name = 'x' where id = ${idOf('odile')}::uuid`],
	['empties the journal', sql`delete from audit.entry`],
	['asks for a work', sql`insert into jobs.job (name) values ('x')`],
	['makes a table beside its own', sql`create table electoral_map.copied (name text)`],
	['changes a table of its own', sql`alter table electoral_map.source add column who uuid`],
	['takes away a table of its own', sql`drop table electoral_map.selected`],
	['empties one at once', sql`truncate electoral_map.selected`],
])('it never %s', async (_, query) => {
	await expect(asMap((tx) => tx.run(query))).rejects.toMatchObject({ code: '42501' });
});

test('what is left of a transaction is the house’s again', async () => {
	const names = await asSystem('test', async (tx) => {
		const asked = sql`select current_user as name`;
		const name = async () => (await tx.one<{ name: string }>(asked))?.name;
		const before = await name();
		const within = await alone(name)(tx);
		await tx.raw('reset role');
		return [within, (await name()) === before];
	});
	expect(names).toEqual(['coopol_map', true]);
});
