import { read } from '#platform/db.ts';
import { isId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';
import { MOST } from './answer.ts';

/** Somebody to name, with the unit they belong to. */
export interface Candidate {
	id: string;
	name: string;
	unit: string;
}

/**
 * People of the unit or below whose name begins or goes like this, among those whose attachment the viewer may see
 * (row-level security says so): eight, and one more when others
 * are left: who shows them says so. An empty text finds nobody, nor does what is no unit.
 */
export const candidates = (viewer: Viewer, unitId: string, text: string): Promise<Candidate[]> => {
	const wanted = fold(text)
		.replace(/[%_\\]/g, '')
		.slice(0, 80);
	if (!isActive(viewer) || !isId(unitId) || wanted.length < 2) return Promise.resolve([]);
	return read(viewer, (tx) =>
		tx.many<Candidate>(sql`select person.id, person.name, (array_agg(unit.name order by cardinality(unit.ancestors) desc))[1] as unit
			from people.person join territory.attachment on attachment.person_id = person.id and attachment.until is null
			join territory.unit on unit.id = attachment.unit_id
			where ${unitId}::uuid = any (unit.ancestors) and person.folded_name like ${`%${wanted}%`}
				and person.left_at is null and person.erased_at is null and person.confirmed_at is not null
			group by person.id, person.name order by person.name, person.id limit ${MOST + 1}`),
	);
};
