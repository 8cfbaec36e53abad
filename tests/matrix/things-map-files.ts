import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';

/** Results in place, a version that was, and a file that waits for an officer: none of it about anybody. */
export async function putMapFiles(tx: Tx): Promise<object> {
	const source = (name: string, state: string) => sql`insert into electoral_map.source
		(id, kind, election, state, current_at, file_name)
		values (${idOf(`matrix map ${name}`)}, 'results', '2022_pres_t1', ${state}, now(), 'canary-map-file.csv')`;
	await tx.run(source('current', 'current'));
	await tx.run(source('past', 'past'));
	await tx.run(source('checked', 'checked'));
	const current = idOf('matrix map current');
	await tx.run(sql`insert into electoral_map.cover (source_id, commune) values (${current}, '01004')`);
	await tx.run(sql`insert into electoral_map.slate (source_id, number, candidates)
		values (${current}, 0, '[{"candidate":"1","name":"CANARY","nuance":null}]')`);
	await tx.run(sql`insert into electoral_map.count (source_id, key, commune, registered, voters, valid, slate, votes)
		values (${current}, '01004_0001', '01004', 10, 5, 5, 0, '{5}')`);
	await tx.run(sql`insert into electoral_map.sending (id, by_id, by_name, file_name, bytes, state, kind, sources)
		values (${idOf('matrix map sending')}, ${idOf('yamina')}, 'Yamina', 'canary-map-file.csv', 1, 'ready', 'results',
			array[${idOf('matrix map checked')}::uuid])`);
	return {};
}
