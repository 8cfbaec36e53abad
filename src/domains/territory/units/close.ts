import * as v from 'valibot';
import { record } from '#platform/audit.ts';
import { asSystemOnce, type Tx } from '#platform/db.ts';
import { conflict, invalidField } from '#platform/errors.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { attachMany, detachMany } from '../belonging/attach.ts';
import { units } from '../policy.ts';
import { holdTree } from './arrange.ts';

export const CloseForm = v.object({
	heir: v.optional(v.union([v.literal(''), v.pipe(v.string(), v.uuid('territory.unit_choose'))]), ''),
});

/**
 * Closes a unit: it leaves the directory, and its people go to the heir. Throws Conflict while units are open below,
 * Invalid when people belong to it and nobody takes them; closed already, it stays so and nothing is written. Acts as the house:
 * the officer may have no power on the heir's people.
 */
export const closeUnit = (viewer: Viewer, unitId: string, { heir }: v.InferOutput<typeof CloseForm>) =>
	asSystemOnce(viewer, 'close-unit', async (tx) => {
		await holdTree(tx);
		await units.guard(tx, viewer, 'arrange', unitId);
		const below = await tx.one(
			sql`select 1 from territory.unit as below where below.parent_id = ${unitId}::uuid and below.closed_at is null limit 1`,
		);
		if (below) throw conflict('territory.unit_close_has_below');
		const people = await tx.many<{
			personId: string;
		}>(sql`select attachment.person_id as "personId" from territory.attachment
			where attachment.unit_id = ${unitId}::uuid and attachment.until is null`);
		if (people.length) await bequeath(tx, unitId, heir, people);
		const closed = await tx.run(
			sql`update territory.unit set closed_at = now() where id = ${unitId}::uuid and closed_at is null`,
		);
		if (!closed) return;
		await record(tx, {
			actorId: viewer.id,
			act: 'territory.close_unit',
			subject: 'unit',
			subjectId: unitId,
			unitId,
			detail: { heir: heir || null, people: people.length },
		});
		await announce(tx, 'territory.unit_closed', { unitId, heir: heir || null });
	});

async function bequeath(tx: Tx, unitId: string, heir: string, people: { personId: string }[]): Promise<void> {
	const fits = await tx.one(sql`
		select 1 from territory.unit join territory.unit as closing on closing.id = ${unitId}::uuid
		where unit.id::text = ${heir} and unit.id <> closing.id and unit.closed_at is null
			and unit.kind_id = closing.kind_id and unit.parent_id is not distinct from closing.parent_id`);
	if (!fits) throw invalidField('heir', 'territory.unit_close_needs_heir', { n: people.length });
	await detachMany(
		tx,
		people.map((one) => ({ ...one, unitId })),
	);
	await attachMany(
		tx,
		people.map((one) => ({ ...one, unitId: heir })),
	);
}

/** Opens a closed unit again, empty: its people stay where they went. Throws Conflict while the unit above is closed. */
export const reopenUnit = (viewer: Viewer, unitId: string) =>
	asSystemOnce(viewer, 'close-unit', async (tx) => {
		await holdTree(tx);
		await units.guard(tx, viewer, 'arrange', unitId);
		const above =
			await tx.one(sql`select 1 from territory.unit join territory.unit as above on above.id = unit.parent_id
			where unit.id = ${unitId}::uuid and unit.closed_at is not null and above.closed_at is not null`);
		if (above) throw conflict('territory.unit_reopen_above_first');
		const opened = await tx.run(
			sql`update territory.unit set closed_at = null where id = ${unitId}::uuid and closed_at is not null`,
		);
		if (!opened) return;
		await record(tx, {
			actorId: viewer.id,
			act: 'territory.reopen_unit',
			subject: 'unit',
			subjectId: unitId,
			unitId,
		});
	});
