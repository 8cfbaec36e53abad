import * as v from 'valibot';
import { record } from '#platform/audit.ts';
import { type Tx, write } from '#platform/db.ts';
import { invalidField, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { idText } from '#platform/text/typed.ts';
import type { Viewer } from '#platform/viewer.ts';
import { coUnits, events } from './policy.ts';

export const AskUnitForm = v.object({ unit: idText });
export const AnswerUnitForm = v.object({
	id: idText,
	accept: v.picklist(['yes', 'no'], 'app.invalid_value'),
});
export const OneCoUnit = v.object({ id: idText });

/** Asks another unit to organise too. Asked twice, it is asked once. Throws NotFound, Forbidden, Invalid for one's own, or for one that said no. */
export const askUnit = (viewer: Viewer, eventId: string, { unit }: { unit: string }): Promise<void> =>
	write(viewer, async (tx) => {
		await events.guard(tx, viewer, 'change', eventId);
		const open =
			await tx.one(sql`select 1 as yes from territory.unit where unit.id = ${unit}::uuid and unit.closed_at is null
			and unit.id <> (select event.unit_id from events.event where event.id = ${eventId}::uuid)`);
		if (!open) throw invalidField('unit', 'events.co_unit_unknown');
		const id = newId();
		const first = await tx.run(sql`insert into events.co_unit (id, event_id, unit_id, asked_by)
			values (${id}, ${eventId}::uuid, ${unit}::uuid, ${viewer.id}::uuid) on conflict (event_id, unit_id) do nothing`);
		if (!first) return checkNotRefused(tx, eventId, unit);
		await record(tx, {
			actorId: viewer.id,
			act: 'events.ask_unit',
			subject: 'event',
			subjectId: eventId,
			unitId: unit,
		});
		await announce(tx, 'events.unit_asked', { eventId, unitId: unit, byId: viewer.id });
	});

// Whoever asks once more must not believe that it left again.
async function checkNotRefused(tx: Tx, eventId: string, unit: string): Promise<void> {
	const refused = await tx.one(sql`select 1 as yes from events.co_unit
		where co_unit.event_id = ${eventId}::uuid and co_unit.unit_id = ${unit}::uuid and not co_unit.accepted`);
	if (refused) throw invalidField('unit', 'events.co_unit_refused');
}

const rowOf = async (tx: Tx, eventId: string, id: string) => {
	const row = await tx.one<{
		unit_id: string;
		asked_by: string;
		accepted: boolean | null;
	}>(sql`select co_unit.unit_id, co_unit.asked_by, co_unit.accepted from events.co_unit
		where co_unit.id = ${id}::uuid and co_unit.event_id = ${eventId}::uuid`);
	if (!row) throw notFound();
	return row;
};

/** Answers for a unit that was asked; who asked is told. Accepted, its officers organise too and its people see the event. */
export const answerUnit = (
	viewer: Viewer,
	eventId: string,
	{ id, accept }: v.InferOutput<typeof AnswerUnitForm>,
): Promise<void> =>
	write(viewer, async (tx) => {
		await coUnits.guard(tx, viewer, 'answer', id);
		const { unit_id: unitId, asked_by } = await rowOf(tx, eventId, id);
		await tx.run(sql`update events.co_unit set accepted = ${accept === 'yes'}, answered_by = ${viewer.id}::uuid, answered_at = now()
			where co_unit.id = ${id}::uuid`);
		const act = accept === 'yes' ? 'events.accept_unit' : 'events.refuse_unit';
		await record(tx, { actorId: viewer.id, act, subject: 'event', subjectId: eventId, unitId });
		const answered = accept === 'yes' ? 'events.unit_accepted' : 'events.unit_refused';
		await announce(tx, answered, { eventId, unitId, byId: viewer.id, toId: asked_by });
	});

/**
 * Takes back what was asked of a unit, accepted or not; who organised there is told that they no longer do.
 * Gives whether the viewer still organises: a unit may leave by itself.
 */
export const dropUnit = (viewer: Viewer, eventId: string, { id }: { id: string }): Promise<boolean> =>
	write(viewer, async (tx) => {
		await coUnits.guard(tx, viewer, 'drop', id);
		const { unit_id: unitId, accepted } = await rowOf(tx, eventId, id);
		await tx.run(sql`delete from events.co_unit where co_unit.id = ${id}::uuid`);
		await record(tx, {
			actorId: viewer.id,
			act: 'events.drop_unit',
			subject: 'event',
			subjectId: eventId,
			unitId,
		});
		if (accepted) await announce(tx, 'events.unit_dropped', { eventId, unitId, byId: viewer.id });
		const organises = sql`select 1 as yes from events.event where event.id = ${eventId}::uuid and ${events.invite(viewer)}`;
		return Boolean(await tx.one(organises));
	});
