import { record } from '#platform/audit.ts';
import { asSystem, write } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { imports } from '../policy.ts';
import { unopened } from './invite.ts';

/** What is printed for those of a file whom no mail reaches. */
export interface Letters {
	people: { id: string; name: string; number: string | null }[];
	/** Who signs. */
	by: string;
	unit: string;
}

/** The letters of a file, for who sent it; that they were read is in the journal. Throws NotFound. */
export async function lettersOf(viewer: Viewer, id: string): Promise<Letters> {
	const { requestKey: _, ...reader } = viewer;
	const { unit_id: unitId, unit } = await write(reader, async (tx) => {
		await imports.guard(tx, reader, 'launch', id);
		return (await tx.one<{ unit_id: string; unit: string }>(sql`select import.unit_id, unit.name as unit
			from imports.import join territory.unit on unit.id = import.unit_id where import.id = ${id}::uuid`))!;
	});
	return asSystem('imports', async (tx) => {
		const people = await tx.many<Letters['people'][number]>(sql`select person.id, person.name,
				(select membership.member_number from people.membership where membership.person_id = person.id and membership.ended_at is null) as number
			from ${unopened(id)} and contact.email is null
				and (select import.state = 'done' and import.kind = 'members' from imports.import where import.id = ${id}::uuid)
			order by person.folded_name, person.id limit 500`);
		const detail = { n: people.length };
		await record(tx, {
			actorId: viewer.id,
			act: 'imports.letters',
			subject: 'import',
			subjectId: id,
			unitId,
			detail,
		});
		return { people, by: viewer.name, unit };
	});
}
