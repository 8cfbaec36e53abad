import { asSystem, type Tx } from '#platform/db.ts';
import type { Listener } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';

/** Two accounts were one person: their missions follow; on one list twice, they are there once. */
const onMerged = ({ fromId, intoId }: { fromId: string; intoId: string }) =>
	asSystem('missions', async (tx) => {
		await tx.run(
			sql`update missions.mission set by_id = ${intoId}::uuid where mission.by_id = ${fromId}::uuid`,
		);
		await tx.run(sql`update missions.enrolment set person_id = ${intoId}::uuid where enrolment.person_id = ${fromId}::uuid
			and not exists (select from missions.enrolment as other
				where other.person_id = ${intoId}::uuid and other.mission_id = enrolment.mission_id)`);
		// Both were on the list: one of the two places is free.
		await tx.run(sql`update missions.mission set enrolled = mission.enrolled - 1
			from missions.enrolment as left_over join missions.enrolment as kept
				on kept.mission_id = left_over.mission_id and kept.person_id = ${intoId}::uuid
			where left_over.mission_id = mission.id and left_over.person_id = ${fromId}::uuid
				and left_over.left_at is null and kept.left_at is null and mission.enrolled > 0`);
		// The one who had left and the one who had not: they still come.
		await tx.run(sql`update missions.enrolment set left_at = null from missions.enrolment as left_over
			where left_over.person_id = ${fromId}::uuid and left_over.left_at is null
				and enrolment.mission_id = left_over.mission_id and enrolment.person_id = ${intoId}::uuid`);
		await tx.run(sql`delete from missions.enrolment where enrolment.person_id = ${fromId}::uuid`);
		await ideasFollow(tx, fromId, intoId);
		await petitionsFollow(tx, fromId, intoId);
	});

// Twice in one count, they are there once.
async function ideasFollow(tx: Tx, fromId: string, intoId: string): Promise<void> {
	await tx.run(
		sql`update missions.initiative set by_id = ${intoId}::uuid where initiative.by_id = ${fromId}::uuid`,
	);
	for (const [table, count] of [
		['support', 'supports'],
		['teammate', 'team'],
	] as const) {
		const held = sql.raw(`missions.${table}`);
		await tx.run(sql`update ${held} as held set person_id = ${intoId}::uuid where held.person_id = ${fromId}::uuid and not exists (
			select from ${held} as other where other.person_id = ${intoId}::uuid and other.initiative_id = held.initiative_id)`);
		await tx.run(sql`with gone as (delete from ${held} as held where held.person_id = ${fromId}::uuid returning held.*)
			update missions.initiative set ${sql.raw(count)} = initiative.${sql.raw(count)} - 1 from gone
			where gone.initiative_id = initiative.id${table === 'teammate' ? sql` and gone.accepted_at is not null` : sql``}`);
	}
}

async function petitionsFollow(tx: Tx, fromId: string, intoId: string): Promise<void> {
	await tx.run(
		sql`update missions.petition set by_id = ${intoId}::uuid where petition.by_id = ${fromId}::uuid`,
	);
	await tx.run(sql`update missions.signature set person_id = ${intoId}::uuid where signature.person_id = ${fromId}::uuid
		and not exists (select from missions.signature as other
			where other.person_id = ${intoId}::uuid and other.petition_id = signature.petition_id)`);
	await tx.run(sql`with gone as (delete from missions.signature where signature.person_id = ${fromId}::uuid returning signature.petition_id)
		update missions.petition set signed = petition.signed - 1 from gone where gone.petition_id = petition.id`);
}

export const merging: Listener<never>[] = [
	{ to: 'people.merged', name: 'missions.on_merged', hear: onMerged } as Listener<never>,
];
