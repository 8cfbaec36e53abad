import type { Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import type { CensusBase } from '../census/base.ts';
import type { BaseName, Counted, ThemeName } from '../census/columns.ts';
import { figuresOf, type ThemeFigures, themesIn } from '../census/figures.ts';
import { estimateRate, type RateEstimate } from '../measures/estimates.ts';
import { joinWeights } from '../measures/joined.ts';
import { type Column, columnFrom } from '../measures/ranks.ts';
import type { StationKey } from '../model.ts';
import { readWeights } from '../store/weights.ts';
import type { Base } from './loaded.ts';

/** A theme over the stations of a scope, and where it comes from. */
export interface ThemeColumn {
	column: Column;
	base: BaseName;
	year: number | null;
	counted: Counted;
	/** The finest cut where INSEE publishes it. */
	level: 'iris' | 'commune';
}

/** Themes that one of the bases answers. */
export const themesOf = (bases: Base[]): ThemeName[] => [
	...new Set(bases.flatMap((base) => themesIn(bare(base)))),
];

/** A base as its columns alone, to ask what it can answer. */
function bare({ columns, year }: Base): CensusBase {
	return {
		irises: [],
		communes: [],
		labels: new Uint8Array(),
		columns: new Map(columns.map((name) => [name, new Float64Array()])),
		years: year ? [year] : [],
		level: 'iris',
		remarks: [],
	};
}

/** How a base counts a theme: the columns that are read, and whom they count. */
export function recipeIn(base: Base, theme: ThemeName): Pick<ThemeFigures, 'columns' | 'counted'> {
	const { columns, counted } = figuresOf(bare(base), theme);
	return { columns, counted };
}

/** A theme in every commune, each by the first base that has it. Null when none has. */
export async function themeColumn(
	tx: Tx,
	theme: ThemeName,
	bases: Base[],
	stations: StationKey[],
): Promise<ThemeColumn | null> {
	const sheet = blank(stations);
	const done = new Set<string>();
	let source: Omit<ThemeColumn, 'column'> | null = null;
	for (const base of bases.filter((one) => themesIn(bare(one)).includes(theme))) {
		const communes = base.communes.filter((commune) => !done.has(commune));
		if (communes.length === 0) continue;
		const { figures, joined } = await figuresIn(tx, theme, { ...base, communes });
		fill(sheet, joined.stations, estimateRate(joined, figures.count, figures.of));
		for (const commune of communes) done.add(commune);
		source ??= { ...figures.source, counted: figures.counted, level: figures.level };
	}
	return source && { ...source, column: columnFrom(sheet.figures) };
}

function blank(stations: StationKey[]) {
	const nothing = () => new Float64Array(stations.length).fill(Number.NaN);
	return {
		place: new Map(stations.map((key, at) => [key, at])),
		figures: { values: nothing(), count: nothing(), of: nothing(), margin: nothing() },
	};
}

/** Estimates have no more digits than this: written for a browser and read there, they are the very same numbers. */
const to = (value: number, digits: number) => Math.round(value * digits) / digits;

/** Lays estimates where the stations of the scope stand; the others are not looked at. */
function fill({ place, figures }: ReturnType<typeof blank>, keys: StationKey[], rate: RateEstimate) {
	for (const [from, key] of keys.entries()) {
		const at = place.get(key);
		if (at === undefined) continue;
		const [count, of] = [rate.count[from], rate.of[from]].map((one) => to(one as number, 100)) as [
			number,
			number,
		];
		const isHidden = Number.isNaN(rate.values[from]);
		figures.count[at] = count;
		figures.of[at] = of;
		figures.values[at] = isHidden ? Number.NaN : count / of;
		figures.margin[at] = to(rate.margin[from] as number, 10_000);
	}
}

/** The figures of a theme by IRIS, and how these are shared out. */
async function figuresIn(tx: Tx, theme: ThemeName, base: Base) {
	const { columns } = figuresOf(bare(base), theme);
	const needed = [...new Set([...columns.count, ...columns.of])];
	const places = needed.map((name) => base.columns.indexOf(name) + 1);
	const rows = await tx.many<{ iris: string; figures: number[] }>(sql`select census_row.iris,
			array(select census_row.values[at] from unnest(${list(places, 'int')}) with ordinality as one (at, n) order by n) as figures
		from electoral_map.census_row where census_row.source_id = ${base.base}::uuid
			and census_row.commune = any (${list(base.communes, 'text')}) order by census_row.iris`);
	const irises = rows.map(({ iris }) => iris);
	const held = needed.map((name, n) => {
		const values = Float64Array.from(rows, ({ figures }) => figures[n] ?? Number.NaN);
		return [name, values] as const;
	});
	const figures: ThemeFigures = figuresOf({ ...bare(base), irises, columns: new Map(held) }, theme);
	const joined = joinWeights(await readWeights(tx, base.table, base.communes), irises);
	return { figures, joined };
}
