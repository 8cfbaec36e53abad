import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import * as make from './generators.fixture.ts';
import { FileProblem } from './problem.ts';
import { FILE_MAX, sniff } from './sniff.ts';

async function verdict(bytes: Uint8Array | string, name?: string): Promise<string> {
	try {
		return (await sniff(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes, name)).extension;
	} catch (problem) {
		if (problem instanceof FileProblem) return problem.code;
		throw problem;
	}
}

const dot = sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } });
const jpeg = await dot.clone().jpeg().toBuffer();
const picturePng = await dot.clone().png().toBuffer();
const avif = await dot.clone().avif({ effort: 0 }).toBuffer();
const webp = await dot.clone().webp().toBuffer();
const gif = await dot.clone().gif().toBuffer();
const archive = make.zip([{ name: 'a.class', content: 'x' }]);
const join = (...parts: (Buffer | string)[]) =>
	Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));

describe('files people send', () => {
	it.each<[string, Uint8Array, string?]>([
		['jpg', jpeg, 'photo.exe'],
		['png', picturePng],
		['webp', webp],
		['gif', gif],
		['avif', avif],
		['pdf', make.pdf()],
		['pdf', make.pdfWithObjects('1 0 << /Type /Page >>')],
		['pdf', make.pdf('% /JavaScripting is a word', '\r\n\0')],
		['docx', make.docx()],
		['xlsx', make.xlsx()],
		['odt', make.odf('text')],
		['ods', make.odf('spreadsheet')],
		['docx', make.docx([{ name: 'word/printerSettings1.bin', content: 'x' }])],
		['txt', Buffer.from('\uFEFFBonjour à tous,\r\n\t3 < 4 et a<b')],
		['csv', Buffer.from('nom;ville\nZoé;Évry\n'), 'Liste.CSV'],
	])('%s', async (extension, bytes, name) => expect(await verdict(bytes, name)).toBe(extension));

	it('a phone picture with bytes after its end is still a picture', async () => {
		expect(await verdict(join(jpeg, Buffer.alloc(500, 7), 'MotionPhoto_Data', jpeg))).toBe('jpg');
		expect(await verdict(join(jpeg, 'PK\x05\x06'))).toBe('jpg');
		expect(await verdict(join(jpeg, 'PK\x05\x06', Buffer.alloc(40, 0xff)))).toBe('jpg');
	});
});

