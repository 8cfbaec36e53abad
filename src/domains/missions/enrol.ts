import { type Tx, write } from '#platform/db.ts';
import { conflict } from '#platform/errors.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { missions } from './policy.ts';

const isEnrolled = async (tx: Tx, viewer: Viewer, id: string) =>
	Boolean(
		await tx.one(sql`select 1 as yes from missions.enrolment where enrolment.mission_id = ${id}::uuid
			and enrolment.person_id = ${viewer.id}::uuid and enrolment.left_at is null`),
	);

/**
 * Puts the viewer on the list. The row of the mission is locked from the question to the answer: of two people who want
 * the last place, one has it and the other is told. Throws NotFound, Forbidden once it is over, Conflict when it is full.
 */
export const enrol = (viewer: Viewer, id: string): Promise<void> =>
	write(viewer, async (tx) => {
		await missions.guard(tx, viewer, 'enrol', id);
		if (await isEnrolled(tx, viewer, id)) return;
		const placed = await tx.run(sql`update missions.mission set enrolled = mission.enrolled + 1
			where mission.id = ${id}::uuid and mission.enrolled < mission.needed`);
		if (!placed) throw conflict('missions.full');
		await tx.run(sql`insert into missions.enrolment (mission_id, person_id) values (${id}::uuid, ${viewer.id}::uuid)
			on conflict (mission_id, person_id) do update set at = now(), left_at = null, came = null`);
		await announce(tx, 'missions.enrolled', { missionId: id, byId: viewer.id });
	});

/** Takes the viewer off the list: the place is free at once. Throws NotFound, Forbidden when they are not on it. */
export const leave = (viewer: Viewer, id: string): Promise<void> =>
	write(viewer, async (tx) => {
		await missions.guard(tx, viewer, 'leave', id);
		const left =
			await tx.run(sql`update missions.enrolment set left_at = now() where enrolment.mission_id = ${id}::uuid
			and enrolment.person_id = ${viewer.id}::uuid and enrolment.left_at is null`);
		if (!left) return;
		await tx.run(
			sql`update missions.mission set enrolled = mission.enrolled - 1 where mission.id = ${id}::uuid`,
		);
		await announce(tx, 'missions.left', { missionId: id, byId: viewer.id });
	});
