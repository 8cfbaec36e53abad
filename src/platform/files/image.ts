import sharp, { type OutputInfo, type Sharp } from 'sharp';
import { oneAtATime } from './one-at-a-time.ts';
import { FileProblem, refuseIf } from './problem.ts';
import { assertBareWebp } from './webp.ts';

export const PIXELS_MAX = 40_000_000;
export const WIDTHS = [480, 960, 1600] as const;
const SECONDS = 10;
const QUALITY = 78;
/** Tall screenshots are kept within twice their width, so that no variant exceeds WebP's 16 383 pixels. */
const TALLNESS = 2;

export type Variant = { width: number; height: number; bytes: Buffer };

sharp.concurrency(1);
sharp.cache(false);
const queue = oneAtATime();

/**
 * The picture redrawn as WebP, smallest first, upright, in sRGB, with no metadata at all (place, camera, author,
 * thumbnail). Never enlarged: a 700-pixel picture gives 480 and 700. An animation gives its first frame. One picture is
 * worked on at a time. Throws FileProblem: `too_many_pixels` before decoding, `too_slow` after 10 s, `broken`.
 */
export async function redraw(bytes: Uint8Array): Promise<Variant[]> {
	return queue(async () => {
		const size = await measure(bytes);
		refuseIf(size.width * size.height > PIXELS_MAX, 'too_many_pixels');
		const largest = await draw(sharp(bytes, INPUT).autoOrient().timeout({ seconds: SECONDS }), WIDTHS[2]);
		const smaller = WIDTHS.slice(0, 2).filter((width) => width < largest.info.width);
		const variants: Variant[] = [];
		for (const width of smaller) variants.push(await encode(await draw(fromPixels(largest), width)));
		return [...variants, await encode(largest)];
	});
}

const INPUT = { limitInputPixels: PIXELS_MAX, pages: 1, failOn: 'error', sequentialRead: true } as const;

/** The library reads more (SVG, TIFF): a caller that forgot to sniff is refused here. */
const FORMATS = new Set(['jpeg', 'png', 'webp', 'gif', 'heif']);

/** Width and height in pixels, from the header only. Throws FileProblem when there is none. */
export async function measure(bytes: Uint8Array): Promise<{ width: number; height: number }> {
	const header = await guarded(() => sharp(bytes, { ...INPUT, limitInputPixels: false }).metadata());
	refuseIf(!FORMATS.has(header.format ?? ''), 'unknown_kind');
	if (!header.width || !header.height) throw new FileProblem('broken');
	return { width: header.width, height: header.pageHeight ?? header.height };
}

type Pixels = { data: Buffer; info: OutputInfo };

function fromPixels({ data, info }: Pixels): Sharp {
	return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
}

async function draw(image: Sharp, width: number): Promise<Pixels> {
	const resized = image
		.resize({ width, height: width * TALLNESS, fit: 'inside', withoutEnlargement: true })
		.raw();
	const { data, info } = await guarded(() => resized.toBuffer({ resolveWithObject: true }));
	return { data, info };
}

async function encode(pixels: Pixels): Promise<Variant> {
	const drawn = fromPixels(pixels).webp({ quality: QUALITY, effort: 3 }).timeout({ seconds: SECONDS });
	const { data, info } = await guarded(() => drawn.toBuffer({ resolveWithObject: true }));
	assertBareWebp(data);
	return { width: info.width, height: info.height, bytes: data };
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (problem) {
		const reason = String(problem);
		if (/pixel limit/i.test(reason)) throw new FileProblem('too_many_pixels');
		throw new FileProblem(/timeout/i.test(reason) ? 'too_slow' : 'broken');
	}
}
