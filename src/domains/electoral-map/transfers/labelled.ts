import type { Count } from '../model.ts';
import { type Transfers, transfersOf } from './estimate.ts';

/**
 * Transfers over a ground where candidates may change from town to town: where one number on the board is several names,
 * people are told apart by their label. Nothing but data goes in, so that a thread can do it.
 */
export const transfersByLabel = (first: Count[], second: Count[]): Promise<Transfers> =>
	[first, second].every(hasOneSlate)
		? transfersOf(first, second)
		: transfersOf(first, second, { choice: ({ nuance, name }) => nuance ?? name });

function hasOneSlate(counts: Count[]): boolean {
	const names = new Map<string, string>();
	return counts.every(({ voices }) =>
		voices.every(({ candidate, name }) => {
			if (!names.has(candidate)) names.set(candidate, name);
			return names.get(candidate) === name;
		}),
	);
}
