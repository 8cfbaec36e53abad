/** The parts of a WebP that hold pixels. Anything else (EXIF, XMP, ICCP, unknown) may tell about a person. */
const PIXEL_CHUNKS = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH']);

/** Four-letter names of the chunks of a WebP file, in order. Trailing bytes count as a chunk named `tail`. */
export function webpChunks(file: Buffer): string[] {
	const names: string[] = [];
	const declared = file.readUInt32LE(4) + 8;
	let at = 12;
	while (at + 8 <= Math.min(file.byteLength, declared)) {
		const size = file.readUInt32LE(at + 4);
		names.push(file.toString('latin1', at, at + 4));
		at += 8 + size + (size % 2);
	}
	return at === file.byteLength ? names : [...names, 'tail'];
}

/** Throws (a bug, not a refusal) when a picture we drew holds anything but pixels. */
export function assertBareWebp(file: Buffer): void {
	const foreign = webpChunks(file).filter((name) => !PIXEL_CHUNKS.has(name));
	if (foreign.length > 0) throw new Error(`picture not bare: ${foreign.join()}`);
}
