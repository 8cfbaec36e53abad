import sharp from 'sharp';
import { expect, test } from 'vitest';
import { house, wordsOf } from '#platform/house.ts';
import { visitor } from '#platform/viewer.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { editLogo } from './identity.ts';
import { appIcon, manifest } from './look.ts';
import { organisation } from './organisation.ts';

stage();

/** A pixel of the icon at these parts of its side, and its size. */
async function iconAt(size: string, x: number, y: number) {
	const response = await appIcon(visitor, await house(), { size, search: '' });
	const { data, info } = await sharp(Buffer.from(await response.arrayBuffer()))
		.removeAlpha()
		.raw()
		.toBuffer({ resolveWithObject: true });
	const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 3;
	return {
		type: response.headers.get('content-type'),
		sides: [info.width, info.height],
		pixel: [...data.subarray(at, at + 3)],
	};
}

test('a telephone finds the sign of the house at each size it asks for, to the edge of its square', async () => {
	const said = manifest(await house(), wordsOf(await house(), 'fr'));
	const [first, last] = said.icons.map(({ src }) => src.match(/^\/icone\/(\d+)\?/)?.[1]);
	for (const size of ['180', first!, last!]) {
		const corner = await iconAt(size, 0, 0);
		expect(corner).toMatchObject({ type: 'image/png', sides: [Number(size), Number(size)] });
		expect(corner.pixel).toEqual((await iconAt(size, 0.5, 0.02)).pixel);
	}
	expect(await outcome(appIcon(visitor, await house(), { size: '999', search: '' }))).toBe('NotFound');
});

test('with a logo, it is the logo, whole, in the middle of white', async () => {
	const red = await sharp({ create: { width: 300, height: 100, channels: 4, background: '#d00' } })
		.png()
		.toBuffer();
	const bertrand = await as('bertrand');
	const { versions } = await organisation(bertrand);
	await editLogo(bertrand, { logo: new File([new Uint8Array(red)], 'logo.png'), version: versions.logo });
	const [middle, above, corner] = [
		await iconAt('192', 0.5, 0.5),
		await iconAt('192', 0.5, 0.3),
		await iconAt('192', 0, 0),
	];
	expect(middle.sides).toEqual([192, 192]);
	expect(middle.pixel[0]).toBeGreaterThan(180);
	expect(middle.pixel[1]).toBeLessThan(60);
	expect([above.pixel, corner.pixel]).toEqual([
		[255, 255, 255],
		[255, 255, 255],
	]);
});
