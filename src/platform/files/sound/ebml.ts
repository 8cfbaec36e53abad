import { refuseIf } from '../problem.ts';

/** One element of a WebM; `to` is null when its size is unknown: it was sent while it was recorded. */
export interface Element {
	id: number;
	from: number;
	content: number;
	to: number | null;
}

/** The element at a place, which ends before `end`. */
export function elementAt(file: Buffer, from: number, end: number): Element {
	const idWidth = widthAt(file, from, end);
	const sizeAt = from + idWidth;
	const content = sizeAt + widthAt(file, sizeAt, end);
	refuseIf(idWidth > 4, 'broken');
	const size = sizeOf(file, sizeAt, content - sizeAt);
	const to = size === null ? null : content + size;
	refuseIf(to !== null && to > end, 'broken');
	return { id: file.readUIntBE(from, idWidth), from, content, to };
}

/** How many bytes a number takes: the zeros that begin it say so. */
function widthAt(file: Buffer, at: number, end: number): number {
	const width = at < end ? Math.clz32(file[at]!) - 23 : 9;
	refuseIf(width > 8 || at + width > end, 'broken');
	return width;
}

function sizeOf(file: Buffer, at: number, width: number): number | null {
	const all = file.subarray(at, at + width).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
	const mark = 1n << BigInt(7 * width);
	return all - mark === mark - 1n ? null : Number(all - mark);
}

const VOID = 0xec;
const SHORT = 128;

/** Makes an element say nothing, in its own size. */
export function makeVoid(file: Buffer, from: number, to: number): void {
	file.fill(0, from, to);
	file[from] = VOID;
	if (to - from <= SHORT) {
		file[from + 1] = 0x80 | (to - from - 2);
		return;
	}
	file[from + 1] = 1;
	file.writeUIntBE(to - from - 9, from + 3, 6);
}
