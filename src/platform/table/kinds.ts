import type { NotATableKind } from './types.ts';

const HEADS: readonly (readonly [string, NotATableKind])[] = [
	['25504446', 'pdf'],
	['d0cf11e0', 'xls'],
	['89504e47', 'image'],
	['ffd8ff', 'image'],
	['47494638', 'image'],
	['1f8b', 'archive'],
	['377abcaf', 'archive'],
	['52617221', 'archive'],
	['7b5c727466', 'rtf'],
];

const LOOKED_AT = 8192;

/** What the file is when its first bytes say that it is not a table of text; null when nothing says so. */
export function otherKind(bytes: Buffer): NotATableKind | null {
	if (bytes.length === 0) return 'empty';
	const hex = bytes.subarray(0, 8).toString('hex');
	if (hex.startsWith('504b0304') || hex.startsWith('504b0506')) return zipKind(bytes);
	return HEADS.find(([head]) => hex.startsWith(head))?.[1] ?? null;
}

function zipKind(bytes: Buffer): NotATableKind {
	const head = bytes.subarray(0, LOOKED_AT).toString('latin1');
	const tail = bytes.subarray(-LOOKED_AT).toString('latin1');
	if (head.includes('opendocument.spreadsheet')) return 'ods';
	if (head.includes('xl/') || tail.includes('xl/workbook')) return 'xlsx';
	return 'zip';
}

/** Same question once the text is decoded: web page saved as a table, address cards, JSON, or noise. */
export function otherTextKind(text: string): NotATableKind | null {
	const start = text.slice(0, LOOKED_AT).trimStart();
	if (start === '') return 'empty';
	if (/^(<!doctype html|<html|<table|<meta|<head|<style|<div)/i.test(start)) return 'html';
	if (start.startsWith('<?xml')) return 'xml';
	if (/^begin:vcard/i.test(start)) return 'vcard';
	if (/^(\[\s*)?\{\s*"/.test(start)) return 'json';
	return noisy(start) ? 'binary' : null;
}

function noisy(start: string): boolean {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what we count
	const controls = start.match(/[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]/g)?.length ?? 0;
	return controls > 2 && controls / start.length > 0.01;
}
