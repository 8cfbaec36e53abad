import { promisify } from 'node:util';
import { gunzip as gunzipWith } from 'node:zlib';
import { type Entry, readZip, unfold } from '#platform/files/zip.ts';
import { type FileFault, orRefused, refuseFile } from './refusal.ts';

/** What is accepted, in bytes. */
export interface Limits {
	/** The file as given. */
	given: number;
	/** All that it holds, once unfolded. */
	unfolded: number;
	/** Files in one archive. */
	entries: number;
	/** Unfolded bytes for one packed byte; results and outlines stay under 20. */
	ratio: number;
	/** A spreadsheet once unfolded: reading one takes about 14 times this in memory. */
	sheet: number;
}

const MB = 1024 * 1024;

/** Room for one national file of results, or the outlines of the largest departments. */
export const standard: Limits = {
	given: 300 * MB,
	unfolded: 400 * MB,
	entries: 200,
	ratio: 60,
	sheet: 32 * MB,
};

/** Under this a high ratio harms nobody: a short table of zeros packs very well. */
const HARMLESS = 4 * MB;

export interface Piece {
	name: string;
	bytes: Buffer;
}

export const isGzip = (bytes: Buffer) => bytes[0] === 0x1f && bytes[1] === 0x8b;
export const isZip = (bytes: Buffer) => bytes.toString('latin1', 0, 4) === 'PK\x03\x04';

const gunzip = promisify(gunzipWith);

/** Most bytes that `packed` bytes may become. */
const mostOf = (packed: number, limits: Limits) =>
	Math.min(limits.unfolded, Math.max(HARMLESS, packed * limits.ratio));

const gzipFaults: Record<string, FileFault> = { Z_BUF_ERROR: 'file_cut' };

/** What a `.gz` holds. Stops at the first byte over the limits; refuses what is cut short. */
export async function unpackGzip({ name, bytes }: Piece, limits: Limits): Promise<Piece> {
	const most = mostOf(bytes.length, limits);
	const unpacked = await gunzip(bytes, { maxOutputLength: most }).catch((error: unknown) => {
		const code = error instanceof Error && 'code' in error ? String(error.code) : '';
		const tooLarge = most < limits.unfolded ? 'file_bomb' : 'file_too_large';
		return refuseFile(code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge : (gzipFaults[code] ?? 'file_broken'), {
			name,
			limit: most / MB,
		});
	});
	return { name: name.replace(/\.gz$/i, ''), bytes: unpacked };
}

const END_OF_ARCHIVE = Buffer.from('PK\x05\x06', 'latin1');
const LONGEST_TAIL = 22 + 0xffff;

/**
 * The entries of a `.zip`, nothing unfolded yet: sizes announced are held against the limits first, and an entry that
 * unfolds to more than it announced is refused when its turn comes.
 */
export async function entriesOf({ name, bytes }: Piece, limits: Limits): Promise<Entry[]> {
	if (!bytes.subarray(-LONGEST_TAIL).includes(END_OF_ARCHIVE)) refuseFile('file_cut', { name });
	const { unfolded: total, entries: count } = limits;
	const found = await orRefused(name, () => readZip(bytes, { total, entry: total, entries: count }));
	const size = found.reduce((sum, entry) => sum + entry.size, 0);
	if (size > mostOf(bytes.length, limits)) refuseFile('file_bomb', { name, limit: total / MB });
	return found;
}

/** The bytes of one entry. */
export const unfoldEntry = (entry: Entry) => orRefused(entry.name, () => unfold(entry));
