import * as v from 'valibot';
import { record } from '#platform/audit.ts';
import { type Tx, write } from '#platform/db.ts';
import { conflict, invalidField, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { assertEligible } from './eligible.ts';
import { id, line } from './fields.ts';
import { lockUnit } from './guard.ts';
import { handovers, isRunning, terms } from './policy.ts';
import { closeTerm, startTerm } from './term.ts';

export const ProposeForm = v.object({
	term: id,
	person: v.pipe(v.optional(v.string(), ''), v.uuid('territory.handover_choose')),
	note: line(1000),
});

/** Step 1: the holder of a term names a successor. Throws Conflict when a handover is already open. */
export const proposeHandover = (viewer: Viewer, { term, person, note }: v.InferOutput<typeof ProposeForm>) =>
	write(viewer, async (tx) => {
		await terms.guard(tx, viewer, 'handOver', term);
		const { unit_id, held } = (await tx.one<{ unit_id: string; held: boolean }>(sql`
			select term.unit_id, exists (select from territory.term as other where other.person_id = ${person}::uuid
				and other.unit_id = term.unit_id and other.office_id = term.office_id
				and (other.ends_at is null or other.ends_at > now())) as held
			from territory.term where term.id = ${term}::uuid`))!;
		if (person === viewer.id) throw invalidField('person', 'territory.handover_oneself');
		if (held) throw invalidField('person', 'territory.term_already');
		await assertEligible(tx, person, unit_id, 'person');
		const handoverId = newId();
		const made = await tx.run(sql`insert into territory.handover (id, term_id, from_id, to_id, unit_id, note)
			values (${handoverId}, ${term}::uuid, ${viewer.id}::uuid, ${person}::uuid, ${unit_id}::uuid, ${note})
			on conflict (term_id) where confirmed_at is null and cancelled_at is null do nothing`);
		if (!made) throw conflict('territory.handover_open');
		await record(tx, {
			actorId: viewer.id,
			act: 'territory.handover_propose',
			subject: 'person',
			subjectId: person,
			unitId: unit_id,
			detail: { term },
		});
		await announce(tx, 'territory.handover_proposed', {
			handoverId,
			fromId: viewer.id,
			toId: person,
			unitId: unit_id,
		});
		return handoverId;
	});

export const HandoverForm = v.object({ handover: id });
type One = v.InferOutput<typeof HandoverForm>;

interface Row {
	term_id: string;
	from_id: string;
	to_id: string;
	unit_id: string;
	accepted: boolean;
	confirmed: boolean;
	cancelled: boolean;
}

const rowOf = (tx: Tx, viewer: Viewer, handoverId: string) =>
	tx.one<Row>(sql`select handover.term_id, handover.from_id, handover.to_id, handover.unit_id, handover.accepted_at is not null as accepted,
			handover.confirmed_at is not null as confirmed, handover.cancelled_at is not null as cancelled
		from territory.handover where handover.id = ${handoverId}::uuid and ${handovers.see(viewer)}`);

/** Locks the unit, the term, then the handover (always in this order), and gives it while it is open. */
async function openOne(
	tx: Tx,
	viewer: Viewer,
	ability: 'accept' | 'confirm' | 'cancel',
	handoverId: string,
): Promise<Row> {
	const before = await rowOf(tx, viewer, handoverId);
	if (!before) throw notFound();
	await lockUnit(tx, before.unit_id);
	await tx.run(sql`select from territory.term where term.id = ${before.term_id}::uuid for update`);
	await handovers.guard(tx, viewer, ability, handoverId);
	const row = (await rowOf(tx, viewer, handoverId))!;
	if (row.confirmed) throw conflict('territory.handover_done');
	if (row.cancelled) throw conflict('territory.handover_cancelled');
	return row;
}

/** Step 3: the successor says yes. */
export const acceptHandover = (viewer: Viewer, { handover }: One) =>
	write(viewer, async (tx) => {
		const { from_id, to_id, unit_id } = await openOne(tx, viewer, 'accept', handover);
		await tx.run(
			sql`update territory.handover set accepted_at = coalesce(accepted_at, now()) where handover.id = ${handover}::uuid`,
		);
		await record(tx, {
			actorId: viewer.id,
			act: 'territory.handover_accept',
			subject: 'person',
			subjectId: from_id,
			unitId: unit_id,
		});
		await announce(tx, 'territory.handover_accepted', {
			handoverId: handover,
			fromId: from_id,
			toId: to_id,
			unitId: unit_id,
		});
	});

/**
 * Step 4: the holder confirms. Their term ends and the successor's begins in the same transaction:
 * at no instant do both hold the office, or nobody.
 */
export const confirmHandover = (viewer: Viewer, { handover }: One) =>
	write(viewer, async (tx) => {
		const row = await openOne(tx, viewer, 'confirm', handover);
		if (!row.accepted) throw conflict('territory.handover_not_accepted');
		const term = await tx.one<{ office_id: string; ends_at: Date | null; provisional: boolean }>(sql`
			select term.office_id, term.ends_at, term.provisional from territory.term
			where term.id = ${row.term_id}::uuid and ${isRunning}`);
		if (!term) throw conflict('territory.term_over');
		await assertEligible(tx, row.to_id, row.unit_id, 'handover');
		// Closed before the term, or ending the term would cancel it.
		await tx.run(
			sql`update territory.handover set confirmed_at = now() where handover.id = ${handover}::uuid`,
		);
		await closeTerm(tx, row.term_id, viewer.id, null);
		const termId = await startTerm(tx, {
			personId: row.to_id,
			unitId: row.unit_id,
			officeId: term.office_id,
			byId: viewer.id,
			until: term.ends_at,
			provisional: term.provisional,
		});
		await record(tx, {
			actorId: viewer.id,
			act: 'territory.handover_confirm',
			subject: 'person',
			subjectId: row.to_id,
			unitId: row.unit_id,
			detail: { from: row.term_id, term: termId },
		});
		await announce(tx, 'territory.handover_confirmed', {
			handoverId: handover,
			fromId: row.from_id,
			toId: row.to_id,
			unitId: row.unit_id,
		});
	});

/** Either of the two stops it before it is confirmed; nothing has moved. */
export const cancelHandover = (viewer: Viewer, { handover }: One) =>
	write(viewer, async (tx) => {
		const { from_id, to_id, unit_id } = await openOne(tx, viewer, 'cancel', handover);
		await tx.run(
			sql`update territory.handover set cancelled_at = now() where handover.id = ${handover}::uuid`,
		);
		const other = viewer.id === from_id ? to_id : from_id;
		await record(tx, {
			actorId: viewer.id,
			act: 'territory.handover_cancel',
			subject: 'person',
			subjectId: other,
			unitId: unit_id,
		});
		await announce(tx, 'territory.handover_cancelled', {
			handoverId: handover,
			fromId: from_id,
			toId: to_id,
			unitId: unit_id,
		});
	});
