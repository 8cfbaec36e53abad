import { isUtf8 } from 'node:buffer';
import type { Encoding } from './types.ts';

export type Detected = { encoding: Encoding; certain: boolean; byteOrderMark: boolean };

const SLICE = 16 * 1024;

/**
 * How the whole file is written: its mark if it has one, then UTF-16 by its zeros, then UTF-8 if every byte agrees,
 * otherwise Windows-1252. Reads all bytes: one accent on the last line is enough to tell them apart.
 */
export function detectEncoding(bytes: Buffer): Detected {
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return utf8(bytes, true);
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return sure('utf-16le', true);
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return sure('utf-16be', true);
	const wide = wideEncoding(bytes);
	if (wide) return sure(wide, false);
	const found = utf8(bytes, false);
	if (found.certain) return found;
	const { sequences, strays, oldLetters, letters } = countHighBytes(bytes);
	if (sequences > strays) return found;
	return {
		encoding: 'windows-1252',
		certain: sequences * 20 <= strays && oldLetters <= letters,
		byteOrderMark: false,
	};
}

function sure(encoding: Encoding, byteOrderMark: boolean): Detected {
	return { encoding, certain: true, byteOrderMark };
}

function utf8(bytes: Buffer, byteOrderMark: boolean): Detected {
	return { encoding: 'utf-8', certain: isUtf8(bytes), byteOrderMark };
}

/** UTF-16 without a mark: in Latin text, every second byte is zero. */
function wideEncoding(bytes: Buffer): Encoding | null {
	const length = Math.min(bytes.length, 4096) & ~1;
	const zeros = [0, 0];
	for (let at = 0; at < length; at++) if (bytes[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
	const [even = 0, odd = 0] = zeros;
	if (odd > length * 0.3 && even < length * 0.05) return 'utf-16le';
	if (even > length * 0.3 && odd < length * 0.05) return 'utf-16be';
	return null;
}

/**
 * Bytes above ASCII: whole UTF-8 sequences, bytes outside them, and among these the letters of Windows
 * against bytes that are letters only in the older encodings of Mac and DOS.
 */
function countHighBytes(bytes: Buffer) {
	const count = { sequences: 0, strays: 0, oldLetters: 0, letters: 0 };
	for (let at = 0; at < bytes.length; at++) {
		const byte = bytes[at] ?? 0;
		if (byte < 0x80) continue;
		const size = sequenceSize(bytes, at);
		if (size > 0) count.sequences++;
		else count.strays++;
		if (size > 0) at += size - 1;
		else if (byte >= 0xc0) count.letters++;
		else if (isOldLetter(bytes, at)) count.oldLetters++;
	}
	return count;
}

/** Œ, ’, “, ”, – and œ of Windows, that stand between letters without being suspect. */
const PUNCTUATION = new Set([0x8c, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0x9c]);

/** Between two letters, a sign that Windows would not put there. */
function isOldLetter(bytes: Buffer, at: number): boolean {
	const byte = bytes[at] ?? 0;
	return byte < 0xa0 && !PUNCTUATION.has(byte) && isLetter(bytes[at - 1]) && isLetter(bytes[at + 1]);
}

function isLetter(byte: number | undefined): boolean {
	return byte !== undefined && (byte | 32) >= 97 && (byte | 32) <= 122;
}

/** Length of the UTF-8 sequence that starts here; 0 when none does. */
function sequenceSize(bytes: Buffer, at: number): number {
	const size = announcedSize(bytes[at] ?? 0);
	for (let next = 1; next < size; next++) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
	return size;
}

function announcedSize(lead: number): number {
	if (lead < 0xc2 || lead >= 0xf5) return 0;
	if (lead < 0xe0) return 2;
	return lead < 0xf0 ? 3 : 4;
}

/** The text of the file, slice after slice, without its mark, every end of line turned into `\n`. */
export function* decode(bytes: Buffer, { encoding, certain }: Detected, slice = SLICE): Generator<string> {
	if (encoding === 'utf-8' && !certain) return yield* decodeMixed(bytes, slice);
	const decoder = new TextDecoder(encoding);
	let held = '';
	for (let at = 0; at < bytes.length; at += slice) {
		const stream = at + slice < bytes.length;
		const text = held + decoder.decode(bytes.subarray(at, at + slice), { stream });
		held = stream && text.endsWith('\r') ? '\r' : '';
		yield plainLineEnds(held ? text.slice(0, -1) : text);
	}
}

/** Two exports glued together: each line is UTF-8 when it can be, Windows-1252 otherwise. */
function* decodeMixed(bytes: Buffer, slice: number): Generator<string> {
	const windows = new TextDecoder('windows-1252');
	let text = '';
	for (let at = bytes[0] === 0xef ? 3 : 0; at < bytes.length; ) {
		const end = bytes.indexOf(0x0a, at);
		const line = bytes.subarray(at, end < 0 ? bytes.length : end + 1);
		text += isUtf8(line) ? line.toString('utf8') : windows.decode(line);
		at += line.length;
		if (text.length < slice) continue;
		yield plainLineEnds(text);
		text = '';
	}
	yield plainLineEnds(text);
}

function plainLineEnds(text: string): string {
	return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
