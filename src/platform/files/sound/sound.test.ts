import { describe, expect, it, test } from 'vitest';
import * as make from '../generators.fixture.ts';
import { FileProblem } from '../problem.ts';
import { sniff } from '../sniff.ts';
import { bareSound } from './index.ts';
import * as sounds from './sounds.fixture.ts';

async function verdict(bytes: Buffer): Promise<string> {
	try {
		const { family, extension } = await sniff(bytes, 'sound.txt');
		if (family === 'sound') bareSound(bytes);
		return extension;
	} catch (problem) {
		if (problem instanceof FileProblem) return problem.code;
		throw problem;
	}
}

const script = '<script>alert(1)</script>';
const archive = make.zip([{ name: 'a.class', content: 'x' }]).toString('latin1');

describe('a sound is kept without what its file tells of somebody', () => {
	it.each([
		['wav', sounds.wav(), 1],
		['mp3', sounds.mp3(), 1],
		['m4a', sounds.m4a(), 2],
		['ogg', sounds.opus(), 2],
		['webm', sounds.webm(), 1],
	] as const)('%s', async (extension, sent, seconds) => {
		expect(await verdict(sent)).toBe(extension);
		expect(sent.includes('CANARY')).toBe(true);
		const before = Buffer.from(sent);
		const bare = bareSound(sent);
		for (const word of ['CANARY', 'CANR', 'CANA', 'DATEDATE', 'METADATA', 'image/jpeg'])
			expect(bare.bytes.includes(word), word).toBe(false);
		expect(bare.seconds).toBe(seconds);
		expect(sent.equals(before)).toBe(true);
		// Laid bare again, it is the same: nothing of ours is taken for somebody's.
		expect(bareSound(bare.bytes)).toEqual(bare);
	});
});

test('what is heard stays, to the byte', () => {
	expect(bareSound(sounds.wav()).bytes.subarray(44)).toEqual(Buffer.alloc(16_000, 3));
	expect(bareSound(sounds.mp3()).bytes.byteLength).toBe(41 * 417);
	const { bytes: m4a } = bareSound(sounds.m4a());
	expect(m4a.byteLength).toBe(sounds.m4a().byteLength);
	expect(m4a.toString('latin1')).toContain('mdat\0\0\0\0\0\0AACSAMPLE1AACSAMPLE2\0\0\0\0\0\0');
	expect(bareSound(sounds.webm()).bytes.toString('latin1').match(/SOUND/g)).toHaveLength(2);
	const opus = bareSound(sounds.opus()).bytes;
	expect(opus.subarray(-300)).toEqual(Buffer.alloc(300, 9));
	expect(opus.toString('latin1')).toContain(`OpusTags${'\0'.repeat(8)}`);
});

const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(200)]);

describe('refused', () => {
	it.each<[string, string, Buffer]>([
		['wav + archive', 'two_kinds', sounds.wav({ tail: archive })],
		['wav + page in its samples', 'two_kinds', sounds.wav({ samples: Buffer.from(`${script} `.repeat(10)) })],
		['mp3 + archive', 'two_kinds', sounds.mp3({ tail: archive })],
		[
			'mp3 + page in its tag',
			'two_kinds',
			Buffer.from(sounds.mp3().toString('latin1').replace('TPE1CANARY', '<html><bod'), 'latin1'),
		],
		['m4a + PDF', 'two_kinds', Buffer.concat([sounds.m4a(), make.pdf()])],
		['ogg + archive', 'two_kinds', sounds.opus({ tail: archive })],
		['webm + page', 'two_kinds', sounds.webm({ tail: script })],
		['mp3 with something in its middle', 'broken', sounds.mp3({ middle: 'MZ'.repeat(2_000) })],
		['mp3 without a frame', 'broken', padded(Buffer.from('ID3\x03\0\0\0\0\0\0nothing', 'latin1'))],
		['wav without samples', 'broken', sounds.wav({ samples: Buffer.alloc(0) }).subarray(0, 80)],
		['m4a cut', 'broken', sounds.m4a().subarray(0, 400)],
		['m4a that plays from an address', 'broken', sounds.m4a({ outside: true })],
		['m4a whose samples are outside', 'unknown_kind', sounds.m4a({ codec: 'drms' })],
		['film', 'video', sounds.m4a({ handler: 'vide', brand: 'isom' })],
		['film as webm', 'video', sounds.webm({ type: 1 })],
		['subtitles', 'unknown_kind', sounds.m4a({ handler: 'text' })],
		['webm of another codec', 'unknown_kind', sounds.webm({ codec: 'A_FLAC' })],
		['webm cut', 'broken', sounds.webm().subarray(0, 90)],
		['ogg changed on its way', 'broken', Buffer.from(sounds.opus()).fill(1, 1_300, 1_301)],
		['ogg cut', 'broken', sounds.opus().subarray(0, -10)],
		[
			'ogg with two streams',
			'unknown_kind',
			sounds.opus({ tail: sounds.oggPage(Buffer.alloc(9), { flags: 2, serial: 2 }).toString('latin1') }),
		],
		['raw AAC', 'unknown_kind', padded(Buffer.from([0xff, 0xf1, 0x50, 0x80]))],
		['AIFF', 'unknown_kind', padded(Buffer.from('FORM\0\0\0\0AIFFCOMM'))],
	])('%s: %s', async (_what, code, bytes) => expect(await verdict(bytes)).toBe(code));

	it('a table that announces more than the file has, at once', async () => {
		const began = performance.now();
		expect(await verdict(sounds.m4a({ count: 0xffffffff }))).toMatch(/m4a|broken/);
		expect(performance.now() - began).toBeLessThan(500);
	});
});