describe('files refused', () => {
	const script = '<script>alert(1)</script>';
	it.each<[string, string, Uint8Array | string, string?]>([
		['nothing', 'empty', ''],
		['too heavy', 'too_large', Buffer.alloc(FILE_MAX + 1, 65)],
		['SVG', 'active_content', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'a.png'],
		['SVG with declaration', 'active_content', '<?xml version="1.0"?>\n<svg/>'],
		['SVG behind spaces', 'active_content', `${' '.repeat(2_000)}<svg/>`],
		['HTML', 'active_content', '<!DOCTYPE html><p>x'],
		['HTML after text', 'active_content', `bonjour ${script}`],
		['HTML as csv', 'active_content', 'a;b\n<iframe src=x>', 'a.csv'],
		['UTF-16 page', 'unknown_kind', Buffer.from(`\uFEFF${script}`, 'utf16le')],
		['Windows-1252 text', 'unknown_kind', 'Zo\xE9'],
		['program', 'unknown_kind', 'MZ\x90\0\x03\0'],
		['ELF', 'unknown_kind', '\x7FELF\x02\x01'],
		['RAR', 'unknown_kind', 'Rar!\x1A\x07\x01\0'],
		['7z', 'unknown_kind', "7z\xBC\xAF'\x1C"],
		['gzip', 'unknown_kind', gzipSync(Buffer.alloc(9_000_000))],
		['TIFF', 'unknown_kind', 'II*\0\x08\0\0\0'],
		['BMP', 'unknown_kind', 'BM\x36\0\0\0\0\0'],
		['ICO', 'unknown_kind', '\0\0\x01\0\x01\0'],
		['video', 'unknown_kind', make.heif('isom', 'mp42')],
		['HEIC', 'heic', make.heif('heic', 'mif1')],
		['HEIC said mif1', 'heic', make.heif('mif1', 'heic')],
		['old Word', 'unknown_kind', '\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1'],
		['PostScript with control', 'unknown_kind', '%!PS\x04'],
		['JPEG + archive (GIFAR)', 'two_kinds', join(jpeg, archive)],
		['PNG + archive + comment', 'two_kinds', join(picturePng, archive, 'trailing')],
		['GIF + archive', 'two_kinds', join(make.gif(1, 1), archive)],
		['JPEG + page', 'two_kinds', join(jpeg, script)],
		['AVIF + page', 'two_kinds', join(avif, '<HTML>')],
		['JPEG + PHP', 'two_kinds', join(jpeg, '<?php system(1);')],
		['PNG + PDF', 'two_kinds', join(picturePng, make.pdf())],
		['PDF + archive', 'two_kinds', join(make.pdf(), archive)],
		['PDF around an archive', 'two_kinds', make.pdf(archive.toString('latin1'))],
		['PDF + page', 'two_kinds', make.pdf('', script)],
		['PDF with page inside', 'two_kinds', make.pdf(script)],
		['PDF + tail', 'two_kinds', make.pdf('', 'MZ')],
		['PDF late in the file', 'unknown_kind', join('\x01', make.pdf())],
		['PDF cut', 'broken', '%PDF-1.7\n1 0 obj'],
		['PDF script', 'active_content', make.pdf('<< /S /JavaScript /JS (app.alert(1)) >>')],
		['PDF script escaped', 'active_content', make.pdf('<< /S /#4aava#53cript /JS (1) >>')],
		['PDF launch', 'active_content', make.pdf('<</S/Launch/F(cmd.exe)>>')],
		['PDF attachment', 'active_content', make.pdf('<</EmbeddedFiles 3 0 R>>')],
		['PDF form sent', 'active_content', make.pdf('<</S /SubmitForm>>')],
		['PDF locked', 'encrypted', make.pdf('/Encrypt 9 0 R')],
		['PDF script compressed', 'active_content', make.pdfWithObjects('<</S/JavaScript>>')],
		[
			'PDF script compressed, escaped',
			'active_content',
			make.pdfWithObjects('<</S/#4AavaScript>>', '/Type /Obj#53tm /Filter [/Fl]'),
		],
		[
			'PDF script in another filter',
			'active_content',
			make.pdfWithObjects('x', '/Type /ObjStm /Filter /LZWDecode'),
		],
		[
			'PDF script in two filters',
			'active_content',
			make.pdfWithObjects('x', '/Type /ObjStm /Filter [/ASCII85Decode /FlateDecode]'),
		],
		[
			'PDF script predicted',
			'active_content',
			make.pdfWithObjects('x', '/Type/ObjStm/Filter/FlateDecode/DecodeParms<</Predictor 12>>'),
		],
		[
			'PDF dictionary padded',
			'active_content',
			make.pdfWithObjects('<</S/JavaScript>>', `/Type /ObjStm /Filter /FlateDecode %${' '.repeat(3_000)}\n`),
		],
		['PDF odd line end', 'active_content', make.pdfWithObjects('<</S/JavaScript>>', undefined, '\r')],
		['PDF bomb', 'bomb', make.pdfWithObjects(Buffer.alloc(200_000_000))],
		['plain archive', 'unknown_kind', archive],
		['docx with macro', 'active_content', make.docx([{ name: 'word/vbaProject.bin', content: 'x' }])],
		['docm', 'unknown_kind', make.docx([], 'wordprocessingml.template')],
		[
			'docx said macroEnabled',
			'active_content',
			make.docx([], 'wordprocessingml.document.main+xml macroEnabled'),
		],
		['docx with control', 'active_content', make.docx([{ name: 'word/activeX/activeX1.xml', content: 'x' }])],
		['odt with macro', 'active_content', make.odf('text', [{ name: 'Basic/script-lc.xml', content: 'x' }])],
		['odp', 'unknown_kind', make.odf('presentation')],
		['zip slip', 'active_content', make.docx([{ name: '../../etc/passwd', content: 'x' }])],
		['zip absolute', 'active_content', make.docx([{ name: '/etc/passwd', content: 'x' }])],
		['zip windows path', 'active_content', make.docx([{ name: 'c:evil', content: 'x' }])],
		['zip names disagree', 'two_kinds', make.docx([{ name: 'a.xml', localName: 'b.xml', content: 'x' }])],
		['zip duplicate', 'two_kinds', make.docx([{ name: 'word/DOCUMENT.xml', content: 'x' }])],
		[
			'zip with gap',
			'two_kinds',
			make.zip([{ name: 'mimetype', content: 'x', stored: true }], { gap: 'hidden' }),
		],
		['zip locked', 'encrypted', make.zip([{ name: 'a', content: 'x' }], { flags: 1 })],
		['zip + page', 'two_kinds', join(make.docx(), script)],
		['zip behind a zip', 'two_kinds', join(make.docx(), make.docx())],
		['zip prefixed', 'two_kinds', make.zip([{ name: 'a', content: 'x' }], { prefix: 'PK\x03\x04aaaa' })],
		['zip cut', 'two_kinds', make.docx().subarray(0, 200)],
		[
			'zip directory elsewhere',
			'two_kinds',
			(() => {
				const file = make.docx();
				file.writeUInt32LE(0xffffff, file.byteLength - 6);
				return file;
			})(),
		],
		['zip bomb, honest', 'bomb', make.docx([{ name: 'a.xml', content: Buffer.alloc(40 * 2 ** 20) }])],
		[
			'zip bomb, sum',
			'bomb',
			make.docx(['a', 'b', 'c'].map((name) => ({ name, content: Buffer.alloc(30 * 2 ** 20) }))),
		],
		[
			'zip bomb, lying',
			'bomb',
			make.docx([{ name: 'a.xml', content: Buffer.alloc(40 * 2 ** 20), claim: 10 }]),
		],
		[
			'zip of 3 000 entries',
			'bomb',
			make.docx(Array.from({ length: 3_000 }, (_, n) => ({ name: `${n}`, content: '' }))),
		],
		['zip weight too small', 'bomb', make.docx([{ name: 'a.xml', content: 'x', claim: 10 }])],
	])('%s: %s', async (_what, code, bytes, name) => {
		const began = performance.now();
		expect(await verdict(bytes, name)).toBe(code);
		expect(performance.now() - began).toBeLessThan(1_000);
	});
});
