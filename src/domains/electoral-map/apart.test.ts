import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { kept, open } from '#tests/rls.fixture.ts';
import { stage } from '#tests/stage.ts';
import { alone } from './store/alone.ts';

stage();

const sources = globSync('**/*.{ts,sql}', { cwd: import.meta.dirname })
	.filter((path) => !/\.(test|fixture)\.ts$/.test(path))
	.map((path) => ({ path, text: readFileSync(join(import.meta.dirname, path), 'utf8') }));

/** Tables about somebody, as the house lists them, and whole schemas that hold them. */
const aboutSomebody = [...kept, ...Object.keys(open)].filter((table) => !table.startsWith('electoral_map.'));
const schemas = [
	'people',
	'territory',
	'safety',
	'notices',
	'friends',
	'profiles',
	'feed',
	'imports',
	'audit',
	'platform',
];

function reached(text: string): string[] {
	const tables = aboutSomebody.filter((table) => new RegExp(`\\b${table.replace('.', '\\.')}\\b`).test(text));
	const inSql = [...text.matchAll(/\b(?:from|join|into|update)\s+"?([a-z_]+)"?\."?[a-z_]+/gi)].map(
		([, name]) => name ?? '',
	);
	return [...tables, ...inSql.filter((name) => schemas.includes(name))];
}

test('no query of the map names a table about somebody', () => {
	expect(sources.length).toBeGreaterThan(40);
	expect(sources.flatMap(({ path, text }) => reached(text).map((found) => `${path}: ${found}`))).toEqual([]);
});

test('the guard sees one', () => {
	expect(reached('select 1 from people.person')).toEqual(['people.person', 'people']);
	expect(reached('left join territory.zone on true')).toEqual(['territory']);
	expect(reached('from electoral_map.source')).toEqual([]);
});

test('the map takes nothing of another domain', () => {
	const taken = sources.flatMap(({ path, text }) =>
		[...text.matchAll(/from '(#domains\/(?!electoral-map\/)[^']+)'/g)].map(([, from]) => `${path}: ${from}`),
	);
	expect(taken).toEqual([]);
});

test('every transaction of the map is opened as the role that reaches nothing else', () => {
	const opened = sources.flatMap(({ path, text }) =>
		[...text.matchAll(/asSystem\(\s*'map',\s*(\S{0,6})/g)].map(([, next]) => [path, next]),
	);
	expect(opened.length).toBeGreaterThan(10);
	expect(opened.filter(([, next]) => next !== 'alone(')).toEqual([]);
	const others = sources.filter(({ text }) =>
		/\b(?:read|write)\((?:viewer|null)|asSystem\('(?!map')/.test(text),
	);
	expect(others.map(({ path }) => path)).toEqual([]);
});

test.each(aboutSomebody)('as that role, %s answers nothing, whatever is asked', async (table) => {
	const asked = asSystem(
		'map',
		alone((tx) => tx.many(sql`select * from ${sql.ref(table)} limit 1`)),
	);
	await expect(asked).rejects.toMatchObject({ code: '42501' });
});

test('as that role the map itself answers, and nothing else can be reached by name', async () => {
	const found = await asSystem(
		'map',
		alone((tx) =>
			tx.many<{
				schema: string;
			}>(sql`select distinct n.nspname as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace
				where c.relkind in ('r', 'p', 'v', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
				and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')`),
		),
	);
	expect(found).toEqual([{ schema: 'electoral_map' }]);
});
