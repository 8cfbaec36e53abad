import { read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { callers } from './policy.ts';

/** A unit where the viewer may call for a mission. */
export interface Callable {
	id: string;
	name: string;
	/** They answer for it: it may be official. */
	official: boolean;
}

/** Where the viewer may call for a mission, their own unit first; empty for who may nowhere. */
export const callableUnits = (viewer: Viewer): Promise<Callable[]> =>
	read(viewer, (tx) =>
		tx.many<Callable>(sql`select unit.id, unit.name, ${callers.official(viewer)} as official
			from territory.unit where ${callers.see(viewer)}
			order by (unit.id = any (${[...viewer.units]}::uuid[])) desc, cardinality(unit.ancestors) desc, unit.folded_name
			limit 200`),
	);
