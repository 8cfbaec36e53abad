import type { Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import type { Counted, ThemeName } from '../census/columns.ts';
import { LEAST_PEOPLE } from '../measures/estimates.ts';
import type { StationKey } from '../model.ts';
import type { Base } from '../pages/loaded.ts';
import { recipeIn, themesOf } from '../pages/themes.ts';
import { packed, packedKeys, unpacked, unpackedKeys } from '../store/packed.ts';

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
	const gathered: Gathered = { place: new Map(), themes: new Map(), done: new Map() };
	for (const base of bases) {
		const themes = themesOf([base]).filter(isAsked);
		const read = themes.length ? await estimatesOf(tx, base, themes) : { keys: [], columns: [] };
		for (const [n, theme] of themes.entries()) gather(gathered, base, { theme, n, ...read });
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
	/** Communes that a base told of: one that comes later says nothing of them. */
	done: Map<ThemeName, Set<string>>;
}

/** Figures as they come: of which station, so many, among so many. */
interface Figures {
	counted: Counted;
	at: number[];
	count: number[];
	of: number[];
}

/** Two columns per theme, over these stations: so many among so many. */
interface Read {
	keys: StationKey[];
	columns: Float64Array[];
}

function gather(
	{ place, themes, done }: Gathered,
	base: Base,
	{ theme, n, keys, columns }: Read & { theme: ThemeName; n: number },
): void {
	const figures = themes.get(theme) ?? { ...recipeIn(base, theme), at: [], count: [], of: [] };
	themes.set(theme, figures);
	const told = done.get(theme) ?? new Set();
	const [count, of] = [columns[2 * n] as Float64Array, columns[2 * n + 1] as Float64Array];
	for (const [row, key] of keys.entries()) {
		if (told.size > 0 && told.has(key.slice(0, key.indexOf('_')))) continue;
		const at = place.get(key) ?? place.size;
		if (at === place.size) place.set(key, at);
		figures.at.push(at);
		figures.count.push(count[row] as number);
		figures.of.push(of[row] as number);
	}
	done.set(theme, new Set([...told, ...base.communes]));
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

async function estimatesOf(tx: Tx, base: Base, themes: ThemeName[]): Promise<Read> {
	const sumOf = (names: string[]) =>
		sql.join(
			names.map((name) => sql`estimate.values[${sql.lit(base.columns.indexOf(name) + 1)}]`),
			' + ',
		);
	const figures = themes.flatMap((theme) => {
		const { columns } = recipeIn(base, theme);
		return [sumOf(columns.count), sumOf(columns.of)];
	});
	const by = sql`estimate.key`;
	const row = await tx.one<
		Record<string, Buffer | null> & { keys: string | null }
	>(sql`select ${packedKeys(by)} as keys,
			${sql.join(figures.map((figure, n) => sql`${packed(figure, by)} as ${sql.ref(`f${n}`)}`))}
		from electoral_map.estimate where estimate.base_id = ${base.base}::uuid
			and estimate.table_id = ${base.table}::uuid and estimate.commune = any (${list(base.communes, 'text')})`);
	return {
		keys: unpackedKeys(row?.keys ?? null),
		columns: figures.map((_, n) => unpacked(row?.[`f${n}`] ?? null)),
	};
}

/** Each theme over all of them: a ratio of sums. Stations whose figure is hidden are left out. */
export function meansOf({ themes }: Profiles): Map<ThemeName, number> {
	const sum = (figures: Float64Array) =>
		figures.reduce((all, one) => (Number.isNaN(one) ? all : all + one), 0);
	return new Map([...themes].map(([theme, { count, of }]) => [theme, sum(count) / sum(of)]));
}
