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
 * Stations inside whose profile is the nearest to that of `station` and where our share is higher by more than `least`,
 * nearest first.
 * Profiles are compared by ranks, each figure weighing the same. None when a figure of the station is hidden.
 */
export function nearestProfiles(
	station: number,
	asked: { profile: Column[]; share: Float64Array; inside: Uint8Array; least?: number },
	most = 10,
): Alike[] {
	const { profile, share, inside, least = 0 } = asked;
	const ranks = profile.map((column) => ranksIn(column, inside).middle);
	const here = share[station] as number;
	const found: Alike[] = [];
	for (let at = 0; at < inside.length; at++) {
		const better = (share[at] as number) - here;
		if (at === station || !inside[at] || !(better > least)) continue;
		let sum = 0;
		for (const column of ranks) sum += ((column[at] as number) - (column[station] as number)) ** 2;
		keepNearest(found, { station: at, distance: Math.sqrt(sum / ranks.length), better }, most);
	}
	return found;
}

/** Sorting tens of thousands of stations to show ten of them would take longer than finding them. */
function keepNearest(found: Alike[], one: Alike, most: number): void {
	const farthest = found.length < most ? Number.POSITIVE_INFINITY : (found.at(-1)?.distance ?? 0);
	if (!(one.distance < farthest)) return;
	const place = found.findIndex(({ distance }) => distance > one.distance);
	found.splice(place < 0 ? found.length : place, 0, one);
	if (found.length > most) found.pop();
}
