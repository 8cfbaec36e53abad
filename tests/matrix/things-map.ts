import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';

/** A station of an invented town, where one votes and what it counted once. */
export async function putMap(tx: Tx) {
	const station = 'X01001_0001';
	const source = idOf('matrix map results');
	await tx.run(sql`insert into electoral_map.election (id, year, kind, round) values ('2022_pres_t1', 2022, 'pres', 1)
		on conflict do nothing`);
	await tx.run(sql`insert into electoral_map.source (id, kind, election, state, current_at)
		values (${source}, 'results', '2022_pres_t1', 'current', now())`);
	await tx.run(sql`insert into electoral_map.cover (source_id, commune) values (${source}, 'X01001')`);
	await tx.run(sql`insert into electoral_map.slate (source_id, number, candidates)
		values (${source}, 0, '[{"candidate":"1","name":"Liste","nuance":null}]')`);
	await tx.run(sql`insert into electoral_map.count (source_id, key, commune, registered, voters, valid, slate, votes)
		values (${source}, ${station}, 'X01001', 800, 500, 490, 0, '{490}')`);
	await tx.run(sql`insert into electoral_map.voting_place (key, commune, name)
		values (${station}, 'X01001', 'canary-station')`);
	return { station };
}
