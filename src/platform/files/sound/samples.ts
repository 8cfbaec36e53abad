import { refuseIf } from '../problem.ts';
import type { Box } from './boxes.ts';

type One = (name: string) => Box;

/** Zeroes what lies in the media of an MP4 between its samples: what no player reads may still tell something. */
export function blankBetweenSamples(file: Buffer, one: One, media: Box[]): void {
	const chunks = chunksOf(file, one).sort((one, other) => one.from - other.from);
	for (const { content, to } of media) {
		let at = content;
		for (const chunk of chunks.filter(({ from }) => from >= content && from < to)) {
			if (chunk.from > at) file.fill(0, at, chunk.from);
			at = Math.max(at, Math.min(chunk.to, to));
		}
		file.fill(0, at, to);
	}
}

/** Where each chunk of samples is: its offset, and the sizes of its samples added up. */
function chunksOf(file: Buffer, one: One): { from: number; to: number }[] {
	const take = sizesOf(file, one('stsz'));
	const runs = runsOf(file, one('stsc'));
	let run = 0;
	return offsetsOf(file, one).map((from, chunk) => {
		while (run + 1 < runs.length && runs[run + 1]!.first <= chunk + 1) run++;
		const to = from + take(runs[run]?.samples ?? 0);
		refuseIf(to > file.byteLength, 'broken');
		return { from, to };
	});
}

function offsetsOf(file: Buffer, one: One): number[] {
	const box = isThere(one, 'stco') ? one('stco') : one('co64');
	const wide = box.name === 'co64' ? 8 : 4;
	return rowsOf(file, box, 4, wide, (at) =>
		wide === 8 ? Number(file.readBigUInt64BE(at)) : file.readUInt32BE(at),
	);
}

function isThere(one: One, name: string): boolean {
	try {
		one(name);
		return true;
	} catch {
		return false;
	}
}

const runsOf = (file: Buffer, box: Box) =>
	rowsOf(file, box, 4, 12, (at) => ({ first: file.readUInt32BE(at), samples: file.readUInt32BE(at + 4) }));

/** Gives the size of so many samples together, from one call to the next. */
function sizesOf(file: Buffer, box: Box): (count: number) => number {
	refuseIf(box.to - box.content < 12, 'broken');
	const same = file.readUInt32BE(box.content + 4);
	if (same) return (count) => same * count;
	const sizes = rowsOf(file, box, 8, 4, (at) => file.readUInt32BE(at));
	let next = 0;
	return (count) => {
		let total = 0;
		for (const end = Math.min(next + count, sizes.length); next < end; next++) total += sizes[next]!;
		return total;
	};
}

/** Rows of a table whose count is `skip` bytes into it; what it announces must be there. */
function rowsOf<Row>(file: Buffer, box: Box, skip: number, wide: number, row: (at: number) => Row): Row[] {
	const from = box.content + skip + 4;
	refuseIf(from > box.to, 'broken');
	const count = file.readUInt32BE(from - 4);
	refuseIf(from + count * wide > box.to, 'broken');
	return Array.from({ length: count }, (_, n) => row(from + n * wide));
}
