import { refuseIf } from '../problem.ts';
import type { BareSound } from './bare.ts';

/** Layer III alone, as every phone and recorder writes it. */
const KILOBITS = {
	1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
	2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const RATES = [44_100, 48_000, 32_000];
/** What programs write after the last frame; a frame cut short is dropped with it. */
const TAIL = /^(?:TAG|APETAGEX|LYRICSBEGIN|3DI|ID3|\0)/;
const FRAME_MAX = 2_881;

interface Frame {
	length: number;
	seconds: number;
	/** Where the side information ends: an encoder writes its card there, in the first frame. */
	card: number;
}

/** The frame that begins at `at`, from its four bytes. */
function frameAt(file: Buffer, at: number): Frame | undefined {
	if (at + 4 > file.byteLength || file[at] !== 0xff) return undefined;
	const [second, third, fourth] = [file[at + 1]!, file[at + 2]!, file[at + 3]!];
	const isLayerIII = (second & 0xe6) === 0xe2;
	const isFirst = (second & 0x18) === 0x18;
	const hertz = hertzOf(second, (third >> 2) & 3);
	const kilobits = KILOBITS[isFirst ? 1 : 2][third >> 4];
	if (!isLayerIII || !hertz || !kilobits) return undefined;
	const samples = isFirst ? 1152 : 576;
	return {
		length: Math.floor((samples * 125 * kilobits) / hertz) + ((third >> 1) & 1),
		seconds: samples / hertz,
		card: 4 + sideInformation(isFirst, fourth >> 6 === 3),
	};
}

/** Samples by second: MPEG 1, its halves (2) and its quarters (2.5). */
function hertzOf(second: number, rate: number): number | undefined {
	const divisor = [4, undefined, 2, 1][(second >> 3) & 3];
	const whole = RATES[rate];
	return divisor && whole && whole / divisor;
}

function sideInformation(isFirst: boolean, isMono: boolean): number {
	if (isFirst) return isMono ? 17 : 32;
	return isMono ? 9 : 17;
}

/** Where the first frame is: after any number of ID3v2 tags. */
function afterTags(file: Buffer): number {
	let at = 0;
	while (file.toString('latin1', at, at + 3) === 'ID3' && at + 10 <= file.byteLength) {
		const size = [6, 7, 8, 9].reduce((sum, digit) => sum * 128 + (file[at + digit]! & 0x7f), 0);
		at += 10 + size + (file[at + 5]! & 0x10 ? 10 : 0);
	}
	// Some programs leave zeros after their tag.
	while (file[at] === 0) at++;
	return at;
}

export const isMp3 = (file: Buffer) =>
	file.toString('latin1', 0, 3) === 'ID3' || frameAt(file, 0) !== undefined;

/** The frames of an mp3 and nothing else: every tag around them goes, with its texts, dates and cover. */
export function bareMp3(file: Buffer): BareSound {
	const from = afterTags(file);
	let at = from;
	let seconds = 0;
	for (let frame = frameAt(file, at); frame && at + frame.length <= file.byteLength; ) {
		at += frame.length;
		seconds += frame.seconds;
		frame = frameAt(file, at);
	}
	const tail = file.subarray(at);
	refuseIf(
		seconds === 0 || (tail.byteLength > FRAME_MAX && !TAIL.test(tail.toString('latin1', 0, 16))),
		'broken',
	);
	const bytes = Buffer.from(file.subarray(from, at));
	return { bytes, seconds: seconds - blankCard(bytes) };
}

/** The first frame of many files holds no sound but a card: the table to jump in it is kept, the encoder's name is not. */
function blankCard(bytes: Buffer): number {
	const { length, card, seconds } = frameAt(bytes, 0)!;
	if (!/^(?:Xing|Info)$/.test(bytes.toString('latin1', card, card + 4))) return 0;
	const holds = bytes.readUInt32BE(card + 4);
	const table = [4, 4, 100, 4].reduce((sum, size, bit) => sum + ((holds >> bit) & 1 ? size : 0), 8);
	bytes.fill(0, Math.min(card + table, length), length);
	return seconds;
}
