import type { Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import type { Counted, ThemeName } from '../census/columns.ts';
import { LEAST_PEOPLE } from '../measures/estimates.ts';
import type { StationKey } from '../model.ts';
import type { Base } from '../pages/loaded.ts';
import { recipeIn, themesOf } from '../pages/themes.ts';

/** Shares of themes in many stations, from the estimates kept: NaN where nobody knows, or too few people are behind. */
export interface Profiles {
	keys: StationKey[];
	themes: Map<ThemeName, Shares>;
}

/** One theme, station after station. */
export interface Shares {
	values: Float64Array;
	count: Float64Array;
	of: Float64Array;
	counted: Counted;
}

/** Reads these themes, each commune by the first base that has it. */
export async function profilesOf(
	tx: Tx,
	bases: Base[],
	isAsked: (theme: ThemeName) => boolean,
): Promise<Profiles> {
	const gathered: Gathered = { place: new Map(), themes: new Map(), done: new Set() };
	for (const base of bases) {
		const themes = themesOf([base]).filter(isAsked);
		const rows = themes.length ? await estimatesOf(tx, base, themes) : [];
		for (const [n, theme] of themes.entries()) gather(gathered, base, { theme, n, rows });
	}
	const { place, themes } = gathered;
	return {
		keys: [...place.keys()],
		themes: new Map([...themes].map(([theme, one]) => [theme, laid(one, place.size)])),
	};
}

interface Gathered {
	place: Map<StationKey, number>;
	themes: Map<ThemeName, Figures>;
	/** `retired 01004`: a base that comes later says nothing of it. */
	done: Set<string>;
}

/** Figures as they come: of which station, so many, among so many. */
interface Figures {
	counted: Counted;
	at: number[];
	count: number[];
	of: number[];
}

type Read = { theme: ThemeName; n: number; rows: EstimateRow[] };

function gather({ place, themes, done }: Gathered, base: Base, { theme, n, rows }: Read): void {
	const figures = themes.get(theme) ?? { ...recipeIn(base, theme), at: [], count: [], of: [] };
	themes.set(theme, figures);
	for (const row of rows) {
		if (done.has(`${theme} ${row.commune}`)) continue;
		if (!place.has(row.key)) place.set(row.key, place.size);
		figures.at.push(place.get(row.key) as number);
		figures.count.push(row[`c${n}`] as number);
		figures.of.push(row[`o${n}`] as number);
	}
	for (const commune of base.communes) done.add(`${theme} ${commune}`);
}

function laid(figures: Figures, stations: number): Shares {
	const nothing = () => new Float64Array(stations).fill(Number.NaN);
	const shares: Shares = {
		values: nothing(),
		count: nothing(),
		of: nothing(),
		counted: figures.counted,
	};
	for (const [n, at] of figures.at.entries()) {
		const [count, of] = [figures.count[n] as number, figures.of[n] as number];
		if (!(of >= LEAST_PEOPLE) || Number.isNaN(count)) continue;
		shares.values[at] = count / of;
		shares.count[at] = count;
		shares.of[at] = of;
	}
	return shares;
}

type EstimateRow = { key: StationKey; commune: string } & Record<string, number | string>;

/** Two columns per theme: so many among so many. */
function estimatesOf(tx: Tx, base: Base, themes: ThemeName[]): Promise<EstimateRow[]> {
	const sumOf = (names: string[]) =>
		sql.join(
			names.map((name) => sql`estimate.values[${sql.lit(base.columns.indexOf(name) + 1)}]`),
			' + ',
		);
	const columns = themes.flatMap((theme, n) => {
		const { columns: read } = recipeIn(base, theme);
		return [sql`${sumOf(read.count)} as ${sql.ref(`c${n}`)}`, sql`${sumOf(read.of)} as ${sql.ref(`o${n}`)}`];
	});
	return tx.many(sql`select estimate.key, estimate.commune, ${sql.join(columns)} from electoral_map.estimate
		where estimate.base_id = ${base.base}::uuid and estimate.table_id = ${base.table}::uuid
			and estimate.commune = any (${list(base.communes, 'text')})`);
}

/** Each theme over all of them: a ratio of sums. Stations whose figure is hidden are left out. */
export function meansOf({ themes }: Profiles): Map<ThemeName, number> {
	const sum = (figures: Float64Array) =>
		figures.reduce((all, one) => (Number.isNaN(one) ? all : all + one), 0);
	return new Map([...themes].map(([theme, { count, of }]) => [theme, sum(count) / sum(of)]));
}
