import type * as v from 'valibot';
import { record } from '#platform/audit.ts';
import type { Tx } from '#platform/db.ts';
import { conflict, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { doAlone } from '../acting.ts';
import { checkCount, type EntryForm } from './forms.ts';
import { type Standing, standingAfter, type Typed } from './model.ts';
import { tallies } from './policy.ts';
import { putInPlace } from './provisional.ts';
import { entriesOf, stationEntry, stationRow, tallyOf } from './tallies.ts';
import { seenAmong } from './where.ts';

/**
 * Takes what this person typed of a station, in place of what they typed before. It counts as soon as two people typed
 * the same; a third entry by an officer decides. Says where the station stands. Throws NotFound, Conflict, Invalid.
 */
export async function enter(
	viewer: Viewer,
	{ id, key }: { id: string; key: string },
	input: v.InferOutput<typeof EntryForm>,
): Promise<Standing> {
	let standing: Standing = 'once';
	const doing = {
		may: async (tx: Tx) => {
			standing = await standingIn(tx, viewer, { id, key }, input);
			if (standing === 'decided')
				await record(tx, {
					actorId: viewer.id,
					...{ act: 'electoral-map.tally_decide', subject: 'tally', subjectId: id, detail: { station: key } },
				});
			return true;
		},
	};
	const done = await doAlone(viewer, doing, async (tx) => {
		await keep(tx, viewer, { id, key }, input);
		if (standing === 'agreed' || standing === 'decided') await settle(tx, { id, key }, input, standing);
		return standing;
	});
	return done ?? standing;
}

/**
 * The same, then the next station that this person has to type: an evening's minutes are typed one after the other.
 * `fait` tells the next page which drafts are of no use any more.
 */
export async function enterAndGoOn(viewer: Viewer, which: Which, input: v.InferOutput<typeof EntryForm>) {
	const standing = await enter(viewer, which, input);
	const { next } = await stationEntry(viewer, which.id, which.key);
	const at = `/carte/saisie/${which.id}/${encodeURIComponent(next ?? which.key)}`;
	return { to: `${at}?fait=${encodeURIComponent(which.key)}`, say: `electoral-map.entered_${standing}` };
}
// words: electoral-map.entered_*

type Which = { id: string; key: string };

/** Locks the tally: of two people who type the same station at once, the second sees what the first typed. */
async function standingIn(tx: Tx, viewer: Viewer, { id, key }: Which, typed: Typed): Promise<Standing> {
	await tallies.guard(tx, viewer, 'see', id);
	const tally = await tallyOf(tx, viewer, id);
	const row = await stationRow(tx, id, key);
	if (!tally || !row || !(await seenAmong(tx, viewer, [row.commune])).length) throw notFound();
	if (tally.state !== 'open') throw conflict('electoral-map.entry_closed');
	if (row.settled) throw conflict('electoral-map.entry_settled');
	checkCount(typed, tally.candidates.length);
	const all = await entriesOf(tx, id, key);
	const others = all.filter(({ by }) => by !== viewer.id);
	return standingAfter(others, {
		...typed,
		isOfficer: tally.may.settle,
		isFirst: others.length === all.length,
	});
}

const keep = (tx: Tx, viewer: Viewer, { id, key }: Which, typed: Typed) =>
	tx.run(sql`insert into electoral_map.tally_entry
			(id, tally_id, key, by_id, by_name, registered, voters, blank, spoilt, votes)
		values (${newId()}::uuid, ${id}::uuid, ${key}, ${viewer.id}::uuid, ${viewer.name}, ${typed.registered}, ${typed.voters},
			${typed.blank}, ${typed.spoilt}, ${typed.votes}::int[])
		on conflict (tally_id, key, by_id) do update set registered = excluded.registered, voters = excluded.voters,
			blank = excluded.blank, spoilt = excluded.spoilt, votes = excluded.votes, entered_at = now()`);

async function settle(tx: Tx, { id, key }: Which, typed: Typed, how: 'agreed' | 'decided'): Promise<void> {
	await tx.run(sql`update electoral_map.tally_station set settled = ${how}, settled_at = now(),
			registered = ${typed.registered}, voters = ${typed.voters}, blank = ${typed.blank}, spoilt = ${typed.spoilt},
			votes = ${typed.votes}::int[]
		where tally_station.tally_id = ${id}::uuid and tally_station.key = ${key}`);
	await putInPlace(tx, id);
}

/** Empties a station so that it is typed again: an officer saw a slip after all. Throws NotFound, Forbidden, Conflict. */
export async function clearStation(viewer: Viewer, { id, key }: Which): Promise<void> {
	const doing = {
		may: async (tx: Tx) => {
			await tallies.guard(tx, viewer, 'settle', id);
			const tally = await tallyOf(tx, viewer, id);
			if (!(await stationRow(tx, id, key))) throw notFound();
			if (tally?.state !== 'open') throw conflict('electoral-map.entry_closed');
			return (await entriesOf(tx, id, key)).length > 0;
		},
		act: {
			...{ act: 'electoral-map.tally_clear', subject: 'tally', subjectId: id, detail: { station: key } },
		},
	};
	await doAlone(viewer, doing, async (tx) => {
		await tx.run(sql`delete from electoral_map.tally_entry
			where tally_entry.tally_id = ${id}::uuid and tally_entry.key = ${key}`);
		await tx.run(sql`update electoral_map.tally_station set settled = null, settled_at = null, registered = null,
				voters = null, blank = null, spoilt = null, votes = null
			where tally_station.tally_id = ${id}::uuid and tally_station.key = ${key}`);
		await putInPlace(tx, id);
	});
}
