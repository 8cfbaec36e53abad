const HERTZ = 16_000;
const NOTES = [523.25, 659.25, 783.99, 1046.5];
const NOTE_SECONDS = 0.7;
const FADE = 5;

/** Four rising notes of a bell, as a small wav: nothing is recorded, everything is drawn. */
export function drawChime(): Buffer {
	const count = Math.round(HERTZ * NOTE_SECONDS * (NOTES.length + 1));
	const samples = Buffer.alloc(count * 2);
	for (let n = 0; n < count; n++)
		samples.writeInt16LE(Math.round(Math.tanh(heardAt(n / HERTZ)) * 24_000), n * 2);
	return Buffer.concat([head(samples.byteLength), samples]);
}

// A bell goes on while the next one is struck.
const heardAt = (second: number) =>
	NOTES.map((hertz, index) => ({ hertz, since: second - index * NOTE_SECONDS }))
		.filter(({ since }) => since >= 0)
		.reduce((sum, { hertz, since }) => sum + bell(hertz, since), 0);

const bell = (hertz: number, since: number) =>
	Math.exp(-FADE * since) *
	(Math.sin(2 * Math.PI * hertz * since) + 0.3 * Math.sin(4.2 * Math.PI * hertz * since));

function head(size: number): Buffer {
	const bytes = Buffer.alloc(44);
	bytes.write('RIFF\0\0\0\0WAVEfmt ', 'latin1');
	bytes.writeUInt32LE(36 + size, 4);
	bytes.writeUInt32LE(16, 16);
	bytes.writeUInt16LE(1, 20);
	bytes.writeUInt16LE(1, 22);
	bytes.writeUInt32LE(HERTZ, 24);
	bytes.writeUInt32LE(HERTZ * 2, 28);
	bytes.writeUInt16LE(2, 32);
	bytes.writeUInt16LE(16, 34);
	bytes.write('data', 36, 'latin1');
	bytes.writeUInt32LE(size, 40);
	return bytes;
}
