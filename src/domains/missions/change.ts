import { type Tx, write } from '#platform/db.ts';
import { conflict, invalidField } from '#platform/errors.ts';
import { announce } from '#platform/jobs.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { checkPublic, comingSpan, folded, recordAct } from './create.ts';
import type { Change, Report } from './input.ts';
import { missions } from './policy.ts';

interface Row {
	unit_id: string;
	by_id: string;
	is_official: boolean;
	enrolled: number;
	version: number;
}

const rowOf = async (tx: Tx, id: string) =>
	(await tx.one<Row>(sql`select mission.unit_id, mission.by_id, mission.is_official, mission.enrolled, mission.version
		from missions.mission where mission.id = ${id}::uuid`))!;

const isOfficers = (viewer: Viewer, { is_official, by_id }: Row) => is_official || by_id !== viewer.id;

async function note(tx: Tx, viewer: Viewer, row: Row, done: { act: string; id: string; reason?: string }) {
	if (isOfficers(viewer, row)) await recordAct(tx, viewer, done.act, { ...done, unitId: row.unit_id });
}

/**
 * Corrects a mission; when the hour or the place moved, those who come are told, and reminded anew.
 * Throws NotFound, Forbidden, Conflict when somebody changed it meanwhile, Invalid under the number of those who come.
 */
export async function change(viewer: Viewer, id: string, { day, starts, ends, version, ...said }: Change) {
	const { startsAt, endsAt } = await comingSpan({ day, starts, ends });
	await write(viewer, async (tx) => {
		await missions.guard(tx, viewer, 'edit', id);
		const row = await rowOf(tx, id);
		if (row.version !== version) throw conflict('missions.changed_meanwhile');
		checkPublic(said.audience, row.is_official);
		if (said.needed < row.enrolled)
			throw invalidField('needed', 'missions.needed_under', { n: row.enrolled });
		const [moved] = await tx.many<{ moved: boolean }>(sql`
			update missions.mission set kind = ${said.kind}, title = ${said.title}, text = ${said.text}, audience = ${said.audience},
				place = ${said.place}, starts_at = ${startsAt}, ends_at = ${endsAt}, needed = ${said.needed},
				folded = ${folded(said)}, version = mission.version + 1,
				reminded_at = case when mission.starts_at = ${startsAt} then mission.reminded_at end
			from missions.mission as before where before.id = mission.id and mission.id = ${id}::uuid
			returning before.starts_at <> mission.starts_at or before.ends_at <> mission.ends_at
				or before.place <> mission.place as moved`);
		await note(tx, viewer, row, { act: 'change', id });
		if (moved?.moved) await announce(tx, 'missions.changed', { missionId: id, byId: viewer.id });
	});
}

/** It does not take place: those who were to come are told why. Throws NotFound, Forbidden once it is settled. */
export const cancel = (viewer: Viewer, id: string, { reason }: { reason: string }): Promise<void> =>
	write(viewer, async (tx) => {
		await missions.guard(tx, viewer, 'edit', id);
		const row = await rowOf(tx, id);
		await tx.run(sql`update missions.mission set state = 'cancelled', cancel_reason = ${reason}, settled_at = now(),
			version = mission.version + 1 where mission.id = ${id}::uuid`);
		await note(tx, viewer, row, { act: 'cancel', id, reason });
		await announce(tx, 'missions.cancelled', { missionId: id, byId: viewer.id });
	});

/** It is over: what was counted, who came; they are thanked. Throws NotFound, Forbidden before it began. */
export const close = (viewer: Viewer, id: string, input: Report): Promise<void> =>
	write(viewer, async (tx) => {
		await missions.guard(tx, viewer, 'close', id);
		const row = await rowOf(tx, id);
		await tx.run(sql`update missions.mission set state = 'closed', settled_at = now(), people = ${input.people},
			doors = ${input.doors}::int, leaflets = ${input.leaflets}::int, report = ${input.report},
			version = mission.version + 1 where mission.id = ${id}::uuid`);
		await markCame(tx, id, input.came);
		await note(tx, viewer, row, { act: 'close', id });
		await announce(tx, 'missions.closed', { missionId: id, byId: viewer.id });
	});

/** Says again who came, as long as the mission is not cancelled. Throws NotFound, Forbidden. */
export const attend = (viewer: Viewer, id: string, { came }: { came: string[] }): Promise<void> =>
	write(viewer, async (tx) => {
		await missions.guard(tx, viewer, 'attend', id);
		const row = await rowOf(tx, id);
		await markCame(tx, id, came);
		await note(tx, viewer, row, { act: 'attend', id });
	});

/** Of the people on the list and of those who come without account, these came. */
async function markCame(tx: Tx, id: string, came: string[]): Promise<void> {
	await tx.run(sql`update missions.enrolment set came = enrolment.person_id = any (${list(came, 'uuid')})
		where enrolment.mission_id = ${id}::uuid and enrolment.left_at is null`);
	await tx.run(sql`update missions.guest set came = guest.visitor_id = any (${list(came, 'uuid')})
		where guest.mission_id = ${id}::uuid`);
}
