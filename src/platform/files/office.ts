import { FileProblem, refuseIf } from './problem.ts';
import type { Kind } from './sniff.ts';
import { type Entry, unfold } from './zip.ts';

const OOXML = 'application/vnd.openxmlformats-officedocument';
const ODF = 'application/vnd.oasis.opendocument';
const MAIN_PART: Record<string, Kind> = {
	'wordprocessingml.document': {
		family: 'document',
		mime: `${OOXML}.wordprocessingml.document`,
		extension: 'docx',
	},
	'spreadsheetml.sheet': { family: 'document', mime: `${OOXML}.spreadsheetml.sheet`, extension: 'xlsx' },
};
const OPEN_DOCUMENT: Record<string, Kind> = {
	[`${ODF}.text`]: { family: 'document', mime: `${ODF}.text`, extension: 'odt' },
	[`${ODF}.spreadsheet`]: { family: 'document', mime: `${ODF}.spreadsheet`, extension: 'ods' },
};
/** Macros, controls and embedded programs, in either family. */
const ACTIVE = /activeX|oleObject|macrosheets|^Basic\/|^Scripts\/|\.(bin|exe|dll|js|vbs|class|jar)$/i;
const CONTENT_TYPES_MAX = 1024 * 1024;

/** docx, xlsx, odt or ods without macro; every entry is unfolded once so that none lies about its weight. */
export async function officeKind(entries: Entry[]): Promise<Kind> {
	const kind = openDocument(entries) ?? (await openXml(entries));
	if (!kind) throw new FileProblem('unknown_kind');
	refuseIf(
		entries.some(({ name }) => ACTIVE.test(name) && !/printerSettings\d*\.bin$/i.test(name)),
		'active_content',
	);
	for (const entry of entries) await unfold(entry);
	return kind;
}

/** ODF puts its type first, uncompressed, so that programs can see it without unzipping. */
function openDocument([first]: Entry[]): Kind | undefined {
	if (first?.name !== 'mimetype' || !first.stored) return undefined;
	return OPEN_DOCUMENT[first.packed.toString('latin1')];
}

async function openXml(entries: Entry[]): Promise<Kind | undefined> {
	const types = entries.find(({ name }) => name === '[Content_Types].xml');
	if (!types) return undefined;
	refuseIf(types.size > CONTENT_TYPES_MAX, 'bomb');
	const xml = (await unfold(types)).toString('utf8');
	refuseIf(/macroEnabled|<!DOCTYPE|<!ENTITY|vbaProject/i.test(xml), 'active_content');
	const main = new RegExp(`${OOXML.replaceAll('.', '\\.')}\\.([a-z.]+)\\.main\\+xml`).exec(xml)?.[1] ?? '';
	return Object.hasOwn(MAIN_PART, main) ? MAIN_PART[main] : undefined;
}
