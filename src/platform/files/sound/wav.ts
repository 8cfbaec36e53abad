import { FileProblem, refuseIf } from '../problem.ts';
import type { BareSound } from './bare.ts';

export const isWav = (file: Buffer) =>
	file.toString('latin1', 0, 4) === 'RIFF' && file.toString('latin1', 8, 12) === 'WAVE';

/** Samples as numbers, as floats, or on a telephone's scales; a format in other words tells one of these. */
const READABLE = new Set([1, 3, 6, 7, 0xfffe]);
const FORMAT_MIN = 16;
const FORMAT_MAX = 40;

/** The format and the samples of a wav; author, date, place, markers and pictures are other chunks, and go. */
export function bareWav(file: Buffer): BareSound {
	const { format, samples } = partsOf(file);
	const [channels, hertz, perSecond, perSample] = [
		format.readUInt16LE(2),
		format.readUInt32LE(4),
		format.readUInt32LE(8),
		format.readUInt16LE(12),
	];
	refuseIf(!READABLE.has(format.readUInt16LE(0)) || channels < 1 || channels > 8, 'broken');
	refuseIf(hertz < 4_000 || hertz > 192_000 || perSample < 1 || perSecond !== hertz * perSample, 'broken');
	const whole = samples.subarray(0, samples.byteLength - (samples.byteLength % perSample));
	refuseIf(whole.byteLength === 0, 'broken');
	const body = Buffer.concat([Buffer.from('WAVE', 'latin1'), chunk('fmt ', format), chunk('data', whole)]);
	return { bytes: chunk('RIFF', body), seconds: whole.byteLength / perSecond };
}

function partsOf(file: Buffer): { format: Buffer; samples: Buffer } {
	let format: Buffer | undefined;
	for (let at = 12; at + 8 <= file.byteLength; ) {
		const name = file.toString('latin1', at, at + 4);
		const size = file.readUInt32LE(at + 4);
		const content = file.subarray(at + 8, at + 8 + size);
		if (name === 'fmt ' && content.byteLength >= FORMAT_MIN) format = content.subarray(0, FORMAT_MAX);
		// A recorder that was cut says too much, or nothing: the samples go on to the end.
		if (name === 'data' && format) return { format, samples: size ? content : file.subarray(at + 8) };
		at += 8 + size + (size % 2);
	}
	throw new FileProblem('broken');
}

function chunk(name: string, content: Buffer): Buffer {
	const head = Buffer.alloc(8);
	head.write(name, 'latin1');
	head.writeUInt32LE(content.byteLength, 4);
	return Buffer.concat([head, content, Buffer.alloc(content.byteLength % 2)]);
}
