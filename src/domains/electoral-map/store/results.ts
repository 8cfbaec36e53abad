import type { Tx } from '#platform/db.ts';
import { invalid } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import type { Table } from '#platform/table/index.ts';
import { communeOf } from '../ground/keys.ts';
import { type Count, roundIn, type Voice } from '../model.ts';
import { inTodaysCommunes } from '../results/merged.ts';
import { readResults } from '../results/read.ts';
import { mergersSince } from './mergers.ts';
import { refuseLoad } from './refusal.ts';
import { type Ballots, ballotsOf } from './slates.ts';
import { now, type Prepared, type Writer } from './sources.ts';

/** What the person says of a file of results. */
export interface AboutResults {
	election?: string | undefined;
	/** The outlines that its stations were counted on. */
	vintage: string;
}

/** Results of one round: one table, or the two of data.gouv. */
export async function prepareResults(
	tables: Table[],
	{ election, vintage }: AboutResults,
): Promise<Prepared> {
	const read = await readResults(tables, election ? { election } : {});
	if (read.problems.length > 0)
		throw invalid(
			read.problems.map(({ key, args, line }) => ({
				field: 'file',
				key,
				args: { ...args, ...(line && { line }) },
			})),
		);
	const id = election ?? read.election ?? refuseLoad('election_needed');
	const { counts, remarks } = inTodaysCommunes(read.counts, await mergersSince({ election: id, vintage }));
	const made = preparedFrom(counts, { id, vintage });
	const { stations } = read.totals;
	const kind: Record<string, number> = read.level === 'station' ? { stations } : { constituencies: stations };
	const { stations: _, ...figures } = made.counts;
	return { ...made, counts: { ...kind, ...figures }, remarks: [...read.remarks, ...remarks] };
}

/** Counts of a round, ready to be written as one version. */
export function preparedFrom(counts: Count[], about: { id: string; vintage: string }): Prepared {
	const ballots = ballotsOf(counts);
	const sum = (column: 'registered' | 'voters') => counts.reduce((all, count) => all + count[column], 0);
	return {
		vintage: about.vintage,
		election: about.id,
		columns: [],
		communes: [...new Set(counts.map(({ key }) => communeOf(key)))],
		counts: {
			stations: counts.length,
			registered: sum('registered'),
			voters: sum('voters'),
			candidates: ballots.candidates,
		},
		remarks: [],
		rows: counts.length,
		write: writing(counts, ballots, about),
	};
}

const writing =
	(counts: Count[], ballots: Ballots, about: { id: string; vintage: string }): Writer =>
	async (tx, sourceId, from, to) => {
		if (from === 0) await writeBallots(tx, sourceId, ballots, about);
		await writeCounts(tx, sourceId, counts.slice(from, to), ballots);
	};

async function writeBallots(
	tx: Tx,
	sourceId: string,
	{ slates }: Ballots,
	about: { id: string; vintage: string },
) {
	const named = roundIn(about.id);
	await tx.run(sql`insert into electoral_map.election (id, year, kind, round, vintage)
		values (${about.id}, ${named?.year ?? null}::int, ${named?.kind ?? null}, ${named?.round ?? null}::int, nullif(${about.vintage}, ''))
		on conflict (id) do nothing`);
	await tx.run(sql`insert into electoral_map.slate (source_id, number, candidates)
		select ${sourceId}::uuid, number - 1, candidates::jsonb
		from unnest(${slates.map((slate) => JSON.stringify(slate))}::text[]) with ordinality as row (candidates, number)`);
}

async function writeCounts(tx: Tx, sourceId: string, counts: Count[], { place }: Ballots) {
	const column = (name: 'registered' | 'voters' | 'blank' | 'spoilt' | 'valid') =>
		sql`${counts.map((count) => count[name])}::int[]`;
	const placed = counts.map(({ voices }) => place(voices));
	await tx.run(sql`insert into electoral_map.count
			(source_id, key, commune, registered, voters, blank, spoilt, valid, slate, votes)
		select ${sourceId}::uuid, key, commune, registered, voters, blank, spoilt, valid, slate, votes::int[]
		from unnest(${counts.map(({ key }) => key)}::text[], ${counts.map(({ key }) => communeOf(key))}::text[], ${column('registered')},
			${column('voters')}, ${column('blank')}, ${column('spoilt')}, ${column('valid')},
			${placed.map(({ slate }) => slate)}::int[], ${placed.map(({ votes }) => `{${votes.join()}}`)}::text[])
			as row (key, commune, registered, voters, blank, spoilt, valid, slate, votes)`);
}

type CountRow = Omit<Count, 'voices'> & { votes: number[]; candidates: Omit<Voice, 'votes'>[] };

/** What the stations of a commune counted at an election. */
export async function readCounts(tx: Tx, election: string, commune: string): Promise<Count[]> {
	const rows = await tx.many<CountRow>(sql`
		select count.key, count.registered, count.voters, count.blank, count.spoilt, count.valid, count.votes,
			slate.candidates
		from ${now('results')} as held join electoral_map.count on count.source_id = held.id and count.commune = held.commune
		join electoral_map.slate on slate.source_id = count.source_id and slate.number = count.slate
		where held.election = ${election} and held.commune = ${commune} order by count.key`);
	return rows.map(({ votes, candidates, ...count }) => ({
		...count,
		voices: candidates.map((candidate, at) => ({ ...candidate, votes: votes[at] ?? 0 })),
	}));
}
