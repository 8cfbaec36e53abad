import type { Tx } from '#platform/db.ts';
import type { Counted } from '../census/columns.ts';
import { type ProfileInput, type ProfileLine, profileOf } from '../measures/profile.ts';
import { territoryMean } from '../measures/ranks.ts';
import type { StationKey } from '../model.ts';
import { basesIn } from '../pages/loaded.ts';
import { themeColumn, themesOf } from '../pages/themes.ts';
import { meansOf, profilesOf } from './profiles.ts';

/** A line of the profile, of whom it speaks, and what may be off. */
export type Trait = ProfileLine & { counted: Counted; year: number | null; margin: number | null };

const MOST_TRAITS = 8;

/** A station among those of its commune, and the communes of the unit it is set beside. */
export interface Among {
	key: StationKey;
	code: string;
	vintage: string;
	stations: StationKey[];
	wide: string[];
}

/** Who lives around a station, what sets it apart from its commune first. */
export async function profileAt(tx: Tx, { key, code, vintage, stations, wide }: Among): Promise<Trait[]> {
	const bases = await basesIn(tx, vintage, [code]);
	const around = await meansAround(tx, vintage, wide);
	const at = stations.indexOf(key);
	const about = new Map<string, Pick<Trait, 'counted' | 'year' | 'margin'>>();
	const inputs: ProfileInput[] = [];
	for (const theme of themesOf(bases)) {
		const found = await themeColumn(tx, theme, bases, stations);
		// Jobs that are in a town say nothing of who votes there.
		if (!found || found.counted === 'jobs') continue;
		const { column, counted, year } = found;
		const margin = column.margin?.[at] ?? Number.NaN;
		about.set(theme, { counted, year, margin: Number.isNaN(margin) ? null : margin });
		inputs.push({
			theme,
			share: column.values[at] as number,
			margin: margin || 0,
			reference: territoryMean(column, new Uint8Array(stations.length).fill(1)),
			wide: around.get(theme) ?? Number.NaN,
		});
	}
	return profileOf(inputs)
		.slice(0, MOST_TRAITS)
		.map((line) => ({ ...line, ...(about.get(line.theme) as Pick<Trait, 'counted' | 'year' | 'margin'>) }));
}

/** Shares over several communes; nothing for one alone, which would be said twice. */
async function meansAround(tx: Tx, vintage: string, communes: string[]): Promise<Map<string, number>> {
	const bases = await basesIn(tx, vintage, communes);
	if (new Set(bases.flatMap((base) => base.communes)).size < 2) return new Map();
	return meansOf(await profilesOf(tx, bases, () => true));
}
