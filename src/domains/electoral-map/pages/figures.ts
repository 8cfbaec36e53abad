import type { Tx } from '#platform/db.ts';
import type { ThemeName } from '../census/columns.ts';
import type { Asked } from '../measures/criteria.ts';
import { type Column, columnFrom } from '../measures/ranks.ts';
import { type RoundColumns, reserveOf, roundColumns, swingOf, volatilityOf } from '../measures/rounds.ts';
import type { StationKey, Voice } from '../model.ts';
import { familyIn, type Said } from '../results/blocs.ts';
import { fromResults } from './asked.ts';
import { type Base, countsIn, type Election, ownLabels } from './loaded.ts';
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
export async function roundsOf(
	tx: Tx,
	{ elections, chosen, communes }: { elections: Election[]; chosen: Election; communes: string[] },
): Promise<{ rounds: Rounds; stations: StationKey[]; counted: string[] }> {
	const older = elections.slice(elections.indexOf(chosen) + 1);
	const before = older.filter(({ vintage }) => vintage === chosen.vintage).slice(0, MOST_BEFORE);
	const ids = [chosen, ...before].map(({ id }) => id);
	const counts = await countsIn(tx, ids, communes);
	const labels = await ownLabels(tx);
	const now = counts.get(chosen.id) ?? [];
	const stations = now.map(({ key }) => key);
	const columnsOf = (election: Election) =>
		roundColumns(counts.get(election.id) ?? [], stations, oursIn(labels, election.id), election.vintage);
	const rounds: Rounds = {
		now: { election: chosen, columns: columnsOf(chosen) },
		before: before.map((election) => ({ election, columns: columnsOf(election) })),
		hasOurs: now.some(({ voices }) => voices.some(oursIn(labels, chosen.id))),
	};
	return { rounds, stations, counted: [...new Set(stations.map((key) => key.split('_')[0] ?? ''))] };
}

/** Whether a candidate is one that the organisation calls its own, at that election. */
export function oursIn(labels: Said[], id: string) {
	const family = familyIn(id, labels);
	return (voice: Pick<Voice, 'nuance' | 'name'>) => family(voice) === 'ours';
}

/** What can be asked of this scope: a figure nobody has is not offered. */
export function answerable({ before, hasOurs }: Rounds, bases: Base[]): Set<Asked> {
	const compares = hasOurs && before.length > 0;
	const told = {
		abstention: true,
		our_share: hasOurs,
		falling: compares,
		volatile: compares,
		reserve: compares,
	};
	return new Set<Asked>([...fromResults.filter((asked) => told[asked]), ...themesOf(bases)]);
}

/** A figure over the stations of the scope, and what it rests on. */
export interface Figure {
	column: Column;
	/** Null for what ballots tell. */
	theme: Omit<ThemeColumn, 'column'> | null;
}

/** The figure that a criterion asks for, over the stations that voted. Null when nobody has it. */
export async function figureOf(
	tx: Tx,
	asked: Asked,
	{ rounds, bases, stations }: { rounds: Rounds; bases: Base[]; stations: StationKey[] },
): Promise<Figure | null> {
	const result = fromRounds(asked, rounds);
	if (result) return { column: result, theme: null };
	const found = await themeColumn(tx, asked as ThemeName, bases, stations);
	if (!found) return null;
	const { column, ...theme } = found;
	return { column, theme };
}

function fromRounds(asked: Asked, { now: { columns }, before }: Rounds): Column | null {
	const { registered, voters, ours, valid } = columns;
	const earlier = before.map((one) => one.columns);
	const share = (count: Float64Array, of: Float64Array) =>
		columnFrom({
			values: count.map((value, at) => (of[at] ? value / (of[at] as number) : Number.NaN)),
			count,
			of,
		});
	if (asked === 'abstention')
		return share(
			registered.map((all, at) => all - (voters[at] as number)),
			registered,
		);
	if (asked === 'our_share') return share(ours, valid);
	if (!earlier[0]) return null;
	// Falling is told as what was lost: the highest figure is the deepest fall.
	if (asked === 'falling')
		return columnFrom({ values: swingOf(columns, earlier[0], 'refuse').values.map((gap) => -gap) });
	if (asked === 'volatile')
		return columnFrom({ values: volatilityOf([columns, ...earlier], 'refuse').values });
	if (asked === 'reserve')
		return columnFrom({ values: reserveOf(columns, earlier, { when: 'refuse' }).values });
	return null;
}
