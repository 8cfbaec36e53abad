import type { Tx } from '#platform/db.ts';
import type { Privacy } from '#platform/domain.ts';
import { sql } from '#platform/sql.ts';

/** What missions keep about people: who called for one, and who came. */
export const privacy: Privacy = {
	tables: {
		'missions.mission': {
			person: 'by_id',
			columns: ['by_id', 'title', 'text', 'place', 'cancel_reason', 'report', 'folded', 'search'],
			kept: '3 years after it took place',
			onErase: 'delete',
		},
		'missions.enrolment': {
			person: 'person_id',
			columns: ['person_id'],
			kept: 'with its mission',
			onErase: 'delete',
		},
	},
	gather,
	erase,
	retain,
};

async function gather(tx: Tx, personId: string): Promise<Record<string, unknown[]>> {
	return {
		missions:
			await tx.many(sql`select mission.id, mission.kind, mission.title, mission.text, mission.place, mission.unit_id,
				mission.starts_at, mission.ends_at, mission.state, mission.cancel_reason, mission.report, mission.created_at
			from missions.mission where mission.by_id = ${personId}::uuid`),
		enrolments: await tx.many(sql`select enrolment.mission_id, enrolment.at, enrolment.left_at, enrolment.came
			from missions.enrolment where enrolment.person_id = ${personId}::uuid`),
	};
}

/** Their words go with the missions they called for; elsewhere the place they held is free again. */
async function erase(tx: Tx, personId: string): Promise<void> {
	await tx.run(sql`delete from missions.mission where mission.by_id = ${personId}::uuid`);
	await tx.run(sql`update missions.mission set enrolled = mission.enrolled - 1 from missions.enrolment
		where enrolment.mission_id = mission.id and enrolment.person_id = ${personId}::uuid
			and enrolment.left_at is null and mission.enrolled > 0`);
	await tx.run(sql`delete from missions.enrolment where enrolment.person_id = ${personId}::uuid`);
}

const years = 3;

/** Missions that ended three years ago, with who came. */
async function retain(tx: Tx, now: Date, dry: boolean): Promise<Record<string, number>> {
	const isOver = sql`mission.ends_at + make_interval(years => ${years}::int) < ${now}::timestamptz`;
	const row = await tx.one<{ n: number }>(
		sql`select count(*)::int as n from missions.mission where ${isOver}`,
	);
	if (!dry) await tx.run(sql`delete from missions.mission where ${isOver}`);
	return { 'missions.mission': row!.n };
}
