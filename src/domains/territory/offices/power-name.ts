import type { Words } from '#platform/wording/index.ts';

/** A power in words: `members.see` is said by `territory.power.members.see`. */
export function powerName(say: Words['say'], power: string): string {
	// words: territory.power.*
	return say(`territory.power.${power}`);
}
