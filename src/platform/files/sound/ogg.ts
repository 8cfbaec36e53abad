import { FileProblem, refuseIf } from '../problem.ts';
import type { BareSound } from './bare.ts';
import { type Page, pageOf, pagesIn, pagesOf } from './ogg-pages.ts';

export const isOgg = (file: Buffer) => file.toString('latin1', 0, 4) === 'OggS';

const OPUS_HERTZ = 48_000;

/** What opens a stream: how many packets, and what is written in place of the comments. */
interface Codec {
	packets: number;
	noComment: Buffer;
	hertz: number;
	/** Samples that are decoded and not heard. */
	silent: number;
}

/** An Ogg of one sound, Opus or Vorbis: its comments, pictures and program's name are replaced by none. */
export function bareOgg(file: Buffer): BareSound {
	const pages = pagesIn(file);
	refuseIf(pages.length < 2 || new Set(pages.map(({ serial }) => serial)).size > 1, 'unknown_kind');
	const codec = codecOf(pages[0]!.content);
	const { packets, used } = openingOf(pages, codec.packets);
	packets[1] = codec.noComment;
	const rest = pages.slice(used);
	const opening = [pageOf([packets[0]!], 0, true), ...pagesOf(packets.slice(1), 1)];
	const bytes = [...opening, ...rest.map((page, n) => renumbered(page, opening.length + n))];
	const last = Math.max(0, ...rest.map(({ granule }) => granule));
	return { bytes: Buffer.concat(bytes), seconds: Math.max(0, last - codec.silent) / codec.hertz };
}

function codecOf(first: Buffer): Codec {
	if (first.toString('latin1', 0, 8) === 'OpusHead' && first.byteLength >= 19)
		return {
			packets: 2,
			noComment: Buffer.concat([Buffer.from('OpusTags', 'latin1'), Buffer.alloc(8)]),
			hertz: OPUS_HERTZ,
			silent: first.readUInt16LE(10),
		};
	if (first.toString('latin1', 0, 7) === '\x01vorbis' && first.byteLength >= 30)
		return {
			packets: 3,
			noComment: Buffer.concat([Buffer.from('\x03vorbis', 'latin1'), Buffer.alloc(8), Buffer.from([1])]),
			hertz: Math.max(1, first.readUInt32LE(12)),
			silent: 0,
		};
	throw new FileProblem('unknown_kind');
}

/** The packets that open a stream, and how many pages they fill: the sound begins on a page of its own. */
function openingOf(pages: Page[], count: number): { packets: Buffer[]; used: number } {
	const packets: Buffer[] = [];
	let unfinished: Buffer[] = [];
	for (const [index, { lacing, content }] of pages.entries()) {
		let at = 0;
		for (const size of lacing) {
			unfinished.push(content.subarray(at, at + size));
			at += size;
			if (size === 255) continue;
			packets.push(Buffer.concat(unfinished));
			unfinished = [];
		}
		if (packets.length < count) continue;
		refuseIf(packets.length > count || unfinished.length > 0, 'broken');
		return { packets, used: index + 1 };
	}
	throw new FileProblem('broken');
}

/** A page of sound under its new number. */
const renumbered = ({ lacing, content, flags, granuleBytes }: Page, number: number) =>
	pageOf([content], number, false, { lacing, flags, granuleBytes });
