import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { domains, domainsBelow, schemaOf } from '../architecture.mjs';

type File = { path: string; text: string };

const root = join(import.meta.dirname, '..');
const isOurTest = (path: string) => /\.(test|fixture|bench)\.ts$/.test(path);

function files(pattern: string): File[] {
	const paths = globSync(pattern, { cwd: root }).map((path) => path.replaceAll('\\', '/'));
	return paths
		.filter((path) => !isOurTest(path))
		.toSorted()
		.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

const domainOf = (path: string) => /^src\/domains\/([^/]+)\//.exec(path)?.[1];
const lineAt = (text: string, index: number) => text.slice(0, index).split('\n').length;

function find({ path, text }: File, pattern: RegExp, accept = (_match: RegExpExecArray) => true): string[] {
	const found = [...text.matchAll(pattern)].filter(accept);
	return found.map((match) => `${path}:${lineAt(text, match.index)}: ${match[0].trim()}`);
}

// --- Writes stay at home

const writes =
	/\b(?:insert\s+into|update|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+"?([a-z_]+)"?\."?[a-z_]/gi;

/** Writes into a schema that is not the file's own: `audit` and `jobs` are the platform's. */
function foreignWrites(file: File): string[] {
	const domain = domainOf(file.path);
	const own = domain ? [schemaOf(domain)] : ['platform', 'audit', 'jobs'];
	return find(file, writes, (match) => !own.includes((match[1] ?? '').toLowerCase()));
}

test('each domain writes its own schema only, and the platform its own', () => {
	expect(files('src/{domains,platform}/**/*.{ts,sql}').flatMap(foreignWrites)).toEqual([]);
});

test('the guard sees a write into another schema', () => {
	const write = (path: string) =>
		foreignWrites({ path, text: 'sql`\n  insert into events.rsvp (id) values (1)`' });
	expect(write('src/domains/feed/publish.ts')).toEqual([
		'src/domains/feed/publish.ts:2: insert into events.r',
	]);
	expect(write('src/domains/events/rsvp.ts')).toEqual([]);
});

// --- Reads go down

const reads = /\b(?:from|join)\s+"?([a-z_]+)"?\."?[a-z_]+/gi;

/** Reads of a table of a domain above, or beside: the rule has to come down, or the question go up. */
function upwardReads(file: File): string[] {
	const domain = domainOf(file.path) ?? '';
	const usable = [domain, ...domainsBelow(domain)].map(schemaOf);
	const above = domains.map(schemaOf).filter((schema) => !usable.includes(schema));
	return find(file, reads, (match) => above.includes((match[1] ?? '').toLowerCase()));
}

test('no domain reads a table of a domain above it', () => {
	expect(files('src/domains/**/*.{ts,sql}').flatMap(upwardReads)).toEqual([]);
});

test('the guard sees a read of a higher floor, and leaves those below', () => {
	const read = (path: string) => upwardReads({ path, text: 'sql`select 1\n from safety.block`' });
	expect(read('src/domains/territory/members.ts')).toEqual([
		'src/domains/territory/members.ts:2: from safety.block',
	]);
	expect(read('src/domains/feed/policy.ts')).toEqual([]);
});

// --- Nothing is ambient

// Doors where who acts is not known yet, or is the house itself: they make the viewer, or run without any.
const beforeAnyone =
	/^src\/domains\/[^/]+\/(declaration|listen|jobs|notices|privacy|seed|demo|found|viewer)\.ts$/;
// What a function does itself; one that only calls others is judged by them.
const reachesDatabase = /\b(?:read|write|enqueue|announce|sql)\s*[(`<]|\btx\b/;
// The house's own acts state their purpose instead of a viewer.
const actsForTheHouse = /\basSystem\(\s*'[a-z-]+'/;
const firstNames = /^_?(viewer|tx|system)$/;

type Verb = ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression;

function exportedVerbs(source: ts.SourceFile): { name: string; verb: Verb }[] {
	return source.statements.flatMap((statement): { name: string; verb: Verb }[] => {
		const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
		if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
		if (ts.isFunctionDeclaration(statement)) return [{ name: statement.name?.text ?? '', verb: statement }];
		if (!ts.isVariableStatement(statement)) return [];
		return statement.declarationList.declarations.flatMap(({ name, initializer: verb }) =>
			verb && (ts.isArrowFunction(verb) || ts.isFunctionExpression(verb))
				? [{ name: name.getText(source), verb }]
				: [],
		);
	});
}

/** Exported functions that wait for something without saying for whom. */
function ambientVerbs({ path, text }: File): string[] {
	const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
	return exportedVerbs(source)
		.filter(
			({ verb }) =>
				waits(source, verb) &&
				reachesDatabase.test(verb.getText(source)) &&
				!actsForTheHouse.test(verb.getText(source)) &&
				!firstNames.test(verb.parameters[0]?.name.getText(source) ?? ''),
		)
		.map(({ name, verb }) => `${path}:${lineAt(text, verb.getStart(source))}: ${name}`);
}

function waits(source: ts.SourceFile, verb: Verb): boolean {
	const isAsync = verb.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
	return isAsync || (verb.type?.getText(source).startsWith('Promise<') ?? false);
}

test('every verb of a domain says for whom, or within what, it acts', () => {
	const verbs = files('src/domains/**/*.ts').filter(({ path }) => !beforeAnyone.test(path));
	expect(verbs.flatMap(ambientVerbs)).toEqual([]);
});

test('the guard sees a verb without a viewer', () => {
	const text = [
		'export async function erase(id: string) { await write(me, (tx) => tx.run(id)); }',
		'export const show = (viewer: V): Promise<1> => read(viewer, (tx) => tx.one(it));',
		"export async function anchor() { await asSystem('anchor', (tx) => tx.run(it)); }",
	].join('\n');
	expect(ambientVerbs({ path: 'src/domains/feed/erase.ts', text })).toEqual([
		'src/domains/feed/erase.ts:1: erase',
	]);
});

// --- A table that names a person

const personColumn = /^\s*"?(person_id|\w+_by|by_id|\w+er_id)"?\s+(uuid|text|bigint)\b/gim;

test('a domain whose tables name a person says how it exports and erases it', () => {
	const naming = domains.filter((domain) =>
		files(`src/domains/${domain}/migrations/*.sql`).some((file) => find(file, personColumn).length > 0),
	);
	expect(naming.filter((domain) => !existsSync(join(root, `src/domains/${domain}/privacy.ts`)))).toEqual([]);
});

// --- What the content security policy would refuse

const ownBlocks = /^<(script|style)\b[^>]*>[\s\S]*?^<\/\1>/gm;
const refusedMarkup =
	/<script\b(?![^>]*\bsrc=)|\sstyle(?:=|:[\w-]+)|\son(?:click|change|submit|input|load|error|toggle|focus|blur|key\w+|mouse\w+|pointer\w+)=/g;

/** Inline scripts, inline styles and inline listeners in the markup of a view; its own blocks are bundled. */
function inlined(file: File): string[] {
	const text = file.text.replace(ownBlocks, (block) => block.replace(/[^\n]/g, ''));
	return find({ path: file.path, text }, refusedMarkup);
}

test('no view has an inline script, style or listener', () => {
	expect(files('src/**/*.svelte').flatMap(inlined)).toEqual([]);
});

test('the guard sees inline styles and scripts, and leaves a component its own', () => {
	const seen = (text: string) => inlined({ path: 'A.svelte', text }).length;
	expect(seen('<script lang="ts">\nlet a = 1;\n</script>\n<p>Bonjour</p>')).toBe(0);
	expect(seen('<p style="width: 3px">')).toBe(1);
	expect(seen('<p style:width={width}>')).toBe(1);
	expect(seen('<svelte:head><script>alert(1)</script></svelte:head>')).toBe(1);
	expect(seen('<svelte:head><script src="/enhance.js" defer></script></svelte:head>')).toBe(0);
});

// --- One way out

// What runs in a reader's browser asks its own house: `enhance/`, the worker of their device, and the script of a page that brings its own.
const mayFetch = /^src\/(platform\/outgoing\/|enhance\/|worker\/|domains\/[\w-]+\/browser\/main\.ts)/;
const globalFetch = /(?<![.\w])(?:globalThis\.)?fetch\s*\(|\bglobalThis\.fetch\b/g;

test('the server speaks to the outside through #platform/outgoing only', () => {
	const inside = files('src/**/*.{ts,svelte}').filter(({ path }) => !mayFetch.test(path));
	expect(inside.flatMap((file) => find(file, globalFetch))).toEqual([]);
});

test('every domain has a floor', () => {
	const built = globSync('src/domains/*', { cwd: root }).map(
		(path) => path.replaceAll('\\', '/').split('/')[2],
	);
	expect(built.filter((domain) => !domains.includes(domain as string))).toEqual([]);
});
