import { read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { settings } from './policy.ts';

/** What a house that was just founded has already. */
export interface Opening {
	/** Communes, by which people are attached. */
	ground: boolean;
	/** A unit below the top. */
	units: boolean;
	/** Somebody else than who reads. */
	people: boolean;
}

/** What is left to bring in, for who keeps the settings; null for others, and once there are units and people. */
export const opening = (viewer: Viewer): Promise<Opening | null> =>
	read(viewer, async (tx) => {
		const found = await tx.one<Opening>(sql`
			select exists (select from territory.zone where zone.kind = 'commune') as ground,
				exists (select from territory.unit where unit.parent_id is not null and unit.closed_at is null) as units,
				exists (select from people.person where person.id <> ${viewer.id}::uuid and person.erased_at is null) as people
			where ${settings.see(viewer)}`);
		return found && !(found.units && found.people) ? found : null;
	});

/** Whether the viewer, alone in a house just founded, has yet to give the second factor without which they fill nothing. */
export async function waitsForFactor(viewer: Viewer): Promise<boolean> {
	if (!viewer.officer || viewer.secondFactor) return false;
	return read(viewer, async (tx) => {
		const other = await tx.one(sql`select 1 as other from people.person
			where person.id <> ${viewer.id}::uuid and person.erased_at is null limit 1`);
		return !other;
	});
}
