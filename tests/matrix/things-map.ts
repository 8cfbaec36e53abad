import { makeUp } from '#domains/electoral-map/index.ts';
import { inventedZones, loadZones } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { villebrume } from '../../bin/demo/ground.ts';

/** The invented town of the section of Villebrume, with its stations, its figures and what was counted there. */
export async function putMap(tx: Tx) {
	await loadZones(tx, inventedZones());
	await tx.run(sql`insert into territory.coverage (unit_id, zone_id)
		select ${idOf('villebrume')}::uuid, zone.id from territory.zone where zone.code = 'X01001'`);
	const ground = villebrume();
	await makeUp(tx, {
		...ground,
		stations: ground.stations.map((station) => ({ ...station, place: 'canary-station' })),
	});
	return { station: ground.stations[0]!.key };
}
