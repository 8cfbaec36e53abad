import { read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import type { Viewer } from '#platform/viewer.ts';
import { communeOf } from '../ground/keys.ts';
import { reserveOf, swingOf, turnoutOf } from '../measures/rounds.ts';
import { type Rounds, roundsOf } from '../pages/figures.ts';
import { numberOf } from '../pages/lines.ts';
import { type Election, electionsIn, votingPlaces } from '../pages/loaded.ts';
import { type Commune, communesOf } from '../pages/where.ts';
import { alone } from '../store/alone.ts';
import { type Unit, unitAt } from './where.ts';

/** What changed in one station since the round before, on the same ground; null where nobody can say. */
export interface Change {
	key: string;
	number: string;
	place: string | null;
	commune: string;
	registered: number;
	turnout: number | null;
	turnoutGap: number | null;
	ours: number | null;
	oursGap: number | null;
	/** Votes of ours that sleep; voters of any side when nobody is known to be ours. */
	reserve: number | null;
	/** The best turnout among comparable rounds. */
	best: number | null;
}

/** Where to look between two rounds. */
export interface Changes {
	state: 'ready' | 'no_ground' | 'no_results' | 'too_wide';
	unit: Unit;
	units: Unit[];
	communes: Commune[];
	elections: Election[];
	election: Election | null;
	/** The round compared with; null when none was counted on the same outlines. */
	before: Election | null;
	/** Rounds left out: their stations have not the same ground. */
	redrawn: Election[];
	hasOurs: boolean;
	/** The most votes in reserve first. */
	lines: Change[];
}

/** Beyond, a page of plain HTML is too heavy for a phone. */
const MOST_STATIONS = 3000;

/** What a reader asks: a unit they answer for, a round, and the one to compare with. */
export interface AskedChanges {
	at: string | null;
	election: string | null;
	before: string | null;
}

/** Changes on a ground that this person answers for. Throws NotFound. */
export const changesOf = (viewer: Viewer, asked: AskedChanges): Promise<Changes> =>
	read(viewer, async (tx) => {
		const { units, unit } = await unitAt(tx, viewer, asked.at);
		if (!unit) throw notFound();
		const communes = await communesOf(tx, viewer, unit.id);
		const nothing: Changes = {
			...{ state: 'no_ground', unit, units, communes, elections: [], election: null, before: null },
			...{ redrawn: [], hasOurs: false, lines: [] },
		};
		if (!communes.length) return nothing;
		return { ...nothing, ...(await alone((own) => compare(own, communes, asked))(tx)) };
	});

async function compare(tx: Tx, communes: Commune[], asked: AskedChanges): Promise<Partial<Changes>> {
	const codes = communes.map(({ code }) => code);
	const elections = await electionsIn(tx, codes);
	const election = elections.find(({ id }) => id === asked.election) ?? elections[0];
	if (!election) return { state: 'no_results' };
	const asks = { elections, chosen: election, communes: codes, by: 'station' } as const;
	const { rounds, keys: stations } = await roundsOf(tx, asks);
	if (stations.length > MOST_STATIONS) return { state: 'too_wide' };
	const before = rounds.before.find((one) => one.election.id === asked.before) ?? rounds.before[0];
	const places = await votingPlaces(tx, codes);
	const names = new Map(communes.map(({ code, name }) => [code, name]));
	const figures = figuresOf(rounds, before?.election.id);
	const lines = stations.map((key, at) => ({
		key,
		number: numberOf(key),
		place: places.get(key) ?? null,
		commune: names.get(communeOf(key)) ?? '',
		...figures(at),
	}));
	const older = elections.slice(elections.indexOf(election) + 1);
	return {
		...{ state: 'ready', elections, election, before: before?.election ?? null, hasOurs: rounds.hasOurs },
		redrawn: older.filter(({ vintage }) => vintage !== election.vintage),
		lines: lines.toSorted((a, b) => (b.reserve ?? -1) - (a.reserve ?? -1) || (a.key < b.key ? -1 : 1)),
	};
}

const known = (column: ArrayLike<number> | undefined, at: number) => {
	const value = column?.[at];
	return value === undefined || Number.isNaN(value) ? null : value;
};

function figuresOf({ now: { columns }, before, hasOurs }: Rounds, id: string | undefined) {
	const earlier = before.map((one) => one.columns);
	const other = before.find(({ election }) => election.id === id)?.columns;
	const turnout = turnoutOf(columns);
	const turnouts = earlier.map(turnoutOf);
	const ours = hasOurs ? columns.ours.map((votes, at) => votes / (columns.valid[at] as number)) : undefined;
	const oursGap = hasOurs && other ? swingOf(columns, other, 'refuse').values : undefined;
	// Without a side, whoever stayed at home: one vote each.
	const counted = hasOurs ? columns : { ...columns, ours: columns.valid };
	const reserve = earlier.length ? reserveOf(counted, earlier, { when: 'refuse' }).values : undefined;
	const turnoutBefore = other && turnoutOf(other);
	return (at: number) => {
		const [now, then] = [known(turnout, at), known(turnoutBefore, at)];
		const all = turnouts.map((one) => known(one, at)).filter((one) => one !== null);
		return {
			registered: columns.registered[at] as number,
			turnout: now,
			turnoutGap: now !== null && then !== null ? now - then : null,
			ours: known(ours, at),
			oursGap: known(oursGap, at),
			reserve: known(reserve, at),
			best: all.length ? Math.max(...all) : null,
		};
	};
}
