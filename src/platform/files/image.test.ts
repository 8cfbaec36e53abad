import { spawnSync } from 'node:child_process';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import * as make from './generators.fixture.ts';
import { measure, PIXELS_MAX, redraw } from './image.ts';
import { FileProblem } from './problem.ts';
import { assertBareWebp, webpChunks } from './webp.ts';

const noise = (width: number, height: number) =>
	sharp({
		create: {
			width,
			height,
			channels: 3,
			background: '#808080',
			noise: { type: 'gaussian', mean: 120, sigma: 40 },
		},
	});
const GPS = {
	IFD0: { Make: 'SECRETPHONE', Artist: 'Zoé' },
	IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 51/1 24/1' },
};
const XMP =
	'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="SECRETAUTHOR"/></rdf:RDF></x:xmpmeta>';
const talkative = (width: number, height: number) =>
	noise(width, height).withExif(GPS).withXmp(XMP).withIccProfile('p3');

async function codeOf(bytes: Uint8Array): Promise<string> {
	try {
		await redraw(bytes);
		return 'accepted';
	} catch (problem) {
		return problem instanceof FileProblem ? problem.code : `crashed: ${problem}`;
	}
}

describe('a photo', () => {
	it('is redrawn in three widths, never larger than it was', async () => {
		const widths = async (width: number, height: number) =>
			(await redraw(await noise(width, height).jpeg().toBuffer())).map((one) => [one.width, one.height]);
		expect(await widths(2000, 500)).toEqual([
			[480, 120],
			[960, 240],
			[1600, 400],
		]);
		expect(await widths(700, 350)).toEqual([
			[480, 240],
			[700, 350],
		]);
		expect(await widths(960, 10)).toEqual([
			[480, 5],
			[960, 10],
		]);
		expect(await widths(40, 30)).toEqual([[40, 30]]);
		expect((await widths(100, 20_000)).at(-1)?.[1]).toBeLessThanOrEqual(3_200);
	});

	it.each(['jpeg', 'png', 'webp', 'avif'] as const)(
		'leaves place, camera, author and profile behind (%s)',
		async (format) => {
			const source = await talkative(1000, 500).toFormat(format, { effort: 1 }).toBuffer();
			const before = await sharp(source).metadata();
			expect(before.exif?.toString('latin1')).toContain('SECRETPHONE');
			expect(before.icc).toBeDefined();
			for (const { bytes } of await redraw(source)) {
				const { format, exif, xmp, icc, iptc, comments, orientation } = await sharp(bytes).metadata();
				expect({ format, exif, xmp, icc, iptc, comments, orientation }).toEqual({ format: 'webp' });
				// Words long enough not to come by chance among pixels; place and camera are in the block named Exif.
				expect(bytes.toString('latin1')).not.toMatch(/SECRET|Exif|xmpmeta|ICCP/);
				expect(webpChunks(bytes)).toEqual(['VP8 ']);
			}
		},
	);

	it('is upright: the camera’s rotation is applied, then forgotten', async () => {
		const lying = await noise(300, 200).withMetadata({ orientation: 6 }).jpeg().toBuffer();
		expect(await redraw(lying)).toMatchObject([{ width: 200, height: 300 }]);
	});

	it('keeps transparency; an animation gives its first frame', async () => {
		const clear = await sharp({ create: { width: 60, height: 60, channels: 4, background: '#f000' } })
			.png()
			.toBuffer();
		expect((await sharp((await redraw(clear))[0]?.bytes).metadata()).hasAlpha).toBe(true);
		const other = await noise(60, 60).png().toBuffer();
		const frames = await sharp([clear, other, clear], { join: { animated: true } })
			.gif()
			.toBuffer();
		expect((await sharp(frames).metadata()).pages).toBeGreaterThan(1);
		const [still] = await redraw(frames);
		expect(await sharp(still?.bytes).metadata()).toMatchObject({ width: 60, height: 60 });
	});

	it('in the colours of print or in 16 bits becomes an ordinary one', async () => {
		const print = await noise(50, 50).toColourspace('cmyk').jpeg().toBuffer();
		const deep = await noise(50, 50).toColourspace('rgb16').png().toBuffer();
		for (const source of [print, deep]) {
			expect(await sharp((await redraw(source))[0]?.bytes).metadata()).toMatchObject({
				space: 'srgb',
				channels: 3,
			});
		}
	});

	it('with bytes behind it loses them', async () => {
		const tail = Buffer.concat([await noise(50, 50).jpeg().toBuffer(), Buffer.from('HIDDEN<script>')]);
		expect((await redraw(tail))[0]?.bytes.includes('HIDDEN')).toBe(false);
	});
});

