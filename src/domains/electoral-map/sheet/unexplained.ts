import { explain } from '../measures/regression.ts';
import type { Territory } from './territory.ts';

/** How far our share is from what the profile of a station would give: what the map does not explain. */
export interface Unexplained {
	/** Above 0: we do better here than in places alike. From -1 to 1. */
	gap: number;
	/** Twice the usual gap: under it, nothing is out of the ordinary. */
	usual: number;
	/** How many stations it is set against. */
	stations: number;
}

/** A rule drawn from fewer stations per figure would say more of chance than of the place. */
const STATIONS_PER_THEME = 10;

/** Set against the stations of these communes, by the figures known of this one. Null when too few can be compared. */
export function unexplainedAt(
	{ columns, communes, communeAt }: Territory,
	here: number,
	asked: { share: Float64Array; registered: Float64Array; around: string[] },
): Unexplained | null {
	const around = new Set(asked.around);
	const isAround = communes.map((commune) => around.has(commune));
	const places = [...communeAt.keys()].filter((at) => isAround[communeAt[at] as number]);
	const only = (values: Float64Array) => Float64Array.from(places, (at) => values[at] as number);
	const profile = [...columns.values()].filter(({ values }) => !Number.isNaN(values[here] ?? Number.NaN));
	const { residuals, scale, used } = explain(
		only(asked.share),
		profile.map(({ values }) => only(values)),
		only(asked.registered),
	);
	const gap = residuals[places.indexOf(here)] ?? Number.NaN;
	if (used < STATIONS_PER_THEME * (profile.length + 1) || Number.isNaN(gap)) return null;
	return { gap, usual: 2 * scale, stations: used };
}
