import { asSystem } from '../db.ts';
import { type Sql, sql } from '../sql.ts';
import type { Viewer } from '../viewer.ts';

/**
 * These columns for each of these people (`asker.id`, `asker.units`), in the same order, by one query. Asked by the house: what it
 * gives is on which channels to tell somebody, never what is said there.
 */
export const ofEach = <T>(viewers: readonly Viewer[], columns: Sql): Promise<T[]> =>
	asSystem('live', (tx) =>
		tx.many<T>(sql`select ${columns} from rows from (
				jsonb_to_recordset(${JSON.stringify(viewers.map(({ id, units }) => ({ id, units })))}::jsonb) as (id uuid, units uuid[])
			) with ordinality as asker (id, units, place) order by asker.place`),
	);
