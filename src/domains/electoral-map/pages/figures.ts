import type { Tx } from '#platform/db.ts';
import type { ThemeName } from '../census/columns.ts';
import type { Asked } from '../measures/criteria.ts';
import type { Column } from '../measures/ranks.ts';
import { type RoundColumns, roundColumns } from '../measures/rounds.ts';
import type { Count, StationKey, Voice } from '../model.ts';
import { familyIn, type Said } from '../results/blocs.ts';
import { fromResults } from './asked.ts';
import { themeByCommune } from './by-commune.ts';
import { fromRounds, knowsOurs } from './from-rounds.ts';
import type { Unit } from './lines.ts';
import { type Base, countsIn, type Election, ownLabels } from './loaded.ts';
import { homesIn, perDoors } from './per-doors.ts';
import { sumsIn } from './sums.ts';
import { type ThemeColumn, themeColumn, themesOf } from './themes.ts';

/** Rounds of a scope that can be set beside one another. */
export interface Rounds {
	/** The one looked at. */
	now: { election: Election; columns: RoundColumns };
	/** Earlier ones counted on the same outlines, the latest first. */
	before: { election: Election; columns: RoundColumns }[];
	/** Some candidate is known to be ours. */
	hasOurs: boolean;
}

/** More rounds say little of today. */
const MOST_BEFORE = 4;

/** Reads the round looked at and those before it. Earlier ones on other outlines are left out: numbers would lie. */
export async function roundsOf(tx: Tx, asked: AskedRounds): Promise<{ rounds: Rounds; keys: string[] }> {
	const { elections, chosen } = asked;
	const older = elections.slice(elections.indexOf(chosen) + 1);
	const before = older.filter(({ vintage }) => vintage === chosen.vintage).slice(0, MOST_BEFORE);
	const counted = await (asked.by === 'commune' ? sums : counts)(tx, [chosen, ...before], asked.communes);
	const keys = (counted.get(chosen.id) ?? []).map(({ key }) => key);
	const columnsOf = (election: Election) => {
		const all = counted.get(election.id) ?? [];
		const columns = roundColumns(all, keys, () => true, election.vintage);
		// Nobody of ours known at a round is no score of nought: everything after it would be a rise.
		const isKnown = all.some(({ voices }) => voices.length > 0);
		return isKnown ? columns : { ...columns, ours: columns.ours.map(() => Number.NaN) };
	};
	const now = { election: chosen, columns: columnsOf(chosen) };
	const rounds: Rounds = {
		now,
		before: before.map((election) => ({ election, columns: columnsOf(election) })),
		hasOurs: knowsOurs(now.columns),
	};
	return { rounds, keys };
}

interface AskedRounds {
	elections: Election[];
	chosen: Election;
	communes: string[];
	by: Unit;
}

/** What was counted, with our voices alone. */
type Own = Map<string, Count[]>;

async function counts(tx: Tx, elections: Election[], communes: string[]): Promise<Own> {
	const ids = elections.map(({ id }) => id);
	const labels = await ownLabels(tx);
	const found = await countsIn(tx, ids, communes);
	return new Map(
		[...found].map(([id, all]) => {
			const isOurs = oursIn(labels, id);
			return [id, all.map((count) => ({ ...count, voices: count.voices.filter(isOurs) }))];
		}),
	);
}

async function sums(tx: Tx, elections: Election[], communes: string[]): Promise<Own> {
	const ids = elections.map(({ id }) => id);
	const labels = await ownLabels(tx);
	const found = await sumsIn(tx, ids, communes, (id) => oursIn(labels, id));
	const rows = found.map(({ election, ours, ...sum }) => {
		const voices = ours === null ? [] : [{ candidate: '', name: '', nuance: null, votes: ours }];
		return { election, count: { ...sum, blank: 0, spoilt: 0, voices } };
	});
	const byElection = Map.groupBy(rows, ({ election }) => election);
	return new Map([...byElection].map(([id, all]) => [id, all.map(({ count }) => count)]));
}

/** Whether a candidate is one that the organisation calls its own, at that election. */
export function oursIn(labels: Said[], id: string) {
	const family = familyIn(id, labels);
	return (voice: Pick<Voice, 'nuance' | 'name'>) => family(voice) === 'ours';
}

/** What can be asked of this scope: a figure nobody has is not offered. */
export function answerable({ before, hasOurs }: Rounds, bases: Base[], by: Unit): Set<Asked> {
	const compares = hasOurs && before.some(({ columns }) => knowsOurs(columns));
	const told = {
		abstention: true,
		our_share: hasOurs,
		falling: compares,
		volatile: compares,
		reserve: hasOurs && before.length > 0,
		// A commune lacks the homes of its smallest stations, and has all their votes.
		per_doors: hasOurs && before.length > 0 && by === 'station' && homesIn(bases) !== undefined,
	};
	return new Set<Asked>([...fromResults.filter((asked) => told[asked]), ...themesOf(bases)]);
}

/** A figure over the stations of the scope, and what it rests on. */
export interface Figure {
	column: Column;
	/** Null for what ballots tell. */
	theme: Omit<ThemeColumn, 'column'> | null;
}

/** What figures are read for. */
export interface Scene {
	rounds: Rounds;
	bases: Base[];
	/** Stations, or the communes that they make up. */
	keys: string[];
	by: Unit;
	stations: StationKey[];
}

/** The figure that a criterion asks for, over the stations that voted. Null when nobody has it. */
export async function figureOf(tx: Tx, asked: Asked, scene: Scene): Promise<Figure | null> {
	if (asked === 'per_doors') return perDoors(tx, scene);
	const { now, before } = scene.rounds;
	const result = fromRounds(
		asked,
		[now, ...before].map(({ columns }) => columns),
	);
	if (result) return { column: result, theme: null };
	const found = await themeColumn(tx, asked as ThemeName, scene.bases, scene.stations);
	if (!found) return null;
	const { column, ...theme } =
		scene.by === 'commune' ? themeByCommune(found, scene.stations, scene.keys) : found;
	return { column, theme };
}
