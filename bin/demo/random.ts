/** A repeatable source of chance: the same seed gives the same demonstration on every machine. */
export function chance(seed: number) {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), state | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
	const below = (limit: number) => Math.floor(next() * limit);
	const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
	/** Some of a list, without repeats, in the list's order. */
	const some = <T>(list: readonly T[], count: number): T[] => {
		const left = [...list.keys()];
		const kept = new Set<number>();
		while (kept.size < Math.min(count, list.length)) kept.add(left.splice(below(left.length), 1)[0]!);
		return [...kept].toSorted((a, b) => a - b).map((index) => list[index]!);
	};
	return { next, below, pick, some };
}
export type Chance = ReturnType<typeof chance>;
