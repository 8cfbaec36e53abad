import { stopListToken } from '#domains/feed/list/stop.ts';
import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';

/** Odile receives by mail what is said in the secret group. After the groups. */
export async function putLists(tx: Tx) {
	const group = idOf('matrix group secret');
	await tx.run(sql`insert into feed.list_choice (person_id, circle_id, mails, key)
		values (${idOf('odile')}, ${group}, true, 'canary-list-key')`);
	await tx.run(
		sql`insert into feed.list_round (word_id, kind, circle_id) values (${idOf('matrix word')}, 'post', ${group})`,
	);
	await tx.run(
		sql`insert into platform.mail_in (id, sealed) values (${idOf('matrix mail')}, 'canary-mail-sealed')`,
	);
	return { listToken: stopListToken(idOf('odile'), group) };
}
