import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { FileProblem, refuseIf } from './problem.ts';

/**
 * Just enough of the zip format to judge an office document: where its entries are, what they weigh unfolded, and
 * that nothing lies before, between or after them.
 */

export type Entry = { name: string; stored: boolean; size: number; packed: Buffer };

/** What an archive may weigh, in bytes once unfolded. */
export type ZipLimits = { total: number; entry: number; entries: number };

const DOCUMENT: ZipLimits = { total: 64 * 1024 * 1024, entry: 32 * 1024 * 1024, entries: 2_000 };
const END = 22;
const CENTRAL = 46;
const LOCAL = 30;

/**
 * The entries of an archive. Throws FileProblem when it is a bomb, locked, disordered or hides bytes.
 * `limits` are those of an office document unless told.
 */
export function readZip(file: Buffer, limits = DOCUMENT): Entry[] {
	try {
		return entriesOf(file, limits);
	} catch (problem) {
		throw problem instanceof RangeError ? new FileProblem('broken') : problem;
	}
}

function entriesOf(file: Buffer, limits: ZipLimits): Entry[] {
	const end = file.byteLength - END;
	refuseIf(end < 0 || file.readUInt32LE(end) !== 0x06054b50, 'two_kinds');
	const count = file.readUInt16LE(end + 10);
	refuseIf(count === 0 || count > limits.entries, 'bomb');
	const directory = file.readUInt32LE(end + 16);
	refuseIf(directory + file.readUInt32LE(end + 12) !== end, 'two_kinds');
	const entries: Placed[] = [];
	let at = directory;
	for (let index = 0; index < count; index++) {
		entries.push(entryAt(file, at));
		at += CENTRAL + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
	}
	refuseIf(at !== end, 'two_kinds');
	checkPlaces(entries, directory);
	checkWeights(entries, limits);
	return entries;
}

type Placed = Entry & { from: number; end: number };

function entryAt(file: Buffer, at: number): Placed {
	refuseIf(file.readUInt32LE(at) !== 0x02014b50, 'broken');
	const flags = file.readUInt16LE(at + 8);
	refuseIf((flags & 0x2041) !== 0, 'encrypted');
	const method = file.readUInt16LE(at + 10);
	refuseIf(method !== 0 && method !== 8, 'unknown_kind');
	const name = file.toString('utf8', at + CENTRAL, at + CENTRAL + file.readUInt16LE(at + 28));
	refuseIf(/^\/|\\|(^|\/)\.\.(\/|$)|\p{Cc}|^[a-z]:/iu.test(name), 'active_content');
	const [packed, size, from] = [
		file.readUInt32LE(at + 20),
		file.readUInt32LE(at + 24),
		file.readUInt32LE(at + 42),
	];
	const start = startOfData(file, from, name);
	const end = start + packed;
	const bytes = file.subarray(start, end);
	return { name, stored: method === 0, size, packed: bytes, from, end: end + descriptor(file, flags, end) };
}

/** The local header must say the same name as the directory: readers differ on which they trust. */
function startOfData(file: Buffer, from: number, name: string): number {
	refuseIf(file.readUInt32LE(from) !== 0x04034b50, 'two_kinds');
	const nameEnd = from + LOCAL + file.readUInt16LE(from + 26);
	refuseIf(file.toString('utf8', from + LOCAL, nameEnd) !== name, 'two_kinds');
	return nameEnd + file.readUInt16LE(from + 28);
}

/** Streaming writers put sizes after the data, with or without a signature. */
function descriptor(file: Buffer, flags: number, at: number): number {
	if ((flags & 8) === 0) return 0;
	return file.readUInt32LE(at) === 0x08074b50 ? 16 : 12;
}

/** Entries follow one another from the first byte to the directory: no gap to hide in, no overlap to multiply with. */
function checkPlaces(entries: Placed[], directory: number): void {
	let expected = 0;
	for (const { from, end } of entries.toSorted((a, b) => a.from - b.from)) {
		refuseIf(from !== expected, 'two_kinds');
		expected = end;
	}
	refuseIf(expected !== directory, 'two_kinds');
}

function checkWeights(entries: Entry[], limits: ZipLimits): void {
	const total = entries.reduce((sum, { size }) => sum + size, 0);
	refuseIf(total > limits.total || entries.some(({ size }) => size > limits.entry), 'bomb');
	refuseIf(new Set(entries.map(({ name }) => name.toLowerCase())).size !== entries.length, 'two_kinds');
}

const inflate = promisify(inflateRaw);

/** The bytes of one entry. Throws FileProblem when it unfolds to another size than it says. */
export async function unfold({ stored, size, packed }: Entry): Promise<Buffer> {
	const bytes = stored ? packed : await inflated(packed, size);
	refuseIf(bytes.byteLength !== size, 'bomb');
	return bytes;
}

async function inflated(packed: Buffer, size: number): Promise<Buffer> {
	try {
		return await inflate(packed, { maxOutputLength: Math.max(1, size) });
	} catch (problem) {
		throw new FileProblem((problem as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'bomb' : 'broken');
	}
}
