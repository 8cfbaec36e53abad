import type { MultiPolygon } from 'geojson';
import type { Tx } from '#platform/db.ts';
import { edgesOf, overlap } from '../ground/overlap.ts';
import { boxOf, ringsOf } from '../ground/rings.ts';
import type { StationKey } from '../model.ts';
import { outlinesIn } from '../pages/loaded.ts';

/**
 * What became of a station's ground since a round: the same; drawn otherwise under the same number; or nobody can say,
 * because the outlines it was counted on are not told or not loaded.
 */
export type Ground = 'same' | 'redrawn' | 'unsure';

/** Two drawings of one ground never fall wholly together: a street's width around a station is a few hundredths of it. */
const SAME = 0.95;

/** The ground of a station at each of these vintages, beside its outline of `vintage`. */
export async function groundsSince(
	tx: Tx,
	{ key, code, vintage }: { key: StationKey; code: string; vintage: string },
	vintages: string[],
): Promise<Map<string, Ground>> {
	const now = (await outlinesIn(tx, vintage, [code])).get(key) ?? null;
	const found = new Map<string, Ground>();
	for (const one of new Set(vintages)) {
		if (one === vintage) found.set(one, 'same');
		else found.set(one, one ? groundOf(now, await outlinesIn(tx, one, [code]), key) : 'unsure');
	}
	return found;
}

function groundOf(
	now: MultiPolygon | null,
	outlines: Map<StationKey, MultiPolygon | null>,
	key: StationKey,
): Ground {
	const then = outlines.get(key);
	// A number that was not drawn where its neighbours were is a number that was given since.
	if (!now || !then) return outlines.size > 0 && then === undefined ? 'redrawn' : 'unsure';
	return inCommon(now, then) >= SAME ? 'same' : 'redrawn';
}

/** What two outlines share of what they cover together, from 0 to 1. */
export function inCommon(one: MultiPolygon, other: MultiPolygon): number {
	const [a, b] = [ringsOf(one), ringsOf(other)];
	const [edgesA, edgesB] = [edgesOf(a), edgesOf(b)];
	const [, south] = boxOf(a);
	const shared = overlap(edgesA, edgesB, south);
	return shared / (overlap(edgesA, edgesA, south) + overlap(edgesB, edgesB, south) - shared);
}
