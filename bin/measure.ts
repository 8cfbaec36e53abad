import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import ts from 'typescript';
import { filesUnder, root } from './sources.ts';

export type MeasuredFunction = { name: string; line: number; lines: number };

export type MeasuredFile = {
	path: string;
	lines: number;
	comments: number;
	anys: number;
	functions: MeasuredFunction[];
	isTest: boolean;
};

const isCode = (path: string) => /\.(ts|mjs|svelte)$/.test(path) && !path.endsWith('.d.ts');
const isTest = (path: string) => /\.(test|fixture)\.ts$|^tests\//.test(path);

/** Measures every file of code under the folders, `.svelte` included, with TypeScript's own parser. */
export function measure(folders: string[]): MeasuredFile[] {
	return folders
		.flatMap(filesUnder)
		.filter(isCode)
		.map((file) => measureFile(relative(root, file), readFileSync(file, 'utf8')));
}

/** Measures one file. Lines of a Svelte file are those of the whole file; functions those of its scripts. */
export function measureFile(path: string, text: string): MeasuredFile {
	const code = path.endsWith('.svelte') ? scriptsOf(text) : text;
	const source = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
	const functions: MeasuredFunction[] = [];
	let anys = 0;
	const visit = (node: ts.Node): void => {
		if (node.kind === ts.SyntaxKind.AnyKeyword) anys += 1;
		if (isFunctionWithBody(node)) functions.push(measureFunction(source, node));
		ts.forEachChild(node, visit);
	};
	visit(source);
	const lines = text.trimEnd().split('\n').length;
	return { path, lines, comments: commentLines(source), anys, functions, isTest: isTest(path) };
}

// What is not script becomes empty lines, so that line numbers stay those of the file.
function scriptsOf(text: string): string {
	const blank = (part: string) => part.replace(/[^\n]/g, '');
	let code = '';
	let end = 0;
	for (const { 0: block, 1: opening = '', 2: inside = '', index } of text.matchAll(
		/(<script\b[^>]*>)([\s\S]*?)<\/script>/g,
	)) {
		code += blank(text.slice(end, index)) + blank(opening) + inside;
		end = index + block.length;
	}
	return code;
}

function isFunctionWithBody(node: ts.Node): node is ts.FunctionLikeDeclaration {
	return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}

function measureFunction(source: ts.SourceFile, node: ts.FunctionLikeDeclaration): MeasuredFunction {
	const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
	const last = source.getLineAndCharacterOfPosition(node.end).line;
	return { name: nameOf(source, node), line: first + 1, lines: last - first + 1 };
}

function nameOf(source: ts.SourceFile, node: ts.FunctionLikeDeclaration): string {
	const named = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined);
	return named?.getText(source) ?? 'a nameless function';
}

function commentLines(source: ts.SourceFile): number {
	const commented = new Set<number>();
	const lineAt = (position: number) => source.getLineAndCharacterOfPosition(position).line;
	const visit = (node: ts.Node): void => {
		for (const { pos, end } of ts.getLeadingCommentRanges(source.text, node.pos) ?? []) {
			for (let line = lineAt(pos); line <= lineAt(end); line += 1) commented.add(line);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return commented.size;
}
