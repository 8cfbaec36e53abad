import { cameOnce } from '#domains/people/index.ts';
import { read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { isHere } from '../belonging/members.ts';
import type { Noun } from '../blueprint.ts';
import { pageOf, placeOf } from '../cursor.ts';
import { units, visits } from '../policy.ts';
import { atMost } from './late.ts';

/** A unit where people opened an account and did not come back. Numbers only: names are read in its list, which the journal notes. */
export interface OnceUnit {
	id: string;
	folded: string;
	name: string;
	kind: Noun;
	people: number;
	/** How many came once, up to 101. */
	once: number;
	/** The viewer may read who. */
	reads: boolean;
}

const here = (limit: number) => sql`(select attachment.person_id from territory.attachment
	join people.person on person.id = attachment.person_id
	where attachment.unit_id = unit.id and attachment.until is null and ${isHere} and ${cameOnce} limit ${limit})`;

/** Units of the viewer's territory where people came once and no more, by name: a page, where the next one starts, and how many people, up to 101. */
export const unitsSeenOnce = (viewer: Viewer, size: number, after: string | null = null) =>
	read(viewer, async (tx) => {
		const place = placeOf(after);
		const { n } = (await tx.one<{ n: number }>(sql`select count(distinct gone.person_id)::int as n from (
			select gone.person_id from territory.unit cross join lateral ${here(atMost)} as gone
			where unit.closed_at is null and ${visits.see(viewer)} limit ${atMost}) as gone`))!;
		const rows = await tx.many<OnceUnit>(sql`
			select unit.id, unit.folded_name as folded, unit.name, unit_kind.name as kind,
				unit.member_count + unit.sympathiser_count as people, gone.n as once, ${units.readMembers(viewer)} as reads
			from territory.unit join territory.unit_kind on unit_kind.id = unit.kind_id
			cross join lateral (select count(*)::int as n from ${here(atMost)} as few) as gone
			where unit.closed_at is null and ${visits.see(viewer)} and gone.n > 0
				and (${place?.text ?? null}::text is null or (unit.folded_name, unit.id) > (${place?.text ?? ''}, ${place?.id ?? null}::uuid))
			order by unit.folded_name, unit.id limit ${size + 1}`);
		return { ...pageOf(rows, size), count: n };
	});
