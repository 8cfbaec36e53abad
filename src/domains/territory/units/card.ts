import type { Tx } from '#platform/db.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';
import type { Noun } from '../blueprint.ts';
import { units } from '../policy.ts';

/** A unit in a list, on a card, beside what it says. */
export interface UnitCard {
	id: string;
	slug: string;
	name: string;
	/** Name of its kind, as the organisation says it. */
	kind: Noun;
	/** 0 is the closest to people; `levels` counts them all. */
	depth: number;
	levels: number;
	/** Itself and below. Null for a visitor when so few that a number would point at people. */
	members: number | null;
	sympathisers: number | null;
}

/** A unit as other cards name it, with what its sign is drawn from. */
export type UnitSign = Pick<UnitCard, 'id' | 'name' | 'slug' | 'depth' | 'levels'>;

/** From how many people a number is told outside the network. */
const PUBLIC_COUNT = 5;

/** Columns of a card, `from territory.unit join territory.unit_kind`. */
export function cardColumns(viewer: Viewer): Sql {
	const told = (count: Sql) =>
		isActive(viewer) ? count : sql`case when ${count} >= ${sql.lit(PUBLIC_COUNT)} then ${count} end`;
	return sql`unit.id, unit.slug, unit.name, unit_kind.name as kind, unit_kind.depth,
		(select max(every_kind.depth) + 1 from territory.unit_kind as every_kind) as levels,
		${told(sql`unit.member_count`)} as members, ${told(sql`unit.sympathiser_count`)} as sympathisers`;
}

export const cardTables = sql`territory.unit join territory.unit_kind on unit_kind.id = unit.kind_id`;

/** Cards of the units that this viewer may see, in the order of the ids. */
export const unitCards = (tx: Tx, viewer: Viewer, ids: readonly string[]) =>
	tx.many<UnitCard>(sql`
	select ${cardColumns(viewer)} from ${cardTables}
	where unit.id = any (${list(ids, 'uuid')}) and ${units.see(viewer)}
	order by array_position(${list(ids, 'uuid')}, unit.id)`);

/**
 * Units that cover a commune. None: those of its districts, else those of the nearest zone around it. Several are all given,
 * the closest to the ground first.
 */
export async function sectionsFor(tx: Tx, viewer: Viewer, zoneId: string): Promise<UnitCard[]> {
	return tx.many<UnitCard>(sql`
		with recursive above as (
			select zone.id, zone.parent_id, 0 as height from territory.zone where zone.id = ${zoneId}
			union all select zone.id, zone.parent_id, above.height + 2 from territory.zone join above on zone.id = above.parent_id),
		near as (
			select above.id, above.height from above
			union all select zone.id, 1 from territory.zone where zone.parent_id = ${zoneId}),
		found as (
			select coverage.unit_id, min(near.height) as height from near join territory.coverage on coverage.zone_id = near.id
			join territory.unit on unit.id = coverage.unit_id where ${units.see(viewer)} and unit.closed_at is null
			group by coverage.unit_id)
		select ${cardColumns(viewer)} from ${cardTables} join found on found.unit_id = unit.id
		where found.height = (select min(height) from found) order by unit_kind.depth, unit.folded_name, unit.id`);
}
