import sharp from 'sharp';

/** A photograph of a telephone: its place and camera are written in it. */
export async function photo(): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
	const picture = sharp({ create: { width: 1200, height: 900, channels: 3, background: '#c2562d' } });
	const buffer = await picture
		.withExif({ IFD0: { Make: 'SecretPlace', Copyright: 'SecretPlace 48.85' } })
		.jpeg()
		.toBuffer();
	return { name: 'stand.jpg', mimeType: 'image/jpeg', buffer };
}
