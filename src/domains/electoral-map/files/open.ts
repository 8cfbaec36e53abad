import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Entry } from '#platform/files/zip.ts';
import { type NotATable, readTable, type Table } from '#platform/table/index.ts';
import type { Remark } from '../model.ts';
import { refuseFile } from './refusal.ts';
import { isWorkbook, sheetsOf } from './sheet.ts';
import {
	entriesOf,
	isGzip,
	isZip,
	type Limits,
	type Piece,
	standard,
	unfoldEntry,
	unpackGzip,
} from './unpack.ts';

/** One thing to read, out of what a person gave. `name` is for messages and decides nothing. */
export type Given =
	| { form: 'table'; name: string; bytes: Buffer; table: Table }
	| { form: 'json'; name: string; bytes: Buffer }
	| { form: 'shapefile'; name: string; shp: Buffer; dbf: Buffer; prj?: Buffer; cpg?: Buffer };

export interface Opened {
	given: Given[];
	/** Files of an archive that are of no use here, such as a notice in PDF. */
	remarks: Remark[];
}

/**
 * Opens a file from disk: plain, `.gz`, `.zip` or `.xlsx`, told by its bytes. The whole is kept in memory, within
 * `limits`. Throws a Refusal with the sentence to show when it is a bomb, cut, locked, unsafe or of no known form.
 */
export async function openFile(path: string, limits = standard): Promise<Opened> {
	const name = basename(path);
	const found = await stat(path).catch(() => null);
	if (!found?.isFile()) return refuseFile('file_missing', { name });
	if (found.size > limits.given) refuseFile('file_too_large', { name, limit: limits.given / 2 ** 20 });
	return openBytes({ name, bytes: await readFile(path) }, limits);
}

/** The same for bytes already here. */
export async function openBytes(piece: Piece, limits = standard): Promise<Opened> {
	if (isZip(piece.bytes)) return openArchive(piece, limits);
	const plain = isGzip(piece.bytes) ? await unpackGzip(piece, limits) : piece;
	if (isZip(plain.bytes) || isGzip(plain.bytes)) refuseFile('file_nested', { name: piece.name });
	const read = await openPlain(plain, limits);
	if ('kind' in read) return refuseKind(piece.name, read);
	return { given: [read], remarks: [] };
}

function refuseKind(name: string, { kind, limit = 0 }: NotATable): never {
	if (kind === 'empty') refuseFile('file_empty', { name });
	if (kind === 'too_large') refuseFile('file_too_large', { name, limit: limit / 2 ** 20 });
	return refuseFile('file_not_read', { name, kind });
}

async function openPlain({ name, bytes }: Piece, limits: Limits): Promise<Given | NotATable> {
	const table = await readTable(bytes, {
		maxBytes: limits.unfolded,
		maxRows: 4_000_000,
		separator: separatorOf(bytes),
	});
	if (table.ok) return { form: 'table', name, bytes, table };
	return table.kind === 'json' ? { form: 'json', name, bytes } : table;
}

/**
 * The separator that the header uses most. The lines below would mislead: in the Ministry's files they are of uneven
 * length and full of decimal commas. Undefined when the first line is a title or a single name.
 */
function separatorOf(bytes: Buffer): ';' | ',' | '\t' | undefined {
	const start = bytes.toString('latin1', 0, 64 * 1024).replaceAll('\0', '');
	const header = (start.split(/[\r\n]/, 1)[0] ?? '').replace(/"[^"]*"/g, '');
	const counts = ([';', '\t', ','] as const).map((sign) => ({ sign, count: header.split(sign).length - 1 }));
	const [best] = counts.toSorted((a, b) => b.count - a.count);
	return best && best.count >= 2 ? best.sign : undefined;
}

/** Folders, and what macOS leaves beside every file. */
const isClutter = (name: string) => name.endsWith('/') || /(^|\/)(__MACOSX\/|\.)/.test(name);

async function openArchive(piece: Piece, limits: Limits): Promise<Opened> {
	const entries = await entriesOf(piece, limits);
	if (isWorkbook(entries)) return openSheets(await sheetsOf(piece.name, entries, limits), limits);
	const opened: Opened = { given: [], remarks: [] };
	const { shapes, others } = shapefilesAmong(entries.filter(({ name }) => !isClutter(name)));
	for (const [name, parts] of shapes) opened.given.push(await openShapefile(name, parts));
	for (const entry of others) await openEntry(entry, limits, opened);
	if (opened.given.length === 0) refuseFile('file_empty', { name: piece.name });
	return opened;
}

async function openEntry(entry: Entry, limits: Limits, { given, remarks }: Opened): Promise<void> {
	const { name } = entry;
	const bytes = await unfoldEntry(entry);
	if (isGzip(bytes)) refuseFile('file_nested', { name });
	if (isZip(bytes)) {
		const inner = await entriesOf({ name, bytes }, limits);
		if (!isWorkbook(inner)) refuseFile('file_nested', { name });
		given.push(...(await openSheets(await sheetsOf(name, inner, limits), limits)).given);
		return;
	}
	const read = await openPlain({ name, bytes }, limits);
	if ('kind' in read)
		remarks.push({ key: 'electoral-map.remark_file_left_aside', args: { name, kind: read.kind } });
	else given.push(read);
}

async function openSheets(sheets: Piece[], limits: Limits): Promise<Opened> {
	const given: Given[] = [];
	for (const sheet of sheets) {
		const read = await openPlain(sheet, limits);
		if (!('kind' in read)) given.push(read);
	}
	return { given, remarks: [] };
}

type Parts = Map<string, Entry>;

const SHAPE_PART = /\.(shp|dbf|prj|cpg|shx|sbn|sbx|qpj|qmd|shp\.xml)$/i;

/** The parts of one shapefile share a name. A `.dbf` alone stays among the others. */
function shapefilesAmong(entries: Entry[]): { shapes: Map<string, Parts>; others: Entry[] } {
	const shapes = new Map<string, Parts>();
	const stem = (name: string) => name.replace(SHAPE_PART, '');
	for (const { name } of entries) if (/\.shp$/i.test(name)) shapes.set(stem(name), new Map());
	const others = entries.filter((entry) => {
		const [, part] = entry.name.match(SHAPE_PART) ?? [];
		const parts = part && shapes.get(stem(entry.name));
		if (parts) parts.set(part.toLowerCase(), entry);
		return !parts;
	});
	return { shapes, others };
}

async function openShapefile(name: string, parts: Parts): Promise<Given> {
	const bytesOf = async (part: string) => {
		const entry = parts.get(part);
		return entry && unfoldEntry(entry);
	};
	const [shp, dbf, prj, cpg] = [
		await bytesOf('shp'),
		await bytesOf('dbf'),
		await bytesOf('prj'),
		await bytesOf('cpg'),
	];
	if (!shp || !dbf) return refuseFile('file_shape_incomplete', { name });
	return { form: 'shapefile', name, shp, dbf, ...(prj && { prj }), ...(cpg && { cpg }) };
}
