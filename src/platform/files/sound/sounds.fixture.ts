/** Makes small sounds for tests, each with CANARY wherever a program may write something about somebody. */

const latin = (text: string) => Buffer.from(text, 'latin1');
const join = (...parts: (Buffer | string | number[])[]) =>
	Buffer.concat(parts.map((part) => (typeof part === 'string' ? latin(part) : Buffer.from(part as Buffer))));
function number(value: number, bytes: number, little = false): Buffer {
	const all = Buffer.alloc(bytes);
	if (little) all.writeUIntLE(value, 0, bytes);
	else all.writeUIntBE(value, 0, bytes);
	return all;
}

const chunk = (name: string, content: Buffer | string) =>
	join(name, number(content.length, 4, true), content, Buffer.alloc(content.length % 2));

/** A wav of one second, with its author, place and a cover before and after the samples. */
export function wav({ tail = '', samples = Buffer.alloc(16_000, 3) } = {}): Buffer {
	const format = join([1, 0, 1, 0], number(8_000, 4, true), number(16_000, 4, true), [2, 0, 16, 0]);
	const body = join(
		'WAVE',
		chunk('LIST', 'INFOIART\x07\0\0\0CANARY\0'),
		chunk('fmt ', format),
		chunk('bext', 'CANARY of a recorder'),
		chunk('data', samples),
		chunk('id3 ', 'ID3\x03\0\0\0\0\0\x06CANARY'),
	);
	return join('RIFF', number(body.length, 4, true), body, tail);
}

const tag = (content: string) =>
	join('ID3\x03\0\0', [0, 0, content.length >> 7, content.length & 127], content);
// 128 kb/s, 44 100 Hz: 417 bytes and 26 ms.
const frame = (fill = 0x55) => join([0xff, 0xfb, 0x90, 0x00], Buffer.alloc(413, fill));
const card = () => {
	const bytes = frame(0);
	bytes.write('Info', 36, 'latin1');
	bytes.writeUInt32BE(0xf, 40);
	bytes.write('CANARY 3.100', 156, 'latin1');
	return bytes;
};
/** An mp3 of forty frames between an ID3v2 with a cover, a card of its encoder, an APEv2 and an ID3v1. */
export const mp3 = ({ tail = '', middle = '' } = {}) =>
	join(
		tag(`APIC\0\0\0\x20\0\0\0image/jpeg\0\x03\0CANARY${'\0'.repeat(40)}TPE1CANARY`),
		card(),
		...Array.from({ length: 20 }, () => frame()),
		middle,
		...Array.from({ length: 20 }, () => frame()),
		frame().subarray(0, 100),
		`APETAGEX\xd0\x07\0\0CANARY${'\0'.repeat(40)}`,
		`TAGCANARY${'\0'.repeat(119)}`,
		tail,
	);

const box = (name: string, ...content: (Buffer | string | number[])[]) => {
	const inside = join(...content);
	return join(number(inside.length + 8, 4), name, inside);
};
const zeros = (count: number) => Buffer.alloc(count);
const dated = (rest: Buffer) => join(zeros(4), 'DATEDATE', rest);
const samplesOf = 'AACSAMPLE1AACSAMPLE2';

/** An m4a of two samples, with dates, place, cover and words hidden between the samples. */
export function m4a({
	handler = 'soun',
	codec = 'mp4a',
	brand = 'M4A ',
	outside = false,
	count = 2,
} = {}): Buffer {
	const head = box('ftyp', brand, 'CANR', brand, 'CANR');
	const media = box('mdat', 'CANARY', samplesOf, 'CANARY');
	const table = (name: string, ...rows: number[]) =>
		box(name, zeros(4), ...rows.map((row) => number(row, 4)));
	const stbl = box(
		'stbl',
		box(
			'stsd',
			[0, 0, 0, 0, 0, 0, 0, 1],
			box(codec, zeros(28), box('esds', zeros(20)), box('btrt', 'CANARY')),
		),
		table('stts', 1, 2, 1024),
		table('stsc', 1, 1, count, 1),
		table('stsz', 0, 2, 10, 10),
		table('stco', 1, head.length + 8 + 6),
	);
	const url = outside ? box('url ', zeros(4), 'http://CANARY/') : box('url ', [0, 0, 0, 1]);
	const minf = box(
		'minf',
		box('smhd', zeros(8)),
		box('dinf', box('dref', [0, 0, 0, 0, 0, 0, 0, 1], url)),
		stbl,
	);
	const mdia = box(
		'mdia',
		box('mdhd', dated(join(number(44_100, 4), number(88_200, 4), zeros(4)))),
		box('hdlr', zeros(4), 'CANR', handler, zeros(12), 'CANARY\0'),
		minf,
	);
	const trak = box('trak', box('tkhd', dated(zeros(72))), mdia, box('udta', box('name', 'CANARY')));
	const udta = box('udta', box('meta', zeros(4), box('ilst', 'CANARY')), box('\xa9xyz', '+CANARY48.85/'));
	const moov = box('moov', box('mvhd', dated(zeros(88))), trak, udta);
	return join(head, media, moov, box('uuid', 'CANARY'), box('free', 'CANARY'));
}

