import type { Tx } from '#platform/db.ts';
import { isId } from '#platform/ids.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { StationKey } from '../model.ts';
import { type Commune, communesOf } from '../pages/where.ts';
import { places, within } from '../policy.ts';
import { answered, targets } from './policy.ts';

/** A unit by its name. */
export interface Unit {
	id: string;
	name: string;
}

/** The highest units that this person answers for, then the one looked at and those just below it. */
export const unitsAnswered = (tx: Tx, viewer: Viewer, at: string | null): Promise<Unit[]> => {
	const unit = isId(at) ? at : null;
	return tx.many(sql`select unit.id, unit.name from territory.unit
		where ${answered.see(viewer)} and (unit.id = ${unit}::uuid or unit.parent_id = ${unit}::uuid
			or unit.parent_id is null or unit.parent_id not in
				(select unit.id from territory.unit where ${answered.see(viewer)}))
		order by cardinality(unit.ancestors), unit.folded_name limit 60`);
};

/** The unit looked at, or the highest; undefined when this person answers for none, or not for that one. */
export async function unitAt(tx: Tx, viewer: Viewer, at: string | null) {
	const units = await unitsAnswered(tx, viewer, at);
	return { units, unit: at ? units.find(({ id }) => id === at) : units[0] };
}

/** Those of these towns that this person may look at. */
export const seenAmong = (tx: Tx, viewer: Viewer, codes: string[]): Promise<Commune[]> =>
	tx.many(sql`select zone.code, zone.name from territory.zone
		where zone.kind = 'commune' and zone.code = any (${list(codes, 'text')}) and ${places.see(viewer)}
		order by zone.folded_name`);

/** A unit or one of its towns by its code, with the towns meant; undefined when they are not there. */
export async function placeAt(tx: Tx, viewer: Viewer, unitId: string, place: string) {
	const communes = await communesOf(tx, viewer, unitId);
	const one = communes.find(({ code }) => code === place);
	if (one) return { name: one.name, communes: [one] };
	if (place !== unitId || !communes.length) return undefined;
	const unit = await tx.one<Unit>(
		sql`select unit.id, unit.name from territory.unit where unit.id = ${unitId}::uuid`,
	);
	return unit && { name: unit.name, communes };
}

/** Units at or below this one, by the town they cover, the closest to people first: who would go there. */
export async function coveringUnits(
	tx: Tx,
	unitId: string,
	communes: string[],
): Promise<Map<string, Unit[]>> {
	const rows = await tx.many<Unit & { commune: string }>(sql`select zone.code as commune, unit.id, unit.name
		from territory.zone join territory.unit on unit.ancestors @> array[${unitId}::uuid] and unit.closed_at is null
			and zone.id in ${within(sql`select coverage.zone_id from territory.coverage where coverage.unit_id = unit.id`)}
		where zone.kind = 'commune' and zone.code = any (${list(communes, 'text')})
		order by zone.code, cardinality(unit.ancestors) desc, unit.folded_name`);
	const found = Map.groupBy(rows, ({ commune }) => commune);
	return new Map([...found].map(([code, units]) => [code, units.map(({ id, name }) => ({ id, name }))]));
}

/** Published targets of these towns, each with the names of who goes there, as far as this person may see them. */
export async function whoGoesWhere(
	tx: Tx,
	viewer: Viewer,
	communes: string[],
): Promise<Map<StationKey, string[]>> {
	const rows = await tx.many<{ key: StationKey; units: string[] }>(sql`select selected.key,
			array_agg(distinct unit.name order by unit.name) as units
		from electoral_map.selected join territory.unit on unit.id = selected.unit_id
		where selected.commune = any (${list(communes, 'text')}) and ${targets.see(viewer)} group by selected.key`);
	return new Map(rows.map(({ key, units }) => [key, units]));
}
