import { asSystem } from '#platform/db.ts';
import type { Listener } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';

/** Two accounts were one person: whom they set apart follows. */
const onMerged = ({ fromId, intoId }: { fromId: string; intoId: string }) =>
	asSystem('safety', async (tx) => {
		await tx.run(sql`insert into safety.block (person_id, blocked_id, at)
			select ${intoId}::uuid, blocked_id, at from safety.block where person_id = ${fromId}::uuid and blocked_id <> ${intoId}::uuid
			union all
			select person_id, ${intoId}::uuid, at from safety.block where blocked_id = ${fromId}::uuid and person_id <> ${intoId}::uuid
			on conflict do nothing`);
		await tx.run(sql`insert into safety.mute (person_id, muted_id, at)
			select ${intoId}::uuid, muted_id, at from safety.mute where person_id = ${fromId}::uuid and muted_id <> ${intoId}::uuid
			union all
			select person_id, ${intoId}::uuid, at from safety.mute where muted_id = ${fromId}::uuid and person_id <> ${intoId}::uuid
			on conflict do nothing`);
		await tx.run(sql`delete from safety.block where ${fromId}::uuid in (person_id, blocked_id)`);
		await tx.run(sql`delete from safety.mute where ${fromId}::uuid in (person_id, muted_id)`);
	});

export const listeners: Listener<never>[] = [
	{ to: 'people.merged', name: 'safety.on_merged', hear: onMerged },
] as Listener<never>[];