const TABLE = Array.from({ length: 256 }, (_, byte) => {
	let rest = byte << 24;
	for (let bit = 0; bit < 8; bit++) rest = (rest << 1) ^ (rest < 0 ? 0x04c11db7 : 0);
	return rest >>> 0;
});
/** One page of an Ogg with one packet, or a part of one. */
export function oggPage(
	content: Buffer,
	{ flags = 0, serial = 0x43414e41, number: n = 0, granule = 0, goesOn = false } = {},
) {
	const lacing = Buffer.alloc(Math.floor(content.length / 255) + (goesOn ? 0 : 1), 255);
	if (!goesOn) lacing[lacing.length - 1] = content.length % 255;
	const [ticks, places] = [number(granule, 6, true), [serial, n, 0].map((value) => number(value, 4, true))];
	const page = join('OggS\0', [flags], ticks, [0, 0], ...places, [lacing.length], lacing, content);
	let check = 0;
	for (const byte of page) check = ((check << 8) ^ TABLE[((check >>> 24) ^ byte) & 255]!) >>> 0;
	page.writeUInt32LE(check, 22);
	return page;
}
const comments = (mark: string) =>
	join(
		mark,
		number(6, 4, true),
		'CANARY',
		number(1, 4, true),
		number(600, 4, true),
		'METADATA_BLOCK_PICTURE=CANARY'.padEnd(600, 'x'),
		[1],
	);

/** An Ogg of two seconds of Opus whose comments, with a cover, fill two pages. */
export function opus({ tail = '' } = {}): Buffer {
	const head = join('OpusHead', [1, 1], number(312, 2, true), number(48_000, 4, true), [0, 0, 0]);
	const words = comments('OpusTags');
	return join(
		oggPage(head, { flags: 2 }),
		oggPage(words.subarray(0, 510), { number: 1, goesOn: true }),
		oggPage(words.subarray(510), { number: 2, flags: 1 }),
		oggPage(Buffer.alloc(300, 9), { number: 3, granule: 48_312 }),
		oggPage(Buffer.alloc(300, 9), { number: 4, granule: 96_312, flags: 4 }),
		tail,
	);
}

const element = (id: number, ...content: (Buffer | string | number[])[]) => {
	const inside = join(...content);
	const name = number(id, id > 0xffffff ? 4 : id > 0xffff ? 3 : id > 0xff ? 2 : 1);
	return join(
		name,
		inside.length < 127 ? [0x80 | inside.length] : join([0x08], number(inside.length, 4)).subarray(0, 5),
		inside,
	);
};
const unknown = (id: number, ...content: Buffer[]) =>
	join(number(id, 4), [1, 255, 255, 255, 255, 255, 255, 255], ...content);

/** A WebM as a browser records it: sizes unknown, one track, with title, date, tags and an attachment besides. */
export function webm({ type = 2, codec = 'A_OPUS', tail = '' } = {}): Buffer {
	const info = element(
		0x1549a966,
		element(0x2ad7b1, number(1_000_000, 3)),
		element(0x7ba9, 'CANARY'),
		element(0x4461, 'CANARY12'),
		element(0x4d80, 'CANARY'),
		element(0x5741, 'CANARY'),
	);
	const track = element(
		0xae,
		element(0xd7, [1]),
		element(0x73c5, 'CANARYID'),
		element(0x83, [type]),
		element(0x536e, 'CANARY'),
		element(0x86, codec),
		element(0xe1, element(0x9f, [1])),
	);
	const cluster = (at: number) =>
		unknown(
			0x1f43b675,
			element(0xe7, number(at, 2)),
			element(0xa3, [0x81, 0, 20, 0x80], 'SOUND'),
			element(0xec, 'CANARY'),
		);
	return join(
		element(0x1a45dfa3, element(0x4282, 'webm')),
		unknown(
			0x18538067,
			info,
			element(0x1654ae6b, track),
			cluster(0),
			element(0x1941a469, 'CANARY'.repeat(30)),
			cluster(1000),
			element(0x1254c367, 'CANARY'),
		),
		tail,
	);
}
