import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { ThemeName } from '../census/columns.ts';
import { type Column, columnFrom } from '../measures/ranks.ts';
import type { StationKey } from '../model.ts';
import type { Base } from '../pages/loaded.ts';
import type { Said } from '../results/blocs.ts';
import { tablesNow } from '../store/weights.ts';
import { profilesOf } from './profiles.ts';
import { sharesOf } from './votes.ts';

/** Every station that is estimated, whatever its unit: its profile as columns sorted once. */
export interface Territory {
	keys: StationKey[];
	place: Map<StationKey, number>;
	columns: Map<ThemeName, Column>;
	communes: string[];
	/** Of each station, the place of its commune among these. */
	communeAt: Int32Array;
}

/** What a profile is made of, where it is known: who lives there, in what, and what they do. */
const alikeThemes: ThemeName[] = [
	'aged_15_29',
	'aged_60_more',
	'unemployed',
	'managers',
	'employees',
	'workers',
	'without_diploma',
	'social_housing',
	'owners',
];

/** A round in each station, in their order; NaN where nobody was ours. */
export interface Ballots {
	share: Float64Array;
	registered: Float64Array;
}

/** The same at every question until what is loaded changes: kept with the mark of what it was made from. */
interface Kept<T> {
	from: string;
	made: T;
}
let territory: Kept<Territory> | null = null;
const ballots = new Map<string, Kept<Ballots>>();
const MOST_ROUNDS_KEPT = 4;

/** The profiles of all stations; made anew when a source, its place or an estimate is no longer the same. */
export async function territoryNow(tx: Tx): Promise<{ territory: Territory; from: string }> {
	const from = await markNow(tx);
	if (territory?.from !== from) territory = { from, made: await readTerritory(tx) };
	return { territory: territory.made, from };
}

const markNow = async (tx: Tx): Promise<string> => {
	const [mark] = await tx.many<object>(sql`select current_database() as house, count(*)::int as sources,
			max(source.current_at)::text as at, md5(string_agg(source.id::text, '' order by source.id)) as ids,
			(select count(*)::int from electoral_map.estimated) as estimated
		from electoral_map.source where source.state = 'current'`);
	return JSON.stringify(mark);
};

async function readTerritory(tx: Tx): Promise<Territory> {
	const bases = await basesEverywhere(tx);
	const { keys, themes } = await profilesOf(tx, bases, (theme) => alikeThemes.includes(theme));
	const columns = [...themes].map(
		([theme, { values, count, of }]) => [theme, columnFrom({ values, count, of })] as const,
	);
	const communes = [...new Set(bases.flatMap((base) => base.communes))];
	const order = new Map(communes.map((commune, at) => [commune, at]));
	return {
		keys,
		place: new Map(keys.map((key, at) => [key, at])),
		columns: new Map(columns),
		communes,
		communeAt: Int32Array.from(keys, (key) => order.get(key.slice(0, key.indexOf('_'))) ?? -1),
	};
}

/** As `basesIn` for every commune there is: each base by the latest outlines that it is laid on. */
const basesEverywhere = (tx: Tx): Promise<Base[]> =>
	tx.many(sql`select laid.base, laid.table, laid.columns, laid.year, array_agg(laid.commune) as communes
		from (select distinct on (estimated.commune, estimated.base_id) estimated.commune, estimated.base_id as base,
				tables.id as table, source.columns, substring(source.vintage from '^\\d{4}$')::int as year, source.current_at
			from electoral_map.estimated join ${tablesNow} as tables on tables.id = estimated.table_id
			join electoral_map.source on source.id = estimated.base_id
			where source.state = 'current' and estimated.joined > 0
			order by estimated.commune, estimated.base_id, tables.vintage desc, tables.is_given desc, tables.ground_at desc,
				tables.iris_at desc) as laid
		group by laid.base, laid.table, laid.columns, laid.year, laid.current_at order by laid.current_at desc`);

/** Our share at a round in each of these stations; made anew when what is ours is said otherwise. */
export async function ballotsNow(
	tx: Tx,
	{ territory, from }: { territory: Territory; from: string },
	{ election, labels }: { election: string; labels: Said[] },
): Promise<Ballots> {
	const mark = from + JSON.stringify(labels);
	const kept = ballots.get(election);
	if (kept?.from === mark) return kept.made;
	const asked = { elections: [election], communes: territory.communes, labels };
	const nothing = () => new Float64Array(territory.keys.length).fill(Number.NaN);
	const made: Ballots = { share: nothing(), registered: nothing() };
	const { keys, share, registered } = await sharesOf(tx, asked);
	for (const [row, key] of keys.entries()) {
		const at = territory.place.get(key);
		if (at === undefined) continue;
		made.share[at] = share[row] as number;
		made.registered[at] = registered[row] as number;
	}
	ballots.delete(election);
	const [oldest] = ballots.keys();
	if (oldest !== undefined && ballots.size >= MOST_ROUNDS_KEPT) ballots.delete(oldest);
	ballots.set(election, { from: mark, made });
	return made;
}
