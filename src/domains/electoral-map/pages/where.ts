import type { Tx } from '#platform/db.ts';
import { isId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { coveredBy, grounds, places } from '../policy.ts';
import { formerCommunes } from '../results/merged.ts';
import { holdersOf } from '../sheet/where.ts';

/** A commune by its INSEE code. */
export interface Commune {
	code: string;
	name: string;
}

/** A unit whose ground may be looked at. */
export interface Ground {
	id: string;
	name: string;
	/** The viewer belongs to it. */
	own: boolean;
}

/** Where one looks: a unit's ground, or one commune of it. */
export interface Scope {
	id: string;
	name: string;
	communes: Commune[];
}

/**
 * Units to choose from: the viewer's own, the highest of those they answer for, and those just below the one looked at.
 * The closest to people first.
 */
export const groundsOf = (tx: Tx, viewer: Viewer, at: string | null): Promise<Ground[]> =>
	tx.many(sql`select unit.id, unit.name, unit.id = any (${[...viewer.units]}::uuid[]) as own
		from territory.unit where ${grounds.see(viewer)} and (unit.id = any (${[...viewer.units]}::uuid[])
			or unit.id = ${unitIn(at)}::uuid or unit.parent_id = ${unitIn(at)}::uuid
			or not exists (select from territory.unit as above where above.id = unit.parent_id
				and ${seesAbove(viewer)}))
		order by cardinality(unit.ancestors) desc, unit.folded_name limit 60`);

const unitIn = (at: string | null) => (isId(at) ? at : null);

/** The rule names its row `unit`: asked about the unit above, in a query of its own. */
const seesAbove = (viewer: Viewer) =>
	sql`above.id in (select unit.id from territory.unit where ${grounds.see(viewer)})`;

/** The communes of a unit's ground or the one of this code, as far as this person may see them. */
export const communesOf = (tx: Tx, viewer: Viewer, at: string): Promise<Commune[]> =>
	isId(at) ? communesOfUnit(tx, viewer, at) : communesNamed(tx, viewer, at);

/** Communes to choose from: those of the ground looked at; beside a commune, those of the unit that holds it. */
export async function communesOffered(
	tx: Tx,
	viewer: Viewer,
	at: string | null,
	communes: Commune[],
): Promise<Commune[]> {
	if (!at || isId(at)) return communes;
	const holder = (await holdersOf(tx, viewer, [at])).get(at);
	return holder ? communesOf(tx, viewer, holder.unit.id) : communes;
}

/** A commune of before a merger is looked at by whoever looks at the one it is part of: its stations kept its code. */
async function communesNamed(tx: Tx, viewer: Viewer, code: string): Promise<Commune[]> {
	const found = await communesCoded(tx, viewer, code);
	if (found.length) return found;
	const former = (await formerCommunes()).get(code);
	if (!former || !(await communesCoded(tx, viewer, former.today)).length) return [];
	return [{ code, name: former.name ?? code }];
}

const communesCoded = (tx: Tx, viewer: Viewer, code: string): Promise<Commune[]> =>
	tx.many(sql`select zone.code, zone.name from territory.zone
		where zone.kind = 'commune' and zone.code = ${code} and ${places.see(viewer)}`);

const communesOfUnit = (tx: Tx, viewer: Viewer, unitId: string): Promise<Commune[]> =>
	tx.many(sql`select zone.code, zone.name from territory.zone
		where zone.kind = 'commune' and ${places.see(viewer)} and zone.id in
			${coveredBy(sql`unit.ancestors @> array[${unitId}::uuid] and unit.closed_at is null`)}
		order by zone.folded_name`);

/** Of a commune of before a merger, the one it is part of today, with its name when this person looks at it. */
export async function mergedInto(tx: Tx, viewer: Viewer, code: string): Promise<Merged | null> {
	const former = (await formerCommunes()).get(code);
	if (!former) return null;
	const [today] = await communesCoded(tx, viewer, former.today);
	return { commune: today?.name ?? null };
}

/** What became of a commune that is one no more; no name where nobody can say it. */
export interface Merged {
	commune: string | null;
}
