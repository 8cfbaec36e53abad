import type { Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { coveredBy, places } from '../policy.ts';

/** A unit as every member may read its name. */
export interface Holder {
	id: string;
	name: string;
}

/** A commune and the unit closest to people that covers it. */
export interface Held {
	code: string;
	commune: string;
	unit: Holder;
	/** The unit above that one, or itself when it covers a department or more. */
	reference: Holder;
	/** The stations of this commune may be looked at, one by one. */
	own: boolean;
}

/** Who holds these communes: the lowest open unit that covers each. Those that nobody covers are not told. */
export async function holdersOf(tx: Tx, viewer: Viewer, codes: string[]): Promise<Map<string, Held>> {
	const rows = await tx.many<Row>(sql`with recursive above (code, id, kind, parent_id) as (
			select zone.code, zone.id, zone.kind, zone.parent_id from territory.zone
				where zone.kind = 'commune' and zone.code = any (${list(codes, 'text')})
			union select above.code, zone.id, zone.kind, zone.parent_id from above join territory.zone on zone.id = above.parent_id),
		-- A section of one district holds its city.
		around as (select code, id, kind from above union all
			select above.code, zone.id, 'commune' from above join territory.zone on zone.parent_id = above.id
				where zone.kind = 'municipal_arrondissement')
		select distinct on (around.code) around.code, zone.name as commune, unit.id, unit.name,
			coalesce(over.id, unit.id) as over_id, coalesce(over.name, unit.name) as over_name,
			${places.see(viewer)} as own
		from around join territory.coverage on coverage.zone_id = around.id
		join territory.unit on unit.id = coverage.unit_id and unit.closed_at is null
		left join territory.unit as over on over.id = unit.parent_id and over.closed_at is null and around.kind = 'commune'
		join territory.zone on zone.code = around.code and zone.kind = 'commune'
		order by around.code, cardinality(unit.ancestors) desc, unit.folded_name, unit.id`);
	return new Map(rows.map((row) => [row.code, heldBy(row)]));
}

type Row = Holder & { code: string; commune: string; over_id: string; over_name: string; own: boolean };

const heldBy = ({ id, name, over_id, over_name, ...place }: Row): Held => ({
	...place,
	unit: { id, name },
	reference: { id: over_id, name: over_name },
});

/**
 * Codes of all the communes of a unit and of those below it, whoever asks: for sums, which tell nothing of one station.
 * Nobody gets a list of stations from them.
 */
export const communesOfAll = async (tx: Tx, unitId: string): Promise<string[]> =>
	codesIn(
		await tx.many(sql`select zone.code from territory.zone where zone.kind = 'commune' and zone.id in
		${coveredBy(sql`unit.ancestors @> array[${unitId}::uuid] and unit.closed_at is null`)}`),
	);

/** Codes of every commune that some unit covers: the ground of the whole organisation. */
export async function communesCovered(tx: Tx): Promise<string[]> {
	const mark = await tx.one<object>(sql`select current_database() as house, count(*)::int as zones,
			(select count(*)::int from territory.zone) as known, md5(string_agg(coverage.zone_id, ' ' order by coverage.zone_id)) as ids
		from territory.coverage join territory.unit on unit.id = coverage.unit_id where unit.closed_at is null`);
	const from = JSON.stringify(mark);
	if (covered?.from !== from) covered = { from, codes: await readCovered(tx) };
	return covered.codes;
}

/** A walk over all the communes of a country, done again when what units cover is no longer the same. */
let covered: { from: string; codes: string[] } | null = null;

const readCovered = async (tx: Tx): Promise<string[]> =>
	codesIn(
		await tx.many(sql`select zone.code from territory.zone where zone.kind = 'commune' and zone.id in
		${coveredBy(sql`unit.closed_at is null`)}`),
	);

const codesIn = (rows: { code: string }[]) => rows.map(({ code }) => code);
