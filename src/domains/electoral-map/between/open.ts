import type * as v from 'valibot';
import type { Tx } from '#platform/db.ts';
import { conflict, invalidField, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { doAlone } from '../acting.ts';
import { countsIn, electionsIn, vintagesIn } from '../pages/loaded.ts';
import { listsIn, type OpenForm, type Turn, turns } from './forms.ts';
import type { Tally } from './model.ts';
import { answered, tallies } from './policy.ts';
import { officialIn, putInPlace } from './provisional.ts';
import { tallyOf } from './tallies.ts';
import { placeAt } from './where.ts';

/** More do not fit a page that everybody reads that evening. */
const MOST_STATIONS = 3000;

/** Opens the entry of an election on a ground that this person answers for; gives its id. Throws NotFound, Invalid. */
export async function openTally(viewer: Viewer, input: v.InferOutput<typeof OpenForm>): Promise<string> {
	const candidates = listsIn(input.lists);
	const election = `${input.year}_${input.kind}_t${input.round}`;
	const id = newId();
	let where: Awaited<ReturnType<typeof placeAt>>;
	const doing = {
		may: async (tx: Tx) => {
			await answered.guard(tx, viewer, 'see', input.unit);
			where = await placeAt(tx, viewer, input.unit, input.place);
			if (!where) throw invalidField('place', 'electoral-map.tally_no_place');
			return true;
		},
		act: {
			act: 'electoral-map.tally_open',
			subject: 'tally',
			subjectId: id,
			unitId: input.unit,
			detail: { election, lists: candidates.length },
		},
	};
	const first = await doAlone(viewer, doing, (tx) =>
		begin(tx, { id, election, unit: input.unit, candidates, ...where! }),
	);
	return first ?? id;
}

type Beginning = Pick<Tally, 'id' | 'election' | 'candidates'> & {
	unit: string;
	name: string;
	communes: { code: string }[];
};

async function begin(tx: Tx, { id, election, unit, name, communes, candidates }: Beginning): Promise<string> {
	await holdTallies(tx);
	const official = new Set(await officialIn(tx, election));
	const codes = communes.map(({ code }) => code).filter((code) => !official.has(code));
	if (!codes.length) throw invalidField('place', 'electoral-map.tally_official');
	const other = await otherOn(tx, { id, election, communes: codes });
	if (other) throw invalidField('place', 'electoral-map.tally_already', { place: other.place });
	const { stations, vintage } = await stationsOf(tx, codes);
	if (!stations.length) throw invalidField('place', 'electoral-map.tally_no_stations');
	if (stations.length > MOST_STATIONS)
		throw invalidField('place', 'electoral-map.tally_too_wide', { limit: MOST_STATIONS });
	await tx.run(sql`insert into electoral_map.tally (id, election, unit_id, place, communes, vintage, candidates)
		values (${id}::uuid, ${election}, ${unit}::uuid, ${name}, ${list(codes, 'text')}, ${vintage},
			${JSON.stringify(candidates)}::jsonb)`);
	await tx.run(sql`insert into electoral_map.tally_station (tally_id, key, commune, known)
		select ${id}::uuid, key, split_part(key, '_', 1), known
		from unnest(${stations.map(({ key }) => key)}::text[], ${stations.map(({ known }) => known)}::int[]) as row (key, known)`);
	return id;
}

/** Two people opening the same at once would each see nothing open. */
const holdTallies = (tx: Tx) => tx.run(sql`select pg_advisory_xact_lock(hashtext('electoral-map tally'))`);

/** Another entry of this election that holds one of these towns: figures of both would hide each other. */
const otherOn = (tx: Tx, { id, election, communes }: Pick<Tally, 'id' | 'election' | 'communes'>) =>
	tx.one<{ place: string }>(sql`select place from electoral_map.tally
		where tally.election = ${election} and tally.state <> 'withdrawn' and tally.id <> ${id}::uuid
			and tally.communes && ${list(communes, 'text')}`);

/** Stations of the last round counted there, which no drawing lacks; else those that are drawn. */
async function stationsOf(tx: Tx, communes: string[]) {
	const [vintage = ''] = await vintagesIn(tx, communes);
	const [last] = await electionsIn(tx, communes);
	const counted = last ? ((await countsIn(tx, [last.id], communes)).get(last.id) ?? []) : [];
	if (counted.length && (!vintage || last?.vintage === vintage))
		return {
			vintage: last?.vintage ?? '',
			stations: counted.map(({ key, registered }) => ({ key, known: registered as number | null })),
		};
	const drawn = await tx.many<{ key: string; known: null }>(sql`select distinct station.key, null as known
		from electoral_map.station join electoral_map.source on source.id = station.source_id
		where source.state = 'current' and source.vintage = ${vintage} and station.commune = any (${list(communes, 'text')})
		order by 1`);
	return { vintage, stations: drawn };
}

/** Closes, withdraws or opens again. Done twice, it is done once. Throws NotFound, Forbidden, Conflict. */
export async function turnTally(viewer: Viewer, id: string, turn: Turn): Promise<void> {
	let tally: Awaited<ReturnType<typeof tallyOf>>;
	const doing = {
		may: async (tx: Tx) => {
			await tallies.guard(tx, viewer, 'settle', id);
			tally = await tallyOf(tx, viewer, id);
			if (!tally) throw notFound();
			return tally.state !== turns[turn];
		},
		act: { act: `electoral-map.tally_${turn}`, subject: 'tally', subjectId: id },
	};
	await doAlone(viewer, doing, async (tx) => {
		await holdTallies(tx);
		const other = turn === 'resume' && tally && (await otherOn(tx, tally));
		if (other) throw conflict('electoral-map.tally_already', { place: other.place });
		await tx.run(sql`update electoral_map.tally set state = ${turns[turn]} where tally.id = ${id}::uuid`);
		await putInPlace(tx, id);
	});
}
