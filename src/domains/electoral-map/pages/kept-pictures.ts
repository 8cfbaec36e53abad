import { pngOf } from './picture.ts';

/** Bytes of pictures kept, over all of them: some forty. */
const ROOM = 8_000_000;

interface Kept {
	drawing: Promise<Buffer>;
	/** 0 while it is being drawn. */
	bytes: number;
}

/**
 * Pictures already drawn, the latest asked last, each under the very drawing it shows: what one may see is asked before, every time,
 * and two who see the same share one. A crowd that asks at once waits for one drawing. Lost with the process, drawn again.
 */
export function keepPictures(draw: (svg: string) => Promise<Buffer> = pngOf, room = ROOM) {
	const kept = new Map<string, Kept>();
	const makeRoom = () => {
		let held = [...kept.values()].reduce((sum, { bytes }) => sum + bytes, 0);
		for (const [svg, { bytes }] of kept) {
			if (held <= room) return;
			if (bytes) kept.delete(svg);
			held -= bytes;
		}
	};
	return async (svg: string): Promise<Buffer> => {
		const one = kept.get(svg) ?? { drawing: draw(svg), bytes: 0 };
		kept.delete(svg);
		kept.set(svg, one);
		try {
			const png = await one.drawing;
			one.bytes = svg.length + png.length;
			makeRoom();
			return png;
		} catch (error) {
			kept.delete(svg);
			throw error;
		}
	};
}

/** A drawing as PNG: half a second of the processor the first time, nothing after. */
export const pictureOf = keepPictures();
