import { type Sql, sql } from '#platform/sql.ts';
import type { Rule } from '#platform/policy.ts';

/** Neither of the two blocked the other. A visitor has nobody to block. */
export const isApartFrom = (person: Sql): Rule => (viewer) =>
	viewer.id
		? sql`not exists (select from safety.block
			where (block.person_id = ${viewer.id}::uuid and block.blocked_id = ${person})
				or (block.person_id = ${person} and block.blocked_id = ${viewer.id}::uuid))`
		: sql`true`;
