/**
 * The same pure function, with its last `limit` answers kept: the oldest leaves first. Only for what its arguments alone decide
 * (a drawing, a date, a typeset text), never for what depends on who asks.
 */
export function kept<Given extends (string | number | boolean | undefined)[], Made extends string | object>(
	limit: number,
	make: (...given: Given) => Made,
): (...given: Given) => Made {
	const known = new Map<string, Made>();
	return (...given) => {
		const key = given.join('\0');
		const answer = known.get(key);
		if (answer !== undefined) return answer;
		if (known.size >= limit) known.delete(known.keys().next().value!);
		const made = make(...given);
		known.set(key, made);
		return made;
	};
}
