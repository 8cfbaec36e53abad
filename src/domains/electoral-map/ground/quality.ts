import type { Remark, StationKey, Weight } from '../model.ts';
import { remarkOn } from './layer.ts';
import type { Measures } from './measures.ts';

/** How an IRIS was shared out. */
export interface IrisCoverage {
	iris: string;
	/** Part of its area that some station covers, from 0 to 1; null when it was not shared by area. */
	coverage: number | null;
	/** No station meets it: it was given whole to the nearest of its commune. */
	nearest: boolean;
}

/** How far the figures of a station can be believed. */
export interface StationQuality {
	key: StationKey;
	/** IRIS that give it something. */
	irises: number;
	/** The part of the station that its largest IRIS holds, from 0 to 1; null when nothing was measured. */
	largest: number | null;
	/** The part of the station, of its ground or addresses, that some IRIS holds; null when nothing was measured. */
	coverage: number | null;
	/** Of its outline or addresses. */
	vintage: string;
}

// Renormalised, an IRIS covered at less than this puts its people where they do not live.
const LOW = 0.5;

/** The coverage of each IRIS that has weights. */
export function coverageOf(weights: Weight[], sizes: Map<string, number>, nearest: Weight[]): IrisCoverage[] {
	const orphans = new Set(nearest.map(({ iris }) => iris));
	return [...Map.groupBy(weights, ({ iris }) => iris)].map(([iris, parts]) => {
		const area = parts.reduce((sum, part) => sum + (part.area ?? 0), 0);
		const size = sizes.get(iris);
		const measured = size !== undefined && parts.every((part) => part.area !== null);
		if (orphans.has(iris)) return { iris, coverage: 0, nearest: true };
		return { iris, coverage: measured ? area / size : null, nearest: false };
	});
}

/** The quality of every station of a commune, those without any IRIS included. */
export function qualityOf(
	keys: StationKey[],
	weights: Weight[],
	measures: Measures | null,
	vintage: string,
): StationQuality[] {
	const counts = new Map([...Map.groupBy(weights, ({ key }) => key)].map(([key, all]) => [key, all.length]));
	const largest = new Map<StationKey, number>();
	const sums = new Map<StationKey, number>();
	for (const common of measures?.common.values() ?? [])
		for (const [key, part] of common) {
			largest.set(key, Math.max(largest.get(key) ?? 0, part));
			sums.set(key, (sums.get(key) ?? 0) + part);
		}
	return keys.map((key) => {
		const sum = sums.get(key);
		const size = measures?.stationSizes.get(key);
		return {
			key,
			irises: counts.get(key) ?? 0,
			largest: sum ? (largest.get(key) ?? 0) / sum : null,
			coverage: size ? (sum ?? 0) / size : null,
			vintage,
		};
	});
}

interface Found {
	coverage: IrisCoverage[];
	quality: StationQuality[];
}

/** What an administrator must read: IRIS badly covered, given to the nearest, or left out; stations without any. */
export function remarksOn(
	{ irises, populated }: { irises: { iris: string }[]; populated?: string[] },
	{ coverage, quality }: Found,
): Remark[] {
	const lived = populated && new Set(populated);
	const counts = (iris: string) => !lived || lived.has(iris);
	const low = coverage.filter((found) => !found.nearest && found.coverage !== null && found.coverage < LOW);
	const nearest = coverage.filter((found) => found.nearest);
	const given = new Set(coverage.map(({ iris }) => iris));
	const codes = (found: { iris: string }[]) => found.map(({ iris }) => iris).filter(counts);
	const empty = quality.filter((station) => station.irises === 0).map(({ key }) => key);
	return [
		...remarkOn('remark_low_coverage', codes(low)),
		...remarkOn('remark_nearest', codes(nearest)),
		...remarkOn('remark_iris_without_station', codes(irises.filter(({ iris }) => !given.has(iris)))),
		...remarkOn('remark_station_without_iris', empty),
	];
}
