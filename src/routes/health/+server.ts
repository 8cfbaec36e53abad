import { read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';

/** For a supervisor: answers when the database does. */
export const GET = async () => {
	await read(visitor, (tx) => tx.one(sql`select 1 as alive`));
	return Response.json({ ok: true });
};
