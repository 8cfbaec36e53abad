import { type CensusBase, columnOf, refuseCensus } from './base.ts';
import {
	type BaseName,
	type Counted,
	OVER_15,
	type Recipe,
	type Theme,
	type ThemeName,
	themes,
} from './columns.ts';

/** A theme counted in a base: so many (`count`) among so many (`of`), for each IRIS of the base. */
export interface ThemeFigures {
	theme: ThemeName;
	count: Float64Array;
	of: Float64Array;
	/** What was read, to be shown to whoever asks. */
	columns: { count: string[]; of: string[] };
	counted: Counted;
	/** The finest cut where INSEE publishes it; the base in hand may be coarser. */
	level: 'iris' | 'commune';
	source: Source;
}

/** Where a figure comes from: the sentence is `electoral-map.census_source_<base>`, with its year. */
export interface Source {
	base: BaseName;
	/** Null when neither the columns nor whoever loaded the base said it. */
	year: number | null;
}

const names = Object.keys(themes) as ThemeName[];

/** Themes that the base can answer, at that year. */
export function themesIn(base: CensusBase, year = base.years[0]): ThemeName[] {
	return names.filter((name) => recipesFor(name, year).some((recipe) => !missingIn(base, recipe, year)));
}

/** A theme in the base, at the latest year that it holds; a Refusal that names the column that is not there. */
export function figuresOf(base: CensusBase, theme: ThemeName, year = base.years[0]): ThemeFigures {
	const recipes = recipesFor(theme, year);
	const recipe = recipes.find((one) => !missingIn(base, one, year)) ?? recipes[0];
	if (!recipe) refuseCensus('census_missing_column', { column: theme, years: String(year ?? '?') });
	const columns = { count: named(recipe.count, year), of: named(recipe.of, year) };
	return {
		theme,
		count: sumOf(base, columns.count),
		of: sumOf(base, columns.of),
		columns,
		counted: themes[theme].counted,
		level: recipe.level,
		source: { base: recipe.base, year: year ?? null },
	};
}

/**
 * A base that counts people of fifteen and more, and nobody's occupation under the names of its year, would be read as if
 * nobody worked: it is refused, with the name of the column that is not there.
 */
export function mustCountOccupations(base: CensusBase): void {
	for (const year of base.years) {
		if (!base.columns.has(named([OVER_15], year)[0] as string)) continue;
		const recipes = names
			.flatMap((name) => recipesFor(name, year))
			.filter((recipe) => recipe.base === 'population' && recipe.of.includes(OVER_15));
		if (recipes.every((recipe) => missingIn(base, recipe, year))) figuresOf(base, 'retired', year);
	}
}

function recipesFor(name: ThemeName, year: number | undefined): Recipe[] {
	const theme: Theme = themes[name];
	const at = year ?? Number.NaN;
	return theme.recipes.filter(({ from, until }) => !(at < (from ?? at)) && !(at > (until ?? at)));
}

function missingIn(base: CensusBase, recipe: Recipe, year: number | undefined): string | undefined {
	return named([...recipe.count, ...recipe.of], year).find((column) => !base.columns.has(column));
}

function named(columns: string[], year: number | undefined): string[] {
	const digits = String(year ?? '').slice(-2);
	return columns.map((column) => column.replace('#', digits));
}

function sumOf(base: CensusBase, names: string[]): Float64Array {
	const [first = new Float64Array(), ...others] = names.map((name) => columnOf(base, name));
	if (others.length === 0) return first;
	return first.map((value, at) => others.reduce((sum, column) => sum + (column[at] ?? Number.NaN), value));
}
