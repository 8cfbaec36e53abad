/** Powers of the generator of the field of 256 elements that QR codes use, and their inverse. */
const powers = new Uint8Array(512);
const logs = new Uint8Array(256);
for (let i = 0, value = 1; i < 255; i++) {
	powers[i] = powers[i + 255] = value;
	logs[value] = i;
	value = (value << 1) ^ (value & 128 ? 0x11d : 0);
}

const times = (a: number, b: number) => (a && b ? powers[logs[a]! + logs[b]!]! : 0);

/** Reed-Solomon: the words that let a reader mend as many as half of them. */
export function correction(data: readonly number[], count: number): number[] {
	let divisor = [1];
	for (let i = 0; i < count; i++) {
		const next = [...divisor, 0];
		for (const [j, factor] of divisor.entries()) next[j + 1]! ^= times(factor, powers[i]!);
		divisor = next;
	}
	const left = [...data, ...new Array<number>(count).fill(0)];
	for (let i = 0; i < data.length; i++) {
		const factor = left[i]!;
		for (const [j, word] of divisor.entries()) left[i + j]! ^= times(word, factor);
	}
	return left.slice(data.length);
}
