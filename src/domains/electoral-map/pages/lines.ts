import { bivariate, NO_CLASS } from '../measures/classes.ts';
import { type AskedColumn, type Criterion, crossCriteria, type Reason } from '../measures/criteria.ts';
import { type Column, columnFrom } from '../measures/ranks.ts';

/** How far the estimates of a station can be believed. */
export type Mark = 'good' | 'fair' | 'poor';

/** What is compared: stations, or communes where stations are too many for a page. */
export type Unit = 'station' | 'commune';

/** A station, or a commune, before anything is asked of it. */
export interface Stood {
	key: string;
	/** The station's own number, without the zeros; none for a commune. */
	number: string;
	place: string | null;
	commune: string;
	registered: number | null;
	mark: Mark | null;
	/** What its circle shows; null without circles. */
	circle?: number | null;
	/** Who goes there between two rounds, as far as the reader may know; absent when nobody does. */
	target?: string[];
}

/** A station of the list, of the drawing and of the table: the same one. */
export interface StationLine extends Stood {
	/** From 1; null when a figure is missing or may not be shown. */
	rank: number | null;
	/** One per criterion, in their order; null where there is no figure to show. */
	figures: (Reason | null)[];
	/** The third where each figure falls: 0 the least sought, 2 the most; null without. */
	thirds: (number | null)[];
	/** Both are in the sought third. */
	both: boolean;
}

/** Stations in order, and how many of them each class holds. */
export interface Ranked {
	/** Best first, then those that are not ranked. */
	lines: StationLine[];
	/** Of nine, as `bivariate` numbers them. */
	sizes: number[];
	/** Inside, without a rank. */
	withheld: number;
}

/** Ranks and classes of the stations for two criteria. The server and the browser both ask this function. */
export function rankedBy(criteria: Criterion[], columns: Column[], stations: Stood[]): Ranked {
	const inside = new Uint8Array(stations.length).fill(1);
	const asked: AskedColumn[] = criteria.map((one, n) => ({ ...one, column: columns[n] as Column }));
	const crossed = crossCriteria(asked, inside, stations.length);
	const sought = asked.map(toward);
	const { cells, across, up, sizes } = bivariate(sought[1] as Column, sought[0] as Column, inside);
	const reasons = new Map(crossed.list.map((one) => [one.station, one.reasons]));
	// What was counted is sure, however the station is cut.
	const isEstimated = columns.some(({ margin }) => margin);
	const unranked = stations.map((_, at) => at).filter((at) => !reasons.has(at));
	const thirdsOf = (at: number) =>
		[up, across].map(({ classes }) => (classes[at] === NO_CLASS ? null : classes[at]!));
	const lines = [...crossed.list.map(({ station }) => station), ...unranked].map(
		(at): StationLine => ({
			...(stations[at] as Stood),
			mark: isEstimated ? (stations[at] as Stood).mark : null,
			rank: crossed.ranks[at] || null,
			figures: reasons.get(at) ?? asked.map(() => null),
			thirds: thirdsOf(at),
			both: cells[at] === 8,
		}),
	);
	return { lines, sizes, withheld: crossed.withheld };
}

/** The sought end is always the high one of what is drawn. */
function toward({ column, toward }: AskedColumn): Column {
	return toward === 'high' ? column : columnFrom({ values: column.values.map((value) => -value) });
}

/** `X01001_0010` is station 10. */
export const numberOf = (key: string) => key.slice(key.indexOf('_') + 1).replace(/^0+(?=.)/, '');
