/** Says what is being done, does it, then says how long it took and, where `work` answers a text, what came out. */
export async function step<T>(title: string, work: () => Promise<T> | T): Promise<T> {
	const from = performance.now();
	const answer = await work();
	const detail = typeof answer === 'string' ? ` ${answer}` : '';
	console.log(`${title}…${detail} ${since(from)}`);
	return answer;
}

/** Time gone by since a `performance.now()`, for people: `42 ms`, `3.1 s`. */
export function since(from: number): string {
	const ms = performance.now() - from;
	return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
