import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { guarded } from '#domains/admin/guarded.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { open } from '#tests/rls.fixture.ts';
import { stage } from '#tests/stage.ts';
import { alone } from './store/alone.ts';

stage();

const sources = globSync('**/*.{ts,sql}', { cwd: import.meta.dirname })
	.filter((path) => !/\.(test|fixture)\.ts$/.test(path))
	.map((path) => ({ path, text: readFileSync(join(import.meta.dirname, path), 'utf8') }));

/** Tables about somebody, as the house lists them, and whole schemas that hold them. */
const aboutSomebody = [...guarded, ...Object.keys(open)].filter(
	(table) => !table.startsWith('electoral_map.'),
);
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
];

// Who may look at which ground: units and the zones they cover, and nobody in them.
const isGate = (path: string) => /(^|\/)(policy|where|scope)\.ts$/.test(path);
const ofGround = ['territory.unit', 'territory.zone', 'territory.coverage', 'territory.kind'];

function reached(text: string, allowed: string[] = []): string[] {
	const tables = aboutSomebody.filter((table) => new RegExp(`\\b${table.replace('.', '\\.')}\\b`).test(text));
	const inSql = [...text.matchAll(/\b(?:from|join|into|update)\s+"?([a-z_]+)"?\."?([a-z_]+)/gi)]
		.filter(([, schema = '']) => schemas.includes(schema))
		.map(([, schema, table]) => `${schema}.${table}`);
	return [...new Set([...tables, ...inSql])].filter((table) => !allowed.includes(table));
}

test('no query of the map names a table about somebody; what says who sees it names units and zones alone', () => {
	expect(sources.length).toBeGreaterThan(40);
	const found = sources.flatMap(({ path, text }) =>
		reached(text, isGate(path) ? ofGround : []).map((table) => `${path}: ${table}`),
	);
	expect(found).toEqual([]);
});

test('the guard sees one', () => {
	expect(reached('select 1 from people.person')).toEqual(['people.person']);
	expect(reached('left join territory.zone on true')).toEqual(['territory.zone']);
	expect(reached('join territory.attachment on true', ofGround)).toEqual(['territory.attachment']);
	expect(reached('from electoral_map.source')).toEqual([]);
});

test('the map takes nothing of another domain, but the rules of territory where it says who sees', () => {
	const taken = sources.flatMap(({ path, text }) =>
		[...text.matchAll(/from '(#domains\/(?!electoral-map\/)[^']+)'/g)]
			.filter(([, from]) => !(isGate(path) && from === '#domains/territory/index.ts'))
			.map(([, from]) => `${path}: ${from}`),
	);
	expect(taken).toEqual([]);
});

test('what loads, shares out and answers works as the role that reaches nothing else', () => {
	const ours = sources.filter(({ path }) => /^(import|refresh|queries|restore|store\/[^/]+)\.ts$/.test(path));
	const opened = ours.flatMap(({ path, text }) =>
		[...text.matchAll(/\b(?:asSystem|read|write)\(\s*(?:'[a-z-]+'|viewer),\s*(\S{0,6})/g)].map(([, next]) => [
			path,
			next,
		]),
	);
	expect(opened.length).toBeGreaterThan(8);
	expect(opened.filter(([, next]) => next !== 'alone(')).toEqual([]);
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
