import { asSystem } from '#platform/db.ts';
import type { Listener } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { noteAllLooks } from './likeness.ts';

/** Somebody joined or left a unit: the one they tell on their profile follows. */
const followUnits = ({ personId }: { personId: string }) =>
	asSystem('profiles', async (tx) => {
		await tx.run(sql`update profiles.field set value = jsonb_build_object('units', array(select attachment.unit_id from territory.attachment
				where attachment.person_id = ${personId}::uuid and attachment.until is null))
			where field.person_id = ${personId}::uuid and field.kind = 'unit'`);
	});

/** Two accounts were one person: what they wrote follows, where the other said nothing of the kind. */
const onMerged = ({ fromId, intoId }: { fromId: string; intoId: string }) =>
	asSystem('profiles', async (tx) => {
		await tx.run(sql`update profiles.field set person_id = ${intoId}::uuid where field.person_id = ${fromId}::uuid
			and field.kind in ('mandate', 'responsibility', 'interest', 'skill', 'link')`);
		await tx.run(sql`delete from profiles.field where field.person_id = ${fromId}::uuid`);
		await tx.run(
			sql`update profiles.opening set person_id = ${intoId}::uuid where opening.person_id = ${fromId}::uuid`,
		);
	});

export const listeners: Listener<never>[] = [
	{ to: 'people.renamed', name: 'profiles.on_renamed', hear: noteAllLooks },
	{ to: 'people.confirmed', name: 'profiles.on_confirmed', hear: noteAllLooks },
	{ to: 'territory.joined', name: 'profiles.on_joined', hear: followUnits },
	{ to: 'territory.left', name: 'profiles.on_left', hear: followUnits },
	{ to: 'people.merged', name: 'profiles.on_merged', hear: onMerged },
] as Listener<never>[];
