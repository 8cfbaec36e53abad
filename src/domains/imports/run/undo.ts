import { dropWaiting, restorePeople } from '#domains/people/index.ts';
import {
	attachMany,
	detachMany,
	dropAttachments,
	dropUnits,
	restoreUnits,
} from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import { addCounts, type Counts, type Import } from '../model.ts';
import type { Before } from './changes.ts';

interface Change {
	seq: string;
	subject: 'person' | 'unit';
	subject_id: string;
	before: Before | null;
}

type Changed = Change & { before: Before };

/** Puts the last changes back, up to `size` of them; null when none is left. Runs as the house. */
export async function undoNext(
	tx: Tx,
	one: Import,
	size: number,
): Promise<{ done: number; counts: Counts } | null> {
	const changes = await tx.many<Change>(sql`select seq::text, subject, subject_id, before from imports.change
		where change.import_id = ${one.id}::uuid and change.undone_at is null order by change.seq desc limit ${size}`);
	if (!changes.length) return null;
	const of = (subject: Change['subject']) => changes.filter((change) => change.subject === subject);
	const counts = addCounts(await undoUnits(tx, of('unit')), await undoPeople(tx, of('person')));
	await tx.run(
		sql`delete from imports.known where subject_id = any (${list(
			changes.map(({ subject_id }) => subject_id),
			'uuid',
		)})`,
	);
	await restoreKnown(tx, changes);
	await tx.run(sql`update imports.change set undone_at = now() where change.import_id = ${one.id}::uuid
		and change.seq = any (${list(
			changes.map(({ seq }) => seq),
			'text',
		)}::bigint[])`);
	return { done: changes.length, counts };
}

const split = (changes: Change[]) => ({
	made: changes.filter(({ before }) => before === null).map(({ subject_id }) => subject_id),
	changed: changes.filter((change): change is Changed => change.before !== null),
});

async function undoPeople(tx: Tx, changes: Change[]): Promise<Counts> {
	const { made, changed } = split(changes);
	// Somebody named to an office is awaited there.
	const named = await tx.many<{ person_id: string }>(
		sql`select distinct person_id from territory.term where person_id = any (${list(made, 'uuid')})`,
	);
	const holders = new Set(named.map(({ person_id }) => person_id));
	const gone = await dropWaiting(
		tx,
		made.filter((id) => !holders.has(id)),
	);
	await dropAttachments(tx, gone);
	await restorePeople(
		tx,
		changed.map(({ subject_id, before }) => ({ id: subject_id, before: before.row })),
	);
	await moveBack(tx, changed);
	return { removed: gone.length, kept: made.length - gone.length, restored: changed.length };
}

async function moveBack(tx: Tx, changed: Changed[]): Promise<void> {
	const pairs = (units: (before: Before) => string[]) =>
		changed.flatMap(({ subject_id, before }) =>
			units(before).map((unitId) => ({ personId: subject_id, unitId })),
		);
	const joined = pairs(({ joins }) => (joins ? [joins] : []));
	const left = pairs(({ leaves }) => leaves ?? []);
	const still = await stillThere(tx, changed);
	const returning = left.filter(({ personId }) => still.has(personId));
	if (joined.length) await detachMany(tx, joined);
	if (returning.length) await attachMany(tx, returning);
}

/** Who is still where the file put them: somebody who moved or left since by hand goes nowhere. */
async function stillThere(tx: Tx, changed: Changed[]): Promise<Set<string>> {
	const places = changed.map(({ subject_id, before }) => ({
		person_id: subject_id,
		unit_id: before.stands ?? before.joins,
	}));
	const rows = await tx.many<{ id: string }>(sql`
		select person_id as id from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as given (person_id uuid, unit_id uuid)
		join territory.attachment using (person_id, unit_id) where attachment.until is null`);
	return new Set(rows.map(({ id }) => id));
}

async function undoUnits(tx: Tx, changes: Change[]): Promise<Counts> {
	if (!changes.length) return {};
	const { made, changed } = split(changes);
	const kept = await dropUnits(tx, made);
	await restoreUnits(
		tx,
		changed.map(({ subject_id, before }) => ({ id: subject_id, before: before.row })),
	);
	return { removed: made.length - kept.length, kept: kept.length, restored: changed.length };
}

const restoreKnown = (tx: Tx, changes: Change[]) =>
	tx.run(sql`
	insert into imports.known (key, kind, subject_id, hash)
	select given.key, given.kind, given.subject_id, given.hash from jsonb_to_recordset(${JSON.stringify(
		changes.flatMap(({ subject, subject_id, before }) =>
			(before?.known ?? []).map(({ key, hash }) => ({
				key,
				hash,
				subject_id,
				kind: subject === 'unit' ? 'units' : 'members',
			})),
		),
	)}::jsonb) as given (key text, kind text, subject_id uuid, hash text) on conflict (key) do nothing`);
