import { type Sql, sql } from '#platform/sql.ts';

/** Who called for something, once they were forgotten: what a unit published stays the unit's. */
export const nobody = '00000000-0000-0000-0000-000000000000';

/** The row named `author`, or the unit where its author was forgotten. */
export const authorOr = (unit: Sql): Sql =>
	sql`jsonb_build_object('id', coalesce(author.id, ${nobody}::uuid), 'name', coalesce(author.name,
		(select signing.name from territory.unit as signing where signing.id = ${unit})))`;
