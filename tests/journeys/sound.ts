const SECONDS = 2;
const HERTZ = 8_000;

/** A sound of a telephone: a note, whose author and place are written in it. */
export function sound(): { name: string; mimeType: string; buffer: Buffer } {
	const samples = Buffer.alloc(SECONDS * HERTZ * 2);
	for (let n = 0; n < samples.length / 2; n++)
		samples.writeInt16LE(Math.round(Math.sin((2 * Math.PI * 440 * n) / HERTZ) * 8_000), n * 2);
	const format = Buffer.from('\x01\0\x01\0\x40\x1F\0\0\x80\x3E\0\0\x02\0\x10\0', 'latin1');
	const body = [
		Buffer.from('WAVE', 'latin1'),
		...[chunk('LIST', Buffer.from('INFOSecretPlace48.85')), chunk('fmt ', format), chunk('data', samples)],
	];
	return { name: 'parole.wav', mimeType: 'audio/wav', buffer: chunk('RIFF', Buffer.concat(body)) };
}

function chunk(name: string, content: Buffer): Buffer {
	const head = Buffer.alloc(8);
	head.write(name, 'latin1');
	head.writeUInt32LE(content.length, 4);
	return Buffer.concat([head, content]);
}

/** In the page: what the browser's own player makes of a sound, in seconds, or why it does not play. */
export const heardSeconds = (audio: HTMLAudioElement): Promise<number | string> =>
	new Promise((done) => {
		audio.onloadeddata = () => done(audio.duration);
		audio.onerror = () => done(audio.error?.message || 'not played');
		audio.preload = 'auto';
		audio.load();
	});
