import sharp from 'sharp';

/** A PNG of one colour, as a form sends it: what it shows does not matter. */
export async function flatPicture(name = 'image.png', width = 600, height = 500): Promise<File> {
	const drawn = sharp({ create: { width, height, channels: 3, background: '#00616c' } });
	return new File([new Uint8Array(await drawn.png().toBuffer())], name, { type: 'image/png' });
}
