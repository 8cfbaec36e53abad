import { refuseIf } from '../problem.ts';

/** One box of an MP4: its name, where it begins, where its content does, where it ends. */
export interface Box {
	name: string;
	from: number;
	content: number;
	to: number;
}

/** The boxes between two places of a file, which they fill without a gap. */
export function boxesIn(file: Buffer, from: number, to: number): Box[] {
	const boxes: Box[] = [];
	for (let at = from; at < to; ) {
		refuseIf(at + 8 > to, 'broken');
		const box = boxAt(file, at, to);
		refuseIf(box.to < box.content || box.to > to, 'broken');
		boxes.push(box);
		at = box.to;
	}
	return boxes;
}

function boxAt(file: Buffer, at: number, end: number): Box {
	const size = file.readUInt32BE(at);
	const name = file.toString('latin1', at + 4, at + 8);
	if (size === 0) return { name, from: at, content: at + 8, to: end };
	if (size !== 1) return { name, from: at, content: at + 8, to: at + size };
	refuseIf(at + 16 > end, 'broken');
	return { name, from: at, content: at + 16, to: at + Number(file.readBigUInt64BE(at + 8)) };
}

/** Makes a box say nothing; its size stays, so that places in the file stay true. */
export function empty(file: Buffer, { from, content, to }: Box): void {
	file.write('free', from + 4, 'latin1');
	file.fill(0, content, to);
}
