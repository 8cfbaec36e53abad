import { FileProblem, refuseIf } from '../problem.ts';
import type { BareSound } from './bare.ts';
import { bareMp3, isMp3 } from './mp3.ts';
import { bareMp4, isMp4 } from './mp4.ts';
import { bareOgg, isOgg } from './ogg.ts';
import { bareWav, isWav } from './wav.ts';
import { bareWebm, isWebm } from './webm.ts';

interface Form {
	extension: string;
	mime: string;
	is: (file: Buffer) => boolean;
	bare: (file: Buffer) => BareSound;
}

const forms: readonly Form[] = [
	{ extension: 'wav', mime: 'audio/wav', is: isWav, bare: bareWav },
	{ extension: 'm4a', mime: 'audio/mp4', is: isMp4, bare: bareMp4 },
	{ extension: 'ogg', mime: 'audio/ogg', is: isOgg, bare: bareOgg },
	{ extension: 'webm', mime: 'audio/webm', is: isWebm, bare: bareWebm },
	{ extension: 'mp3', mime: 'audio/mpeg', is: isMp3, bare: bareMp3 },
];

const HEAD = 64;

/** Which sound the bytes announce, if one. */
export const soundForm = (file: Buffer): { extension: string; mime: string } | undefined =>
	file.byteLength >= HEAD ? forms.find(({ is }) => is(file)) : undefined;

const DAY = 86_400;

/**
 * The sound without what tells of its author, place, date, program or cover, ready to be kept. Throws FileProblem:
 * `video`, `broken`, or `unknown_kind` for a sound written in a way we do not read.
 */
export function bareSound(file: Buffer): { bytes: Buffer; seconds: number | null } {
	const form = forms.find(({ is }) => is(file));
	if (!form) throw new FileProblem('unknown_kind');
	const { bytes, seconds } = guarded(() => form.bare(file));
	refuseIf(bytes.byteLength === 0, 'broken');
	const isTold = Number.isFinite(seconds) && seconds >= 0.1 && seconds < DAY;
	return { bytes, seconds: isTold ? Math.round(seconds * 10) / 10 : null };
}

/** A size that leads out of the file is a broken file. */
function guarded<T>(work: () => T): T {
	try {
		return work();
	} catch (problem) {
		throw problem instanceof RangeError ? new FileProblem('broken') : problem;
	}
}
