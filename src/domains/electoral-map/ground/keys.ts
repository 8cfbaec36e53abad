import type { StationKey } from '../model.ts';

const districts: { commune: string; first: number; last: number }[] = [
	{ commune: '75056', first: 75101, last: 75120 },
	{ commune: '69123', first: 69381, last: 69389 },
	{ commune: '13055', first: 13201, last: 13216 },
];

const cityOf = (code: string) =>
	districts.find(({ first, last }) => Number(code) >= first && Number(code) <= last);

/** The whole commune of a district of Paris, Lyon or Marseille; any other commune is itself. */
export function wholeCommune(code: string): string {
	return cityOf(code)?.commune ?? code;
}

/** The commune of a station, by its key; a constituency stands for its own. */
export const communeOf = (key: StationKey): string => key.split('_')[0] ?? key;

/**
 * The key of a station from a commune and its number as a file writes them. A district's own number ("5" of
 * 75119) takes the district before it (75056_1905); all digits are padded to four.
 */
export function stationKey(commune: string, number: string): StationKey {
	const city = cityOf(commune);
	const text = number.trim();
	if (!/^\d+$/.test(text)) return `${wholeCommune(commune)}_${text}`;
	const district = city && Number(text) < 100 ? (Number(commune) - city.first + 1) * 100 : 0;
	return `${wholeCommune(commune)}_${String(district + Number(text)).padStart(4, '0')}`;
}
