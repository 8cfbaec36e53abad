import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Count, Remark } from '../model.ts';

const locate = createRequire(import.meta.url).resolve;

/** Former code of a commune -> code of the commune it is part of today. */
export type Mergers = ReadonlyMap<string, string>;

/** The mergers of communes up to the year of the installed table of communes (INSEE). */
export async function loadMergers(): Promise<Mergers> {
	const path = locate('@etalab/decoupage-administratif/data/communes.json');
	const communes: { code: string; type: string; anciensCodes?: string[] }[] = JSON.parse(
		await readFile(path, 'utf8'),
	);
	const today = communes.filter(({ type }) => type === 'commune-actuelle');
	const isToday = new Set(today.map(({ code }) => code));
	return new Map(
		today.flatMap(({ code, anciensCodes = [] }) =>
			anciensCodes.filter((former) => !isToday.has(former)).map((former) => [former, code] as const),
		),
	);
}

/**
 * Brings the stations of merged communes to the commune of today, to lay old results on new outlines. A number that two
 * of them would share is left under its old commune: mergers renumber stations, and guessing would mix their votes.
 */
export function inTodaysCommunes(counts: Count[], mergers: Mergers): { counts: Count[]; remarks: Remark[] } {
	const moved = counts.map(({ key }) => {
		const [commune = '', number] = key.split('_');
		// A constituency has no number, and no commune to go to.
		return number === undefined ? key : `${mergers.get(commune) ?? commune}_${number}`;
	});
	const times = new Map<string, number>();
	for (const key of moved) times.set(key, (times.get(key) ?? 0) + 1);
	let [count, left] = [0, 0];
	const renamed = counts.map((station, at) => {
		const key = moved[at] ?? station.key;
		if (key === station.key) return station;
		const isAlone = times.get(key) === 1;
		if (isAlone) count++;
		else left++;
		return isAlone ? { ...station, key } : station;
	});
	const remark = { key: 'electoral-map.remark_merged_communes', args: { count, left } };
	return { counts: renamed, remarks: count + left > 0 ? [remark] : [] };
}
