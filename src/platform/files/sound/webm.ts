import { refuseIf } from '../problem.ts';
import type { BareSound } from './bare.ts';
import { type Element, elementAt, makeVoid } from './ebml.ts';

export const isWebm = (file: Buffer) =>
	file.readUIntBE(0, 4) === 0x1a45dfa3 && file.toString('latin1', 0, 64).includes('webm');

/** What becomes of an element that playing needs: kept, read for its number or its name, emptied, or gone into. */
type Kept = 'keep' | 'blank' | 'one' | 'type' | 'codec' | 'scale' | 'duration' | 'time' | 'block';
type Fate = Kept | Level;
interface Level {
	readonly [id: number]: Fate;
}

const cluster: Level = {
	231: 'time',
	163: 'block',
	160: { 161: 'block', 155: 'keep', 30114: 'keep', 251: 'keep' },
	171: 'keep',
	167: 'keep',
};
const audio: Level = { 181: 'keep', 30901: 'keep', 159: 'keep', 25188: 'keep' };
const track: Level = {
	215: 'keep',
	29637: 'one',
	131: 'type',
	185: 'keep',
	136: 'keep',
	156: 'keep',
	134: 'codec',
	25506: 'keep',
	22186: 'keep',
	22203: 'keep',
	2352003: 'keep',
	225: audio,
};
const segment: Level = {
	290298740: 'keep',
	357149030: { 2807729: 'scale', 17545: 'duration', 19840: 'blank', 22337: 'blank' },
	374648427: { 174: track },
	524531317: cluster,
	475249515: 'keep',
};
const head: Level = {
	17030: 'keep',
	17143: 'keep',
	17138: 'keep',
	17139: 'keep',
	17026: 'keep',
	17031: 'keep',
	17029: 'keep',
};
const whole: Level = { 440786851: head, 408125543: segment };
const TRACK_TYPE_SOUND = 2;

/** What is read on the way. */
interface Heard {
	tracks: number;
	codec: string;
	scale: number;
	duration: number;
	time: number;
	last: number;
}

/** A WebM with one sound, Opus, as browsers record it: title, date, tags, attachments and programs' names are emptied. */
export function bareWebm(sent: Buffer): BareSound {
	const file = Buffer.from(sent);
	const heard: Heard = { tracks: 0, codec: '', scale: 1_000_000, duration: 0, time: 0, last: 0 };
	clean(file, whole, 0, file.byteLength, heard);
	refuseIf(heard.tracks !== 1, 'broken');
	refuseIf(heard.codec !== 'A_OPUS', 'unknown_kind');
	return { bytes: file, seconds: ((heard.duration || heard.last) * heard.scale) / 1e9 };
}

/** Empties what is not of the level; gives where it ends. One of unknown size ends where the level above goes on. */
function clean(file: Buffer, level: Level, from: number, to: number, heard: Heard, above?: Level): number {
	let at = from;
	while (at < to) {
		const element = elementAt(file, at, to);
		const fate = level[element.id];
		if (!fate && above?.[element.id]) return at;
		refuseIf(element.to === null && fate !== segment && fate !== cluster, 'broken');
		at = element.to ?? clean(file, fate as Level, element.content, to, heard, level);
		if (element.to !== null) treat(file, fate, { ...element, to: element.to }, heard);
	}
	return at;
}

type Sized = Element & { to: number };

function treat(file: Buffer, fate: Fate | undefined, element: Sized, heard: Heard): void {
	if (!fate) makeVoid(file, element.from, element.to);
	else if (typeof fate === 'object') clean(file, fate, element.content, element.to, heard);
	else settle(file.subarray(element.content, element.to), fate, heard);
}

function settle(value: Buffer, fate: Kept, heard: Heard): void {
	if (fate === 'blank') value.fill(0);
	if (fate === 'one') value.fill(0).fill(1, Math.max(0, value.byteLength - 1));
	if (fate === 'codec') heard.codec = value.toString('latin1').replace(/\0+$/, '');
	if (fate === 'scale') heard.scale = numberIn(value);
	if (fate === 'duration') heard.duration = realIn(value);
	if (fate === 'time') heard.time = numberIn(value);
	if (fate === 'block' && value.byteLength > 3) heard.last = heard.time + value.readInt16BE(1);
	if (fate === 'type') {
		refuseIf(numberIn(value) !== TRACK_TYPE_SOUND, 'video');
		heard.tracks++;
	}
}

const numberIn = (value: Buffer) => value.reduce((sum, byte) => sum * 256 + byte, 0);

function realIn(value: Buffer): number {
	if (value.byteLength === 8) return value.readDoubleBE(0);
	return value.byteLength === 4 ? value.readFloatBE(0) : 0;
}
