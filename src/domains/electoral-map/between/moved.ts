import * as v from 'valibot';
import { asSystem, read, type Tx } from '#platform/db.ts';
import { invalidField, notFound, type Problem, Refusal } from '#platform/errors.ts';
import type { JobDefinition } from '#platform/jobs.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { doAlone } from '../acting.ts';
import { apart } from '../ground/thread.ts';
import { countsIn, type Election, electionsIn } from '../pages/loaded.ts';
import { communesOf } from '../pages/where.ts';
import { alone } from '../store/alone.ts';
import type { Transfers } from '../transfers/estimate.ts';
import { madeOf, type Stale, staleNow } from './made-of.ts';
import { answered } from './policy.ts';
import { type Unit, unitAt } from './where.ts';

const round = v.pipe(v.string(), v.maxLength(60));
export const TransfersForm = v.object({ unit: v.pipe(v.string(), v.uuid()), from: round, to: round });

interface Pair {
	unit: string;
	from: string;
	to: string;
}

/** An estimate, or how far it is. */
export interface Estimated {
	state: 'waiting' | 'ready' | 'refused' | 'failed';
	result: Transfers | null;
	problems: Problem[];
	at: Date | null;
	/** It rests on files replaced since, or on another ground. */
	stale: Stale;
}

/** Transfers over a ground: the pair looked at, the rounds to choose from, and what is known of it. */
export interface Moved {
	unit: Unit;
	units: Unit[];
	elections: Election[];
	from: Election | null;
	to: Election | null;
	estimated: Estimated | null;
}

/** What is known of how votes moved on a ground that this person answers for. Throws NotFound. */
export const movedOn = (
	viewer: Viewer,
	asked: { at: string | null; from: string | null; to: string | null },
): Promise<Moved> =>
	read(viewer, async (tx) => {
		const { units, unit } = await unitAt(tx, viewer, asked.at);
		if (!unit) throw notFound();
		const codes = (await communesOf(tx, viewer, unit.id)).map(({ code }) => code);
		return alone(async (own) => {
			const elections = await electionsIn(own, codes);
			const paired = elections.find((one) => before(elections, one).length) ?? null;
			const to = elections.find(({ id }) => id === asked.to) ?? paired;
			const others = before(elections, to);
			const from = others.find(({ id }) => id === asked.from) ?? others[0] ?? null;
			const pair = from && to && { unit: unit.id, from: from.id, to: to.id };
			const estimated = pair ? await estimatedNow(own, pair, codes) : null;
			return { unit, units, elections, from, to, estimated };
		})(tx);
	});

/** Rounds held before this one and counted on the same outlines, the latest first, as they all are. */
export const before = (elections: Election[], to: Election | null): Election[] =>
	to ? elections.slice(elections.indexOf(to) + 1).filter(({ vintage }) => vintage === to.vintage) : [];

/** The estimate of a pair of rounds over a unit. */
export const ofPair = ({ unit, from, to }: Pair) => sql`transfer.unit_id = ${unit}::uuid
	and transfer.from_election = ${from} and transfer.to_election = ${to}`;

type Kept = Omit<Estimated, 'stale'> & { communes: string[]; made_of: string[] };

const keptOf = (tx: Tx, pair: Pair) =>
	tx.one<Kept>(sql`select state, result, problems, done_at as at, communes, made_of
		from electoral_map.transfer where ${ofPair(pair)}`);

/** What is kept of a pair of rounds, and whether it would be the same today. */
async function estimatedNow(tx: Tx, pair: Pair, codes: string[]): Promise<Estimated | null> {
	const kept = await keptOf(tx, pair);
	if (!kept) return null;
	const { communes, made_of, ...estimated } = kept;
	return { ...estimated, stale: await staleNow(tx, { ...pair, ...kept }, codes) };
}

/** Has transfers estimated anew; asked twice while it waits, it is done once. Throws NotFound, Invalid. */
export async function askTransfers(viewer: Viewer, pair: v.InferOutput<typeof TransfersForm>): Promise<void> {
	let codes: string[] = [];
	const doing = {
		may: async (tx: Tx) => {
			await answered.guard(tx, viewer, 'see', pair.unit);
			codes = (await communesOf(tx, viewer, pair.unit)).map(({ code }) => code);
			await mustCompare(tx, pair, codes);
			return (await keptOf(tx, pair))?.state !== 'waiting';
		},
		act: {
			...{ act: 'electoral-map.transfers', subject: 'unit', subjectId: pair.unit, unitId: pair.unit },
			detail: { from: pair.from, to: pair.to },
		},
		job: { name: 'electoral-map.transfers', payload: pair },
	};
	await doAlone(viewer, doing, (tx) =>
		tx.run(sql`insert into electoral_map.transfer (unit_id, from_election, to_election, communes)
			values (${pair.unit}::uuid, ${pair.from}, ${pair.to}, ${list(codes, 'text')})
			on conflict (unit_id, from_election, to_election) do update set state = 'waiting', communes = excluded.communes,
				result = null, problems = '[]', tries = 0, asked_at = now(), done_at = null`),
	);
}

/** Two rounds of this ground, counted on the same outlines. */
async function mustCompare(tx: Tx, { from, to }: Pair, codes: string[]): Promise<void> {
	const elections = await electionsIn(tx, codes);
	const [first, second] = [from, to].map((id) => elections.find((one) => one.id === id));
	if (!first || !second || first === second) throw invalidField('from', 'electoral-map.transfers_pair');
	if (first.vintage !== second.vintage)
		throw invalidField('from', 'electoral-map.outlines_differ', {
			vintages: [first.vintage, second.vintage].toSorted().join(', '),
		});
}

const GIVE_UP = 5;

/** Estimates in a thread: pages are answered meanwhile. A refusal is kept as its sentence. Runs as the house. */
export async function estimatePair(_system: 'house', pair: Pair): Promise<void> {
	const taken = await asSystem('map', alone(takeUp(pair)));
	if (!taken) return;
	const done = (state: string, result: Transfers | null, problems: Problem[]) =>
		asSystem(
			'map',
			alone((tx) =>
				tx.run(sql`update electoral_map.transfer set state = ${state}, done_at = now(),
					made_of = ${list(taken.made, 'text')}, result = ${JSON.stringify(result)}::jsonb, problems = ${JSON.stringify(problems)}::jsonb
					where ${ofPair(pair)} and transfer.state = 'waiting'`),
			),
		);
	try {
		await done('ready', await apart('transfersByLabel', taken.counts), []);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		await done('refused', null, error.problems);
	}
}

/** The counts of both rounds, if somebody still waits; one that failed too often is given up. */
const takeUp = (pair: Pair) => async (tx: Tx) => {
	const row = await tx.one<{ communes: string[]; state: string }>(sql`update electoral_map.transfer
		set tries = tries + 1, state = case when tries < ${GIVE_UP} then state else 'failed' end
		where ${ofPair(pair)} and transfer.state = 'waiting' returning communes, state`);
	if (row?.state !== 'waiting') return undefined;
	// Before the counts: a file replaced in between makes it stale, never fresh by mistake.
	const made = await madeOf(tx, { ...pair, communes: row.communes });
	const counts = await countsIn(tx, [pair.from, pair.to], row.communes);
	return { made, counts: [counts.get(pair.from) ?? [], counts.get(pair.to) ?? []] as [never[], never[]] };
};

const transfers: JobDefinition<Pair> = {
	name: 'electoral-map.transfers',
	policy: 'house',
	work: (pair) => estimatePair('house', pair),
};

export const betweenJobs = [transfers] as JobDefinition<never>[];