const BOMBS: [string, Uint8Array, RegExp][] = [
	['PNG of 900 Mpx', make.png(30_000, 30_000, { unfolded: 50_000_000 }), /too_many_pixels/],
	['interlaced PNG of 900 Mpx', make.png(30_000, 30_000, { interlaced: true }), /too_many_pixels/],
	['PNG one line above the limit', make.png(40_000, 1_001), /too_many_pixels/],
	['PNG of 2^31 pixels wide', make.png(0x7fffffff, 0x7fffffff), /too_many_pixels|broken/],
	['PNG without its pixels', make.png(5_000, 5_000, { unfolded: 10 }), /broken/],
	['PNG with 200 MB of text', make.png(100, 100, { extra: [make.textBomb(200_000_000)] }), /accepted|broken/],
	[
		'PNG with 200 MB of profile',
		make.png(100, 100, { extra: [make.profileBomb(200_000_000)] }),
		/accepted|broken/,
	],
	['GIF of 4 294 Mpx', make.gif(65_535, 65_535), /too_many_pixels|broken/],
	['JPEG of 4 225 Mpx', make.jpegHeader(65_000, 65_000), /too_many_pixels/],
	['WebP of 268 Mpx', make.webpHeader(16_384, 16_384), /too_many_pixels|broken/],
	['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), /unknown_kind/],
	['TIFF', await noise(9, 9).tiff().toBuffer(), /unknown_kind/],
	['empty', Buffer.alloc(0), /broken/],
	['noise', Buffer.alloc(5_000, 0xa7), /broken/],
];

describe('a picture bomb', () => {
	it.each(BOMBS)('%s is stopped within a second', async (_name, bytes, codes) => {
		const began = performance.now();
		expect(await codeOf(bytes)).toMatch(codes);
		expect(performance.now() - began).toBeLessThan(1_000);
	});

	it('all of them together stay under 200 MB', () => {
		const script = `
			import * as make from '${new URL('./generators.fixture.ts', import.meta.url)}';
			import { readFile } from 'node:fs/promises';
			import { redraw } from '${new URL('./image.ts', import.meta.url)}';
			const bombs = [make.png(30000, 30000, { unfolded: 5e6 }), make.png(30000, 30000, { interlaced: true }),
				make.png(40000, 1001), make.gif(65535, 65535), make.jpegHeader(65000, 65000), make.webpHeader(16384, 16384)];
			for (const bomb of bombs) await redraw(bomb).catch(() => undefined);
			// Its own peak: what the system counts as that of a process begins with its parent's.
			const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
			console.log(/VmHWM:\\s+(\\d+)/.exec(status)?.[1] ?? process.resourceUsage().maxRSS);`;
		const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
			encoding: 'utf8',
		});
		expect(Number(stdout), stderr).toBeGreaterThan(1_000);
		expect(Number(stdout) / 1024).toBeLessThan(200);
	});

	it('does not stop the next picture, and the limit itself passes', async () => {
		const good = await noise(50, 50).jpeg().toBuffer();
		const verdicts = await Promise.all([make.png(30_000, 30_000), good, Buffer.alloc(9), good].map(codeOf));
		expect(verdicts).toEqual(['too_many_pixels', 'accepted', 'broken', 'accepted']);
		expect(await measure(make.png(10_000, PIXELS_MAX / 10_000))).toEqual({ width: 10_000, height: 4_000 });
	});
});

describe('the check on what we drew', () => {
	it('notices a chunk that is not pixels, and bytes after the end', async () => {
		const bare = await noise(20, 20).webp().toBuffer();
		expect(() => assertBareWebp(bare)).not.toThrow();
		for (const keep of [talkative(20, 20).webp(), noise(20, 20).withXmp(XMP).webp()]) {
			const bytes = await keep.toBuffer();
			expect(() => assertBareWebp(bytes)).toThrow(/not bare/);
		}
		expect(() => assertBareWebp(Buffer.concat([bare, Buffer.from('tail')]))).toThrow(/tail/);
	});
});
