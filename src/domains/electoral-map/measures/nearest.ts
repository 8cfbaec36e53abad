import { type Column, ranksIn } from './ranks.ts';

/** A station that looks like another and where we do better. */
export interface Alike {
	station: number;
	/** From 0 (same profile) to 1. */
	distance: number;
	/** Our share there minus our share here. */
	better: number;
}

/**
 * Stations inside whose profile is the nearest to that of `station` and where our share is higher, nearest first.
 * Profiles are compared by ranks, each figure weighing the same. None when a figure of the station is hidden.
 */
export function nearestProfiles(
	station: number,
	{ profile, share, inside }: { profile: Column[]; share: Float64Array; inside: Uint8Array },
	most = 10,
): Alike[] {
	const ranks = profile.map((column) => ranksIn(column, inside).middle);
	const here = share[station] as number;
	const found: Alike[] = [];
	for (let at = 0; at < inside.length; at++) {
		const better = (share[at] as number) - here;
		if (at === station || !inside[at] || !(better > 0)) continue;
		let sum = 0;
		for (const column of ranks) sum += ((column[at] as number) - (column[station] as number)) ** 2;
		if (!Number.isNaN(sum)) found.push({ station: at, distance: Math.sqrt(sum / ranks.length), better });
	}
	return found.sort((a, b) => a.distance - b.distance || a.station - b.station).slice(0, most);
}
