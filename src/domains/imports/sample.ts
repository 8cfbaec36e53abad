import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { EnglishForms, Forms } from '#platform/wording/index.ts';
import type { Plan } from './model.ts';
import { reading } from './queries.ts';

/** A line as it will be once launched: what was understood of it, where it goes, and what happens to it. */
export interface Sample {
	line: number;
	plan: Plan;
	/** Somebody with an open account keeps their own name, whatever the file says. */
	name: string;
	/** Number or code, address, telephone: what else is written of it. */
	facts: string[];
	/** Kind of membership, or kind of unit. */
	kind: { fr: Forms; en: EnglishForms } | null;
	/** The unit where somebody goes, or the one above a unit. */
	place: string | null;
	paidUntil: string | null;
	/** How many communes a unit covers by this line; null for people. */
	communes: number | null;
}

const EACH = 3;

/** The first lines of each kind of change, in the order of the file. Throws NotFound. */
export const samplesOf = (viewer: Viewer, id: string): Promise<Sample[]> =>
	reading(viewer, id, (tx) =>
		tx.many(sql`
	select line.line, line.plan, coalesce(person.name, line.value->>'name', concat_ws(' ', line.value->>'givenName', line.value->>'familyName')) as name,
		array_remove(array[line.value->>'memberNumber', line.value->>'codeKept', line.value->>'email', line.value->>'phone'], null) as facts,
		coalesce(membership_type.name, unit_kind.name) as kind, coalesce(unit.name, above.name, beside.name) as place,
		line.value->>'paidUntil' as "paidUntil", jsonb_array_length(line.value->'zones') as communes
	from unnest(array['create', 'update', 'elsewhere', 'same']) as wanted (plan)
	cross join lateral (select * from imports.line where line.import_id = ${id}::uuid and line.plan = wanted.plan
		and line.value is not null and not line.skipped order by line.line limit ${EACH}) as line
	left join people.person on person.id = line.subject_id and line.plan = 'update' and person.confirmed_at is not null
	left join people.membership_type on membership_type.key = line.value->>'membershipType'
	left join territory.unit_kind on unit_kind.key = line.value->>'kindKey'
	left join territory.unit on unit.id = line.unit_id
	left join lateral (select above.name from territory.unit as above
		where line.value->>'parentKept' in (above.code, 'id:' || above.id) limit 1) as above on true
	left join lateral (select other.value->>'name' as name from imports.line as other
		where other.import_id = ${id}::uuid and other.value->>'codeKept' = line.value->>'parentKept' limit 1) as beside on true
	order by line.line`),
	);
