/** Numbers from 0 to 1 that only the seed decides (xorshift, 32 bits): the same question has the same answer twice. */
export function drawsFrom(seed: number): () => number {
	let state = seed | 0 || 1;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
}

/** How many times each of `size` stations comes out of as many draws with replacement. */
export function resample(size: number, random: () => number): Float64Array {
	const times = new Float64Array(size);
	for (let draw = 0; draw < size; draw++) {
		const at = Math.floor(random() * size);
		times[at] = (times[at] ?? 0) + 1;
	}
	return times;
}
