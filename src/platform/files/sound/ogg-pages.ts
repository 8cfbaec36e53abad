import { refuseIf } from '../problem.ts';

/** One page of an Ogg. */
export interface Page {
	flags: number;
	serial: number;
	/** Samples heard when it ends; below zero when nothing ends in it. */
	granule: number;
	granuleBytes: Buffer;
	/** Sizes of the pieces of its packets: 255 goes on. */
	lacing: Buffer;
	content: Buffer;
}

const HEAD = 27;
const CONTINUED = 1;
const FIRST = 2;
const LAST = 4;
/** Every stream is the same one to us: the number that a program drew tells it again in another file. */
const SERIAL = 1;

/** The pages of an Ogg, whole and unbroken from the first byte to the last. */
export function pagesIn(file: Buffer): Page[] {
	const pages: Page[] = [];
	for (let at = 0; at < file.byteLength; ) {
		refuseIf(at + HEAD > file.byteLength || file.toString('latin1', at, at + 5) !== 'OggS\0', 'broken');
		const lacing = file.subarray(at + HEAD, at + HEAD + file[at + 26]!);
		const from = at + HEAD + lacing.byteLength;
		const to = from + lacing.reduce((sum, size) => sum + size, 0);
		refuseIf(to > file.byteLength || file.readUInt32LE(at + 22) !== checkOf(file.subarray(at, to)), 'broken');
		const flags = file[at + 5]!;
		refuseIf(flags & FIRST ? pages.length > 0 : pages.length === 0, 'unknown_kind');
		pages.push({
			flags,
			serial: file.readUInt32LE(at + 14),
			granule: Number(file.readBigInt64LE(at + 6)),
			granuleBytes: file.subarray(at + 6, at + 14),
			lacing,
			content: file.subarray(from, to),
		});
		at = to;
	}
	return pages;
}

type Known = Pick<Page, 'lacing' | 'flags' | 'granuleBytes'>;

/** A page as bytes; without what is `known` of it, one that opens a stream. */
export function pageOf(contents: Buffer[], number: number, isFirst: boolean, known?: Known): Buffer {
	const lacing = known?.lacing ?? Buffer.concat(contents.map(({ byteLength }) => lacingOf(byteLength)));
	const head = Buffer.alloc(HEAD);
	head.write('OggS\0', 'latin1');
	head[5] = known ? known.flags & (CONTINUED | LAST) : isFirst ? FIRST : 0;
	known?.granuleBytes.copy(head, 6);
	head.writeUInt32LE(SERIAL, 14);
	head.writeUInt32LE(number, 18);
	head[26] = lacing.byteLength;
	const page = Buffer.concat([head, lacing, ...contents]);
	page.writeUInt32LE(checkOf(page), 22);
	return page;
}

const lacingOf = (size: number) => {
	const lacing = Buffer.alloc(Math.floor(size / 255) + 1, 255);
	lacing[lacing.byteLength - 1] = size % 255;
	return lacing;
};

const PIECES = 255;

/** Packets on as many pages as they need. */
export function pagesOf(packets: Buffer[], from: number): Buffer[] {
	const lacing = Buffer.concat(packets.map(({ byteLength }) => lacingOf(byteLength)));
	const content = Buffer.concat(packets);
	const pages: Buffer[] = [];
	let at = 0;
	for (let piece = 0; piece < lacing.byteLength; piece += PIECES) {
		const pieces = lacing.subarray(piece, piece + PIECES);
		const size = pieces.reduce((sum, one) => sum + one, 0);
		const goesOn = piece > 0 && lacing[piece - 1] === 255;
		const ends = pieces.some((one) => one < 255);
		pages.push(
			pageOf([content.subarray(at, at + size)], from + pages.length, false, {
				lacing: pieces,
				flags: goesOn ? CONTINUED : 0,
				granuleBytes: Buffer.alloc(8, ends ? 0 : 0xff),
			}),
		);
		at += size;
	}
	return pages;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
	let rest = byte << 24;
	for (let bit = 0; bit < 8; bit++) rest = (rest << 1) ^ (rest < 0 ? 0x04c11db7 : 0);
	return rest >>> 0;
});

/** The check of a page, as if its own four bytes were zero. */
function checkOf(page: Buffer): number {
	let check = 0;
	for (let at = 0; at < page.byteLength; at++) {
		const byte = at >= 22 && at < 26 ? 0 : page[at]!;
		check = ((check << 8) ^ TABLE[((check >>> 24) ^ byte) & 0xff]!) >>> 0;
	}
	return check;
}
