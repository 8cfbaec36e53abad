import { nobody } from '#platform/ids.ts';
import { type Sql, sql } from '#platform/sql.ts';

/** The row named `author`, or the unit where its author was forgotten. */
export const authorOr = (unit: Sql): Sql =>
	sql`jsonb_build_object('id', coalesce(author.id, ${nobody}::uuid), 'name', coalesce(author.name,
		(select signing.name from territory.unit as signing where signing.id = ${unit})))`;
