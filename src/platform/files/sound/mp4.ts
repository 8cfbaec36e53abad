import { FileProblem, refuseIf } from '../problem.ts';
import type { BareSound } from './bare.ts';
import { type Box, boxesIn, empty } from './boxes.ts';
import { blankBetweenSamples } from './samples.ts';

export const isMp4 = (file: Buffer) =>
	file.toString('latin1', 4, 8) === 'ftyp' && file.includes('moov', 0, 'latin1');

/** What playing needs, level by level; any other box (udta, meta, cover, place, program) is emptied. */
const KEPT: Record<string, string> = {
	'': 'ftyp styp moov moof mdat sidx mfra',
	moov: 'mvhd trak mvex',
	trak: 'tkhd edts mdia',
	edts: 'elst',
	mdia: 'mdhd hdlr minf',
	minf: 'smhd dinf stbl',
	dinf: 'dref',
	stbl: 'stsd stts stsc stsz stco co64',
	mvex: 'mehd trex',
	moof: 'mfhd traf',
	traf: 'tfhd tfdt trun',
	mfra: 'tfra mfro',
};
const MEDIA_MAX = 16;
const BRAND = /^(?:M4[AB] |mp4[12]|iso[m2-9]|qt {2}|dash|msdh|msix|cmf[ac2])$/;

/** An MP4 with one sound and no picture: what tells of its author, date and place is emptied, its cover goes. */
export function bareMp4(sent: Buffer): BareSound {
	const file = Buffer.from(sent);
	const found = new Map<string, Box[]>();
	keepOnly(file, '', 0, file.byteLength, found);
	const one = (name: string) => {
		const [box, ...more] = found.get(name) ?? [];
		if (!box || more.length) throw new FileProblem('broken');
		return box;
	};
	for (const handler of found.get('hdlr') ?? []) checkIsHeard(file, handler);
	checkCodec(file, one('stsd'));
	checkInside(file, one('dref'));
	for (const box of [one('mvhd'), one('tkhd'), one('mdhd')]) blankDates(file, box);
	blankLanguage(file, one('mdhd'));
	for (const box of [...(found.get('ftyp') ?? []), ...(found.get('styp') ?? [])]) blankBrands(file, box);
	const media = found.get('mdat') ?? [];
	refuseIf(media.length > MEDIA_MAX && !found.has('moof'), 'broken');
	if (!found.has('moof')) blankBetweenSamples(file, one, media);
	return { bytes: file, seconds: found.has('moof') ? 0 : lengthOf(file, one('mdhd')) };
}

/** Empties, level by level, every box that is not in the list; gathers the others by name. */
function keepOnly(file: Buffer, level: string, from: number, to: number, found: Map<string, Box[]>): void {
	const kept = KEPT[level]!.split(' ');
	for (const box of boxesIn(file, from, to)) {
		if (!kept.includes(box.name)) {
			// The picture of a film: said as such, rather than taken away.
			refuseIf(box.name === 'vmhd', 'video');
			empty(file, box);
			continue;
		}
		if (!found.get(box.name)?.push(box)) found.set(box.name, [box]);
		if (KEPT[box.name]) keepOnly(file, box.name, box.content, box.to, found);
	}
}

/** A track is heard or the file is refused; the name that a program gave it goes. */
function checkIsHeard(file: Buffer, { content, to }: Box): void {
	refuseIf(to - content < 20, 'broken');
	const kind = file.toString('latin1', content + 8, content + 12);
	refuseIf(kind === 'vide', 'video');
	refuseIf(kind !== 'soun', 'unknown_kind');
	file.fill(0, content + 4, content + 8);
	file.fill(0, content + 12, to);
}

/** AAC or Opus; beside what its decoder needs, the entry keeps nothing. */
function checkCodec(file: Buffer, { content, to }: Box): void {
	refuseIf(to - content < 44 || file.readUInt32BE(content + 4) !== 1, 'broken');
	const [entry, ...more] = boxesIn(file, content + 8, to);
	refuseIf(!entry || more.length > 0 || !/^(?:mp4a|Opus)$/.test(entry.name), 'unknown_kind');
	// An older form of the entry, by QuickTime, is not read here.
	refuseIf(file.readUInt16BE(entry!.content + 8) !== 0, 'unknown_kind');
	for (const part of boxesIn(file, entry!.content + 28, entry!.to))
		if (!/^(?:esds|dOps)$/.test(part.name)) empty(file, part);
}

/** The sound is in this file and not behind an address. */
function checkInside(file: Buffer, { content, to }: Box): void {
	const places = boxesIn(file, content + 8, to);
	refuseIf(places.length !== 1 || places[0]!.to - places[0]!.content < 4, 'broken');
	const { content: flags, to: end } = places[0]!;
	refuseIf((file.readUInt32BE(flags) & 1) !== 1, 'broken');
	file.fill(0, flags + 4, end);
}

// mvhd, tkhd and mdhd begin alike: version, then when it was made and changed.
function blankDates(file: Buffer, { content, to }: Box): void {
	refuseIf(to - content < 24, 'broken');
	file.fill(0, content + 4, content + (file[content] === 1 ? 20 : 12));
}

const UNDETERMINED = 0x55c4;
const blankLanguage = (file: Buffer, { content }: Box) =>
	file.writeUInt16BE(UNDETERMINED, content + (file[content] === 1 ? 32 : 20));

function blankBrands(file: Buffer, { content, to }: Box): void {
	for (let at = content; at + 4 <= to; at += 4) {
		if (at === content + 4) file.writeUInt32BE(0, at);
		else if (!BRAND.test(file.toString('latin1', at, at + 4))) file.write('isom', at, 'latin1');
	}
}

/** Seconds that a header tells; one written as it was recorded does not. */
function lengthOf(file: Buffer, { content }: Box): number {
	const long = file[content] === 1;
	const scale = file.readUInt32BE(content + (long ? 20 : 12));
	const units = long ? Number(file.readBigUInt64BE(content + 24)) : file.readUInt32BE(content + 16);
	return scale ? units / scale : 0;
}
