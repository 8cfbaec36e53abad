import type { MultiPolygon } from 'geojson';

/**
 * Key of a polling station: INSEE commune, `_`, the station's own number as text, padded to four signs when it is all digits:
 * `75056_1905`, `14118_01.1`, `75056_JUS1`. Districts of Paris, Lyon and Marseille are inside the number, never in the commune.
 */
export type StationKey = string;

/** A polling station and its ground, in one vintage of outlines. Degrees (WGS84), longitude first. */
export interface StationOutline {
	key: StationKey;
	/** INSEE code of the whole commune (75056, never 75119). */
	commune: string;
	/** Null when the source has no usable shape for it. */
	outline: MultiPolygon | null;
}

/** An INSEE small area; nine signs, commune and four more (`0000`: a commune that is not cut). Degrees (WGS84). */
export interface IrisOutline {
	iris: string;
	/** INSEE code of the whole commune, the districts of Paris, Lyon and Marseille brought back to it. */
	commune: string;
	outline: MultiPolygon;
}

/** An address of the electoral register. */
export interface RegisterAddress {
	key: StationKey;
	commune: string;
	longitude: number;
	latitude: number;
	/** Addresses at that point; not voters. */
	addresses: number;
}

/** The part of an IRIS that falls to a station: the parts of one IRIS add up to one. */
export interface Weight {
	iris: string;
	key: StationKey;
	/** From 0 to 1. */
	weight: number;
	/** Square metres in common; null when addresses decided, or nothing was drawn. */
	area: number | null;
}

/** What one station counted at one round. Blank and spoilt are null where the source does not tell them apart. */
export interface Count {
	key: StationKey;
	registered: number;
	voters: number;
	blank: number | null;
	spoilt: number | null;
	valid: number;
	/** One entry per candidate, list or nuance, in the order of the file. */
	voices: Voice[];
}

/** Votes for one candidate or list in one station. */
export interface Voice {
	/** What tells candidates of one constituency apart: the number on the board, else the name. */
	candidate: string;
	/** As printed: first name and name, or the list's short title. */
	name: string;
	/** The Ministry's political label (`NUP`, `UG`…), when the source has one. */
	nuance: string | null;
	votes: number;
}

/** Something of a file that a person must read: which line, what is wrong, what was done. */
export interface Remark {
	/** Key of the catalogue: `electoral-map.remark_…`. */
	key: string;
	args: Record<string, string | number>;
	/** Line of the file, from 1, when one line is meant. */
	line?: number;
}

/** What the name of a round says. */
export interface RoundName {
	id: string;
	year: number;
	kind: string;
	round: number;
}

/** A name such as `2022_pres_t1`, read; null when it is no such name. */
export function roundIn(id: string): RoundName | null {
	const [, year, kind, round] = /^(\d{4})_([a-z]+)_t(\d)$/.exec(id) ?? [];
	return year && kind ? { id, year: Number(year), kind, round: Number(round) } : null;
}
