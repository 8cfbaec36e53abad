import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { MembershipType } from './membership.ts';

/** A kind of membership as an organisation is founded with. */
export interface LaidType {
	key: string;
	name: MembershipType['name'];
	grants: 'member' | 'sympathiser';
	offered: boolean;
}

/** Writes the kinds of membership of a new organisation, in their order. Runs as the house. */
export async function layTypes(tx: Tx, types: readonly LaidType[]): Promise<void> {
	for (const [position, { key, name, grants, offered }] of types.entries()) {
		await tx.run(sql`insert into people.membership_type (id, key, name, grants, offered, position)
			values (${newId()}, ${key}, ${JSON.stringify(name)}::jsonb, ${grants}, ${offered}, ${position})`);
	}
}
