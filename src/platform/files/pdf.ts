import { inflateSync } from 'node:zlib';
import { FileProblem, refuseIf } from './problem.ts';
import { endsAsZip } from './second-kind.ts';

/** Names by which a PDF runs a script, starts a program, sends data or carries another file. */
const ACTIVE =
	/\/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoTo[ER]|Rendition|XFA)(?![A-Za-z0-9_.-])/;
const PAGE = /<(?:script|iframe|!doctype|html|\?php)/i;
const UNFOLDED_MAX = 32 * 1024 * 1024;
const DICTIONARY_MAX = 2_048;

/** Refuses a PDF that acts, is locked, hides a second file or unfolds too far. A check, not a cure: serve it apart. */
export function checkPdf(file: Buffer): void {
	const raw = file.toString('latin1');
	const end = raw.lastIndexOf('%%EOF');
	refuseIf(end < 0, 'broken');
	refuseIf(/[^\s\0]/.test(raw.slice(end + 5)) || endsAsZip(file) || PAGE.test(raw), 'two_kinds');
	const plain = withoutEscapes(raw);
	refuseIf(/\/Encrypt(?![A-Za-z])/.test(plain), 'encrypted');
	refuseIf(ACTIVE.test(plain), 'active_content');
	checkCompressedObjects(file, raw, plain.match(/\/ObjStm/g)?.length ?? 0);
}

/** `/#4AavaScript` is `/JavaScript` to a reader. */
function withoutEscapes(text: string): string {
	return text.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** A dictionary named in the file but not found (padded, odd line ends) is a hiding place, hence the count. */
function checkCompressedObjects(file: Buffer, raw: string, announced: number): void {
	let left = UNFOLDED_MAX;
	let found = 0;
	for (const objects of compressedObjects(file, raw)) {
		const text = unfold(objects, left);
		left -= text.length;
		found++;
		refuseIf(ACTIVE.test(withoutEscapes(text)), 'active_content');
	}
	refuseIf(found !== announced, 'active_content');
}

/** The bytes of every object stream, where newer PDFs keep their dictionaries compressed. */
function* compressedObjects(file: Buffer, raw: string): Generator<Buffer> {
	for (const { index } of raw.matchAll(/stream\r?\n/g)) {
		const before = raw.slice(Math.max(0, index - DICTIONARY_MAX), index);
		const dictionary = withoutEscapes(before.slice(Math.max(0, before.lastIndexOf(' obj'))));
		if (before.endsWith('end') || !/\/ObjStm/.test(dictionary)) continue;
		refuseIf(!/\/FlateDecode|\/Fl(?![A-Za-z])/.test(dictionary), 'active_content');
		refuseIf(/\/(?:ASCII|LZW|RunLength|Crypt|Predictor)/.test(dictionary), 'active_content');
		yield file.subarray(raw.indexOf('\n', index) + 1);
	}
}

function unfold(compressed: Buffer, limit: number): string {
	try {
		return inflateSync(compressed, { maxOutputLength: Math.max(1, limit) }).toString('latin1');
	} catch (problem) {
		throw new FileProblem((problem as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'bomb' : 'broken');
	}
}
