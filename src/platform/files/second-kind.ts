/**
 * Polyglots: one file that two programs read differently (a picture that is also an archive, GIFAR, or a page).
 */

/** Words no picture needs and at which an old browser would start reading a page. */
const PAGE = /<(?:script|iframe|!doctype|html|body|svg\s|\?php)/i;
const END_OF_ZIP = Buffer.from('PK\x05\x06', 'latin1');
const ZIP_TAIL = 22;

/** True when a picture or a sound also holds an archive, a PDF or a web page. */
export function carriesAnotherKind(file: Buffer): boolean {
	return endsAsZip(file) || file.includes('%PDF-1.') || PAGE.test(file.toString('latin1'));
}

/** Finds an end-of-archive record that accounts for the rest of the file: four bytes alone may be chance. */
export function endsAsZip(file: Buffer): boolean {
	const from = Math.max(0, file.byteLength - ZIP_TAIL - 0xffff);
	for (let at = file.indexOf(END_OF_ZIP, from); at >= 0; at = file.indexOf(END_OF_ZIP, at + 1)) {
		if (at + ZIP_TAIL > file.byteLength) continue;
		const directory = file.readUInt32LE(at + 12);
		if (directory <= at && file.readUInt16LE(at + 8) === file.readUInt16LE(at + 10)) return true;
	}
	return false;
}
