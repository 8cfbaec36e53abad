import type { StationKey } from '../model.ts';
import type { Joined } from './joined.ts';

/** What the crossing knows of a station (the vintage is shown beside, and is no quality). */
export interface CrossingQuality {
	key: StationKey;
	irises: number;
	largest: number | null;
	coverage: number | null;
}

/** How far estimates of a station can be believed, and why not further: the sentence is `electoral-map.mark_<reason>`. */
export interface MarkedQuality extends CrossingQuality {
	/** INSEE's worst label among its IRIS, 1 the best; 0 unknown. */
	label: number;
	mark: 'good' | 'fair' | 'poor';
	reasons: ('many_irises' | 'scattered' | 'label' | 'low_coverage' | 'no_iris')[];
}

const MANY_IRISES = 8;
const SCATTERED = 0.4;
const LOW_COVERAGE = 0.5;
// From 3 on INSEE does not vouch for the figures of the IRIS.
const WEAK_LABEL = 3;
// Less of an IRIS than this is the edge of two drawings: its label says nothing of the station.
const EDGE = 0.02;

/** The marks of stations, in the order of `Joined.stations`; those that the crossing does not know have no IRIS. */
export function marksOf(joined: Joined, labels: Uint8Array, known: CrossingQuality[]): MarkedQuality[] {
	const worst = new Uint8Array(joined.stations.length);
	for (let link = 0; link < joined.from.length; link++) {
		const station = joined.to[link] as number;
		const label = labels[joined.from[link] as number] as number;
		if ((joined.weight[link] as number) >= EDGE && label > (worst[station] as number)) worst[station] = label;
	}
	const byKey = new Map(known.map((quality) => [quality.key, quality]));
	return joined.stations.map((key, at) => {
		const quality = byKey.get(key) ?? { key, irises: 0, largest: null, coverage: null };
		return markOf(quality, worst[at] as number);
	});
}

function markOf(quality: CrossingQuality, label: number): MarkedQuality {
	const { irises, largest, coverage } = quality;
	const found: Record<MarkedQuality['reasons'][number], boolean> = {
		no_iris: irises === 0,
		many_irises: irises >= MANY_IRISES,
		scattered: largest !== null && largest < SCATTERED,
		label: label >= WEAK_LABEL,
		low_coverage: coverage !== null && coverage < LOW_COVERAGE,
	};
	const reasons = (Object.keys(found) as MarkedQuality['reasons']).filter((reason) => found[reason]);
	const isPoor = reasons.length > 1 || found.no_iris || found.low_coverage;
	return { ...quality, label, reasons, mark: isPoor ? 'poor' : reasons.length ? 'fair' : 'good' };
}
