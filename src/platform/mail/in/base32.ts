const signs = 'abcdefghijklmnopqrstuvwxyz234567';

/** Bytes as letters and figures that no mail server changes: lower case or upper case say the same. */
export function base32(bytes: Uint8Array): string {
	let [text, held, bits] = ['', 0, 0];
	for (const byte of bytes) {
		held = ((held & 31) << 8) | byte;
		bits += 8;
		for (; bits >= 5; bits -= 5) text += signs[(held >> (bits - 5)) & 31];
	}
	return bits ? text + signs[(held << (5 - bits)) & 31] : text;
}

/** What `base32` wrote; null for what it never writes. */
export function fromBase32(text: string): Buffer | null {
	const bytes: number[] = [];
	let [held, bits] = [0, 0];
	for (const sign of text.toLowerCase()) {
		const value = signs.indexOf(sign);
		if (value < 0) return null;
		held = ((held & 127) << 5) | value;
		bits += 5;
		if (bits < 8) continue;
		bits -= 8;
		bytes.push((held >> bits) & 255);
	}
	const read = Buffer.from(bytes);
	// Each value is written in one way: what differs in bits that say nothing is not ours.
	return base32(read) === text.toLowerCase() ? read : null;
}
