import { communeOf } from '../ground/keys.ts';
import { columnFrom } from '../measures/ranks.ts';
import type { StationKey } from '../model.ts';
import type { ThemeColumn } from './themes.ts';

/**
 * A theme of stations as one of communes: counts first, one division after. Stations whose figure is hidden are left
 * out: what a commune holds more than its other stations would give them away. What may be off is the mean of theirs.
 */
export function themeByCommune(
	{ column, ...about }: ThemeColumn,
	stations: StationKey[],
	communes: string[],
): ThemeColumn {
	const place = new Map(communes.map((code, at) => [code, at]));
	const nothing = () => new Float64Array(communes.length);
	const [count, of, off] = [nothing(), nothing(), nothing()];
	for (const [from, key] of stations.entries()) {
		const at = place.get(communeOf(key));
		if (at === undefined || Number.isNaN(column.values[from])) continue;
		const people = column.of?.[from] as number;
		count[at] = (count[at] as number) + (column.count?.[from] as number);
		of[at] = (of[at] as number) + people;
		off[at] = (off[at] as number) + people * (column.margin?.[from] as number);
	}
	const by = (one: Float64Array) =>
		one.map((value, at) => (of[at] ? value / (of[at] as number) : Number.NaN));
	return { ...about, column: columnFrom({ values: by(count), count, of, margin: by(off) }) };
}
