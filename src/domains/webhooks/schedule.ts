const [second, minute, hour] = [1, 60, 3600];

/** Seconds between a failed try and the next: those that Standard Webhooks recommends, a little over three days in all. */
export const waits: readonly number[] = [
	5 * second,
	5 * minute,
	30 * minute,
	2 * hour,
	5 * hour,
	10 * hour,
	14 * hour,
	20 * hour,
	24 * hour,
];

const longest = 24 * hour;

/**
 * Seconds until the next try, after this many; null when it was the last. `retryAfter`: what the address asked for in its
 * answer (seconds), heard up to a day. A tenth is left to chance, so that an address that comes back is not told all at once.
 */
export function nextWait(tries: number, retryAfter = 0, luck: number = Math.random()): number | null {
	const wait = waits[tries - 1];
	if (wait === undefined) return null;
	return Math.ceil(Math.max(wait * (1 + luck / 10), Math.min(retryAfter, longest)));
}

/** Seconds that an answer's `Retry-After` asks for: a number, or a date; 0 for anything else. */
export function retryAfterOf(header: string | undefined, now: number = Date.now()): number {
	if (!header) return 0;
	if (/^\d{1,9}$/.test(header)) return Number(header);
	const at = Date.parse(header);
	return Number.isNaN(at) ? 0 : Math.max(0, Math.ceil((at - now) / 1000));
}
