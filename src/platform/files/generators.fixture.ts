import { crc32, deflateRawSync, deflateSync } from 'node:zlib';

/** Makes ordinary and hostile files for tests: nothing is read from disk. */

type ZipPart = {
	name: string;
	content: Buffer | string;
	stored?: boolean;
	claim?: number;
	localName?: string;
};

/** A zip archive. `claim` makes an entry lie about its unfolded size. */
export function zip(parts: ZipPart[], { prefix = '', gap = '', flags = 0 } = {}): Buffer {
	const local: Buffer[] = [Buffer.from(prefix, 'latin1')];
	const central: Buffer[] = [];
	let at = local[0]?.byteLength ?? 0;
	for (const { name, content, stored = false, claim, localName = name } of parts) {
		const bytes = Buffer.from(content as string);
		const packed = stored ? bytes : deflateRawSync(bytes);
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		common.writeUInt16LE(flags, 2);
		common.writeUInt16LE(stored ? 0 : 8, 4);
		common.writeUInt32LE(crc32(bytes), 10);
		common.writeUInt32LE(packed.byteLength, 14);
		common.writeUInt32LE(claim ?? bytes.byteLength, 18);
		common.writeUInt16LE(Buffer.byteLength(name), 22);
		const here = [
			Buffer.from('PK\x03\x04', 'latin1'),
			common,
			Buffer.from(localName),
			packed,
			Buffer.from(gap),
		];
		local.push(...here);
		const rest = Buffer.alloc(14);
		rest.writeUInt32LE(at, 10);
		central.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), common, rest, Buffer.from(name));
		at += here.reduce((sum, piece) => sum + piece.byteLength, 0);
	}
	const directory = Buffer.concat(central);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 'latin1');
	end.writeUInt16LE(parts.length, 8);
	end.writeUInt16LE(parts.length, 10);
	end.writeUInt32LE(directory.byteLength, 12);
	end.writeUInt32LE(at, 16);
	return Buffer.concat([...local, directory, end]);
}

const types = (main: string) =>
	`<?xml version="1.0"?><Types><Override PartName="/x" ContentType="application/vnd.openxmlformats-officedocument.${main}.main+xml"/></Types>`;

export function docx(more: ZipPart[] = [], main = 'wordprocessingml.document'): Buffer {
	return zip([
		{ name: '[Content_Types].xml', content: types(main) },
		{ name: 'word/document.xml', content: '<w/>' },
		...more,
	]);
}
export const xlsx = () => docx([], 'spreadsheetml.sheet');
export function odf(kind: string, more: ZipPart[] = []): Buffer {
	const mimetype = { name: 'mimetype', content: `application/vnd.oasis.opendocument.${kind}`, stored: true };
	return zip([mimetype, { name: 'content.xml', content: '<office/>' }, ...more]);
}

function chunk(type: string, content: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
	const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(content.byteLength);
	check.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, check]);
}

/** A PNG that announces a size; its pixels are zeros, as many bytes as `unfolded` says. */
export function png(
	width: number,
	height: number,
	{ unfolded = 1_000, extra = [] as Buffer[], interlaced = false } = {},
): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([1, 0, 0, 0, interlaced ? 1 : 0], 8);
	const signature = Buffer.from('\x89PNG\r\n\x1A\n', 'latin1');
	const pixels = chunk('IDAT', deflateSync(Buffer.alloc(unfolded), { level: 9 }));
	return Buffer.concat([signature, chunk('IHDR', header), ...extra, pixels, chunk('IEND', Buffer.alloc(0))]);
}

/** A compressed text chunk that unfolds to `size` bytes. */
export function textBomb(size: number): Buffer {
	return chunk(
		'zTXt',
		Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), deflateSync(Buffer.alloc(size, 65))]),
	);
}
export function profileBomb(size: number): Buffer {
	return chunk('iCCP', Buffer.concat([Buffer.from('x\0\0', 'latin1'), deflateSync(Buffer.alloc(size))]));
}

export function gif(width: number, height: number): Buffer {
	const head = Buffer.from('GIF89a\0\0\0\0\x80\0\0\0\0\0\xFF\xFF\xFF', 'latin1');
	head.writeUInt16LE(width, 6);
	head.writeUInt16LE(height, 8);
	const frame = Buffer.from(',\0\0\0\0\0\0\0\0\0\x02\x02D\x01\0;', 'latin1');
	frame.writeUInt16LE(width, 5);
	frame.writeUInt16LE(height, 7);
	return Buffer.concat([head, frame]);
}

/** A JPEG or WebP header announcing a size, with almost nothing behind. */
export function jpegHeader(width: number, height: number): Buffer {
	const frame = Buffer.from(
		'\xFF\xD8\xFF\xC0\0\x0B\x08\0\0\0\0\x01\x01\x11\0\xFF\xDA\0\x08\x01\x01\0\0?\0\0\xFF\xD9',
		'latin1',
	);
	frame.writeUInt16BE(height, 7);
	frame.writeUInt16BE(width, 9);
	return frame;
}
export function webpHeader(width: number, height: number): Buffer {
	const file = Buffer.from('RIFF\x12\0\0\0WEBPVP8L\x05\0\0\0/\0\0\0\0\0', 'latin1');
	file.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0, 21);
	return file;
}

export function pdf(body = '', tail = ''): Buffer {
	const start = '%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n';
	return Buffer.from(`${start}${body}\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n${tail}`, 'latin1');
}

/** A PDF whose object stream holds `objects`, compressed. */
export function pdfWithObjects(
	objects: string | Buffer,
	dictionary = '/Type /ObjStm /Filter /FlateDecode',
	line = '\n',
): Buffer {
	const packed = deflateSync(Buffer.from(objects as string)).toString('latin1');
	return pdf(
		`5 0 obj\n<< ${dictionary} /Length ${packed.length} >>\nstream${line}${packed}\nendstream\nendobj`,
	);
}

export function heif(...brands: string[]): Buffer {
	const box = Buffer.from(`\0\0\0\0ftyp${brands[0]}\0\0\0\0${brands.join('')}`, 'latin1');
	box.writeUInt32BE(box.byteLength);
	return Buffer.concat([box, Buffer.alloc(64)]);
}
