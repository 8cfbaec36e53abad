import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';

/** Between two rounds, in the town of Villebrume: an entry where two people typed otherwise, stations chosen and published. */
export async function putRounds(tx: Tx) {
	const section = idOf('villebrume');
	const tally = idOf('matrix map tally');
	await tx.run(sql`insert into electoral_map.tally (id, election, unit_id, place, communes, candidates)
		values (${tally}, '2026_muni_t2', ${section}, 'canary-tally', '{X01001}',
			'[{"candidate":"1","name":"CANARY","nuance":null}]')`);
	await tx.run(sql`insert into electoral_map.tally_station (tally_id, key, commune, known)
		values (${tally}, 'X01001_0001', 'X01001', 10), (${tally}, 'X01001_0002', 'X01001', 10)`);
	const typed = (name: string, votes: number) => sql`insert into electoral_map.tally_entry
		(id, tally_id, key, by_id, by_name, registered, voters, blank, spoilt, votes)
		values (${idOf(`matrix entry ${name}`)}, ${tally}, 'X01001_0002', ${idOf(name)}, ${name}, 10, ${votes}, 0, 0,
			array[${votes}::int])`;
	await tx.run(typed('odile', 5));
	await tx.run(typed('gerard', 6));
	const selection = (
		name: string,
		state: string,
	) => sql`insert into electoral_map.selection (id, name, election, unit_id, state)
		values (${idOf(`matrix selection ${name}`)}, 'canary-selection', '2026_muni_t1', ${section}, ${state})`;
	await tx.run(selection('draft', 'draft'));
	await tx.run(selection('published', 'published'));
	for (const name of ['draft', 'published'])
		await tx.run(sql`insert into electoral_map.selected (selection_id, key, commune, rank, unit_id)
			values (${idOf(`matrix selection ${name}`)}, 'X01001_0001', 'X01001', 1, ${section})`);
	return {};
}
