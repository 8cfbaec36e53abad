import type { Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import { insertMission, type NewMission } from './create.ts';

/** A mission for a demonstration: nobody is told. `result` makes it closed. */
export type Seed = NewMission & {
	enrolled: string[];
	result?: { doors?: number; leaflets?: number; report: string };
};

/** Writes a mission as if it had been called for, with who is on its list. Runs as the house. Gives its id. */
export async function putMission(tx: Tx, { enrolled, result, ...one }: Seed): Promise<string> {
	const id = await insertMission(tx, one);
	const people = [...new Set(enrolled)].slice(0, one.needed);
	await tx.run(sql`insert into missions.enrolment (mission_id, person_id, came)
		select ${id}::uuid, person.id, ${result ? true : null}::boolean
		from unnest(${list(people, 'uuid')}) as person (id)`);
	await tx.run(sql`update missions.mission set enrolled = ${people.length} where mission.id = ${id}::uuid`);
	if (result)
		await tx.run(sql`update missions.mission set state = 'closed', settled_at = mission.ends_at, people = ${people.length},
			doors = ${result.doors ?? null}::int, leaflets = ${result.leaflets ?? null}::int, report = ${result.report}
			where mission.id = ${id}::uuid`);
	return id;
}
