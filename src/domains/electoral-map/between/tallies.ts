import { read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { alone } from '../store/alone.ts';
import { votingPlaceAt } from '../store/places.ts';
import { type Entry, isSameCount, type Standing, type Tally, type Typed } from './model.ts';
import { tallies } from './policy.ts';
import { seenAmong } from './where.ts';

const columnsOf = sql`tally.id, tally.election, tally.unit_id, tally.place, tally.communes, tally.vintage,
	tally.candidates, tally.state`;

/** A tally as its row is; undefined for whoever may not see it. */
export const tallyOf = (tx: Tx, viewer: Viewer, id: string) =>
	tx.one<Tally & { may: { settle: boolean } }>(sql`select ${columnsOf}, ${tallies.may(viewer)}
		from electoral_map.tally where tally.id = ${id}::uuid and ${tallies.see(viewer)}`);

/** How far an entry is. */
export interface TallyLine {
	id: string;
	election: string;
	place: string;
	state: Tally['state'];
	stations: number;
	settled: number;
}

/** Entries of the ground of this person, open ones first; withdrawn ones for who settles them. */
export const talliesFor = (viewer: Viewer): Promise<TallyLine[]> =>
	read(viewer, (tx) =>
		tx.many(sql`select tally.id, tally.election, tally.place, tally.state,
			(select count(*)::int from electoral_map.tally_station where tally_station.tally_id = tally.id) as stations,
			(select count(tally_station.settled)::int from electoral_map.tally_station
				where tally_station.tally_id = tally.id) as settled
		from electoral_map.tally where ${tallies.see(viewer)}
		order by tally.state = 'open' desc, tally.opened_at desc limit 30`),
	);

/** An entry is open on the ground of this person. */
export const isCounting = (viewer: Viewer): Promise<boolean> =>
	read(viewer, async (tx) => {
		const answer = await tx.one<{ open: boolean }>(sql`select exists (select from electoral_map.tally
			where tally.state = 'open' and ${tallies.see(viewer)}) as open`);
		return answer?.open === true;
	});

/** A station of the grid. */
export interface StationState {
	key: string;
	commune: string;
	place: string | null;
	standing: Standing;
	/** The viewer typed it. */
	mine: boolean;
}

/** A tally, and the stations of it that the viewer may look at. */
export interface TallySheet {
	tally: Tally & { may: { settle: boolean } };
	communes: { code: string; name: string }[];
	stations: StationState[];
}

/** The grid of an entry. Throws NotFound. */
export const tallySheet = (viewer: Viewer, id: string): Promise<TallySheet> =>
	read(viewer, async (tx) => {
		const tally = await tallyOf(tx, viewer, id);
		if (!tally) throw notFound();
		const communes = await seenAmong(tx, viewer, tally.communes);
		const codes = communes.map(({ code }) => code);
		return { tally, communes, stations: await alone((own) => statesIn(own, viewer, id, codes))(tx) };
	});

type StateRow = Omit<StationState, 'standing'> & { settled: 'agreed' | 'decided' | null; entries: number };

async function statesIn(tx: Tx, viewer: Viewer, id: string, communes: string[]): Promise<StationState[]> {
	const rows =
		await tx.many<StateRow>(sql`select tally_station.key, tally_station.commune, voting_place.name as place,
			tally_station.settled, entries.n as entries, entries.mine
		from electoral_map.tally_station
		left join ${votingPlaceAt(sql`tally_station.key`)} as voting_place on true
		cross join lateral (select count(*)::int as n, coalesce(bool_or(tally_entry.by_id = ${viewer.id}::uuid), false) as mine
			from electoral_map.tally_entry where tally_entry.tally_id = tally_station.tally_id
				and tally_entry.key = tally_station.key) as entries
		where tally_station.tally_id = ${id}::uuid and tally_station.commune = any (${list(communes, 'text')})
		order by tally_station.key`);
	// Two entries that agreed were settled at once: two that wait differ.
	const waiting = (entries: number): Standing => (['none', 'once'] as const)[entries] ?? 'differs';
	return rows.map(({ settled, entries, ...row }) => ({ ...row, standing: settled ?? waiting(entries) }));
}

/** A station to type, or to settle. */
export interface StationEntry {
	tally: Tally & { may: { settle: boolean } };
	key: string;
	commune: string;
	place: string | null;
	/** Registered voters at the round before. */
	known: number | null;
	standing: Standing;
	/** What the viewer typed. */
	mine: Typed | null;
	/** Once it is counted, for all; the entries that differ, for who settles. Nobody copies a first entry. */
	settled: Typed | null;
	entries: Entry[];
	/** The next one that the viewer did not type and that nobody settled. */
	next: string | null;
}

/** One station of an entry, as this person may see it. Throws NotFound. */
export const stationEntry = (viewer: Viewer, id: string, key: string): Promise<StationEntry> =>
	read(viewer, async (tx) => {
		const tally = await tallyOf(tx, viewer, id);
		if (!tally) throw notFound();
		const communes = (await seenAmong(tx, viewer, tally.communes)).map(({ code }) => code);
		return alone(async (own) => stationIn(own, viewer, { tally, key, communes }))(tx);
	});

type Looked = { tally: StationEntry['tally']; key: string; communes: string[] };

async function stationIn(tx: Tx, viewer: Viewer, { tally, key, communes }: Looked): Promise<StationEntry> {
	const states = await statesIn(tx, viewer, tally.id, communes);
	const at = states.findIndex((one) => one.key === key);
	const state = states[at];
	const row = await stationRow(tx, tally.id, key);
	if (!state || !row) throw notFound();
	const entries = await entriesOf(tx, tally.id, key);
	return {
		...{ tally, key, commune: state.commune, place: state.place, standing: state.standing },
		known: row.known,
		mine: entries.find(({ by }) => by === viewer.id) ?? null,
		settled: row.settled && row,
		entries: tally.may.settle && entries.length > 1 && !isAllSame(entries) ? entries : [],
		next: nextOf(states, at),
	};
}

const isAllSame = ([first, ...others]: Entry[]) => !!first && others.every((one) => isSameCount(first, one));

const isToDo = ({ standing, mine }: StationState) =>
	!mine && (standing === 'none' || standing === 'once' || standing === 'differs');

const nextOf = (states: StationState[], at: number) =>
	[...states.slice(at + 1), ...states.slice(0, at)].find(isToDo)?.key ?? null;

const figures: Sql = sql`registered, voters, blank, spoilt, votes`;

/** The row of a station. */
export const stationRow = (tx: Tx, id: string, key: string) =>
	tx.one<Typed & { commune: string; known: number | null; settled: 'agreed' | 'decided' | null }>(sql`
		select commune, known, settled, ${figures} from electoral_map.tally_station
		where tally_station.tally_id = ${id}::uuid and tally_station.key = ${key}`);

/** What people typed of a station, the first first. */
export const entriesOf = (tx: Tx, id: string, key: string): Promise<Entry[]> =>
	tx.many(sql`select by_id as by, by_name as "byName", entered_at as at, ${figures} from electoral_map.tally_entry
		where tally_entry.tally_id = ${id}::uuid and tally_entry.key = ${key} order by entered_at, id`);
