import * as v from 'valibot';
import { record } from '#platform/audit.ts';
import { asSystemOnce, read, type Tx, write } from '#platform/db.ts';
import { conflict } from '#platform/errors.ts';
import { leaveBytes } from '#platform/files/leave.ts';
import { enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { hold, type Import } from '../model.ts';
import { imports, launched } from '../policy.ts';

export const LaunchForm = v.object({ lapse: v.optional(v.literal('on')) });

/** Sends a checked import on its way. Launched twice, it goes once. Throws NotFound, Conflict. */
export const launch = (viewer: Viewer, id: string, { lapse }: v.InferOutput<typeof LaunchForm>) =>
	write(viewer, async (tx) => {
		await imports.guard(tx, viewer, 'launch', id);
		if (await begin(tx, id, lapse === 'on', viewer.id)) await enqueue(tx, 'imports.run', { id });
	});

/** Marks it launched; false when it already is. The caller has checked the right. */
export async function begin(tx: Tx, id: string, lapse: boolean, byId: string | null): Promise<boolean> {
	const one = (await hold(tx, id))!;
	if (['running', 'done'].includes(one.state)) return false;
	if (one.state === 'failed') return again(tx, one);
	if (one.state !== 'checked') throw conflict('imports.not_ready');
	await tx.run(sql`update imports.import set state = 'running', lapse = ${lapse}, done = 0, tries = 0, counts = '{}', started_at = clock_timestamp(), beat_at = now(),
		total = (select count(*) from imports.line where line.import_id = ${id}::uuid and not line.skipped and line.value is not null) where id = ${id}::uuid`);
	await record(tx, {
		actorId: byId,
		act: 'imports.launch',
		subject: 'import',
		subjectId: id,
		unitId: one.unit_id,
		detail: { kind: one.kind, lapse },
	});
	return true;
}

/** What stopped after five failures goes on where it was. */
async function again(tx: Tx, { id, by_id: actorId, unit_id: unitId }: Import): Promise<true> {
	await tx.run(
		sql`update imports.import set state = 'running', tries = 0, beat_at = now(), undo_until = null where id = ${id}::uuid`,
	);
	await record(tx, { actorId, act: 'imports.launch', subject: 'import', subjectId: id, unitId });
	return true;
}

/**
 * Puts back what was, within seven days. Refused while a later import changed the same people or units: that one first.
 * By whoever answers for it today: an office that ended undoes nothing, and who holds it now does. Throws NotFound, Conflict.
 */
export async function undo(viewer: Viewer, id: string): Promise<void> {
	await read(viewer, async (tx) => {
		const may = await tx.one(
			sql`select 1 as may from imports.import where import.id = ${id}::uuid and ${launched.undo(viewer)}`,
		);
		if (!may) await launched.refuse(tx, viewer, id);
	});
	// Other officers' imports count, and are not the viewer's to read.
	await asSystemOnce(viewer, 'imports', async (tx) => {
		if (await beginUndo(tx, id, viewer.id)) await enqueue(tx, 'imports.run', { id });
	});
}

/** Marks it on its way back; false when it already is. Runs as the house; the caller has checked the right. */
export async function beginUndo(tx: Tx, id: string, byId: string | null): Promise<boolean> {
	const one = (await hold(tx, id))!;
	if (one.state === 'undoing' || one.state === 'undone') return false;
	if ((one.state !== 'done' && one.state !== 'failed') || !one.undo_until || one.undo_until < new Date())
		throw conflict('imports.undo_too_late');
	const later = await tx.one(sql`select 1 as found from imports.change
		join imports.change as next on next.subject_id = change.subject_id and next.import_id <> change.import_id and next.undone_at is null
		join imports.import on import.id = next.import_id
		where change.import_id = ${id}::uuid and import.started_at > ${one.started_at}::timestamptz limit 1`);
	if (later) throw conflict('imports.undo_later_first');
	await tx.run(sql`update imports.import set state = 'undoing', undone_by = ${byId}::uuid, done = 0, started_at = clock_timestamp(), beat_at = now(), finished_at = null, tries = 0,
		total = (select count(*) from imports.change where change.import_id = ${id}::uuid and change.undone_at is null) where id = ${id}::uuid`);
	await record(tx, {
		actorId: byId,
		act: 'imports.undo',
		subject: 'import',
		subjectId: id,
		unitId: one.unit_id,
	});
	return true;
}

/** Throws an import that was not launched away, with its file. Throws NotFound, Conflict. */
export async function drop(viewer: Viewer, id: string): Promise<void> {
	await write(viewer, async (tx) => {
		await imports.guard(tx, viewer, 'prepare', id);
		const one = (await hold(tx, id))!;
		if (!['uploaded', 'mapped', 'checked'].includes(one.state)) throw conflict('imports.already_launched');
		await tx.run(sql`delete from imports.line where import_id = ${id}::uuid`);
		await tx.run(
			sql`update imports.import set state = 'dropped', stored_id = null, columns = '[]' where id = ${id}::uuid`,
		);
		leaveBytes(tx, [one]);
	});
}
