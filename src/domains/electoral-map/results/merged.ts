import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Count, Remark } from '../model.ts';

const locate = createRequire(import.meta.url).resolve;

/** Former code of a commune -> code of the commune it is part of today. */
export type Mergers = ReadonlyMap<string, string>;

/** A commune that is one no more: its name when the table still tells it, and the commune it is part of today. */
export interface Former {
	name: string | null;
	today: string;
}

interface Listed {
	code: string;
	nom: string;
	type: string;
	anciensCodes?: string[];
}

// The table of communes comes with the program: it is read once.
let formers: Promise<ReadonlyMap<string, Former>> | undefined;

/** Communes merged up to the year of the installed table of communes (INSEE), by their former code. */
export const formerCommunes = (): Promise<ReadonlyMap<string, Former>> => {
	formers ??= readFormers();
	return formers;
};

async function readFormers(): Promise<ReadonlyMap<string, Former>> {
	const path = locate('@etalab/decoupage-administratif/data/communes.json');
	const communes: Listed[] = JSON.parse(await readFile(path, 'utf8'));
	const today = communes.filter(({ type }) => type === 'commune-actuelle');
	const isToday = new Set(today.map(({ code }) => code));
	const names = new Map(communes.map(({ code, nom }) => [code, nom] as const));
	return new Map(
		today.flatMap(({ code, anciensCodes = [] }) =>
			anciensCodes
				.filter((former) => !isToday.has(former))
				.map((former) => [former, { name: names.get(former) ?? null, today: code }] as const),
		),
	);
}

/** The mergers of communes, by code alone. */
export const loadMergers = async (): Promise<Mergers> =>
	new Map([...(await formerCommunes())].map(([former, { today }]) => [former, today] as const));

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
