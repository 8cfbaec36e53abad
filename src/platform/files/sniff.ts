import { officeKind } from './office.ts';
import { checkPdf } from './pdf.ts';
import { FileProblem, refuseIf } from './problem.ts';
import { carriesAnotherKind } from './second-kind.ts';
import { soundForm } from './sound/index.ts';
import { textKind } from './text.ts';
import { readZip } from './zip.ts';

export const FILE_MAX = 20 * 1024 * 1024;

/** What a file is, by its bytes. `image` files must be re-encoded, `sound` files laid bare; the others are only ever served as attachments. */
export type Kind = { family: 'image' | 'sound' | 'document' | 'text'; mime: string; extension: string };

const image = (extension: string, mime = `image/${extension}`): Kind => ({
	family: 'image',
	mime,
	extension,
});
const PDF: Kind = { family: 'document', mime: 'application/pdf', extension: 'pdf' };

/**
 * The kind of an uploaded file, judged on its bytes alone; the name serves only to tell csv from txt.
 * Throws FileProblem for anything outside the list, hiding a second file, carrying a script or unfolding beyond reason.
 */
export async function sniff(bytes: Uint8Array, name = ''): Promise<Kind> {
	refuseIf(bytes.byteLength === 0, 'empty');
	refuseIf(bytes.byteLength > FILE_MAX, 'too_large');
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const picture = imageKind(file);
	if (picture) {
		refuseIf(carriesAnotherKind(file), 'two_kinds');
		return picture;
	}
	const sound = soundForm(file);
	if (sound) {
		refuseIf(carriesAnotherKind(file), 'two_kinds');
		return { family: 'sound', mime: sound.mime, extension: sound.extension };
	}
	if (startsWith(file, '%PDF-')) {
		checkPdf(file);
		return PDF;
	}
	if (startsWith(file, 'PK\x03\x04')) return officeKind(readZip(file));
	return textKind(file, name);
}

function startsWith(file: Buffer, signature: string, at = 0): boolean {
	return file.toString('latin1', at, at + signature.length) === signature;
}

function imageKind(file: Buffer): Kind | undefined {
	if (startsWith(file, '\xFF\xD8\xFF')) return image('jpg', 'image/jpeg');
	if (startsWith(file, '\x89PNG\r\n\x1A\n')) return image('png');
	if (startsWith(file, 'RIFF') && startsWith(file, 'WEBP', 8)) return image('webp');
	if (startsWith(file, 'GIF87a') || startsWith(file, 'GIF89a')) return image('gif');
	return startsWith(file, 'ftyp', 4) ? heifKind(file) : undefined;
}

/** AVIF and HEIC share a container; the brands tell. The free decoder at hand has no HEVC, so HEIC gets its own word. */
function heifKind(file: Buffer): Kind | undefined {
	const length = Math.min(file.readUInt32BE(0), 256, file.byteLength);
	const brands: string[] = file.toString('latin1', 8, length).match(/.{4}/gs) ?? [];
	if (brands.includes('avif')) return image('avif');
	if (brands.some((brand) => /^(hei[cxms]|hev[cxms]|mif1|msf1)$/.test(brand))) throw new FileProblem('heic');
	return undefined;
}
