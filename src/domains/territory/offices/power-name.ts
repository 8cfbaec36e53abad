import type { Words } from '#platform/wording/index.ts';

// words: territory.power_*
/** A power in words: `members.see` is said by `territory.power_members_see`. */
export const powerName = (say: Words['say'], power: string) => say(`territory.power_${power.replaceAll('.', '_')}`);
