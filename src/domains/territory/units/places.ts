import { read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Noun } from '../blueprint.ts';
import { units } from '../policy.ts';

/** What the page that changes a unit's place offers. */
export interface Places {
	/** Kinds that go below. */
	kinds: { id: string; name: Noun }[];
	/** Where it may go. */
	parents: { id: string; name: string }[];
	/** Who takes its people when it closes. */
	heirs: { id: string; name: string }[];
	/** The zones it covers. */
	zones: { id: string; name: string }[];
}

/** What may be created under a unit, under which units it may go, and what it covers. Throws NotFound or Forbidden. */
export const placesFor = (viewer: Viewer, unitId: string): Promise<Places> =>
	read(viewer, async (tx) => {
		const may = await tx.one(sql`select 1 from territory.unit where unit.id = ${unitId}::uuid
			and (${units.createBelow(viewer)} or ${units.arrange(viewer)})`);
		if (!may) await units.refuse(tx, viewer, unitId);
		const others = sql`territory.unit as moved where moved.id = ${unitId}::uuid and not unit.ancestors @> array[moved.id] and unit.closed_at is null`;
		return {
			kinds: await tx.many(sql`
				select unit_kind.id, unit_kind.name from territory.unit
				join territory.unit_kind_child on unit_kind_child.parent_id = unit.kind_id
				join territory.unit_kind on unit_kind.id = unit_kind_child.child_id
				where unit.id = ${unitId}::uuid order by unit_kind.depth desc, unit_kind.position`),
			parents: await tx.many(sql`
				select unit.id, unit.name from territory.unit
				join territory.unit_kind_child on unit_kind_child.parent_id = unit.kind_id, ${others}
					and unit_kind_child.child_id = moved.kind_id and unit.id is distinct from moved.parent_id and ${units.createBelow(viewer)}
				order by unit.folded_name limit 300`),
			heirs: await tx.many(sql`
				select unit.id, unit.name from territory.unit, ${others}
					and unit.kind_id = moved.kind_id and unit.parent_id is not distinct from moved.parent_id
				order by unit.folded_name limit 300`),
			zones: await tx.many(sql`
				select zone.id, zone.name from territory.coverage join territory.zone on zone.id = coverage.zone_id
				where coverage.unit_id = ${unitId}::uuid order by zone.name limit 500`),
		};
	});
