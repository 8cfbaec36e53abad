import { inventedZones, loadZones } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf, type UnitKey } from '#tests/party.ts';
import { villebrume } from '../../../../bin/demo/ground.ts';
import type { Count } from '../model.ts';
import { type MadeUp, makeUp } from '../seed.ts';
import { preparedFrom } from '../store/results.ts';
import { layAtOnce } from '../store/sources.ts';

/** The invented town under another code: the same stations, counted as `change` says. */
export function townLike(commune: string, change: (made: MadeUp) => void = () => {}): MadeUp {
	const made: MadeUp = JSON.parse(JSON.stringify(villebrume()).replaceAll('X01001', commune));
	change(made);
	return made;
}

/** Says which communes, or what wider zone, a unit covers. */
export const cover = (unit: UnitKey, ...codes: string[]) =>
	asSystem('test', (tx) =>
		tx.run(sql`insert into territory.coverage (unit_id, zone_id)
			select ${idOf(unit)}::uuid, zone.id from territory.zone where zone.code = any (${codes}::text[])`),
	);

/** Villebrume with its stations and rounds, and who covers what: a section each, the federation the department. */
export async function layVillebrume(): Promise<void> {
	await layTowns(villebrume());
	await cover('villebrume', 'X01001');
	await cover('montclairval', 'X01002');
	await cover('valdorsande', 'X01');
}

/** Lays the invented zones and these towns. */
export const layTowns = (...towns: MadeUp[]) =>
	asSystem('test', async (tx) => {
		await loadZones(tx, inventedZones());
		for (const town of towns) await makeUp(tx, town);
	});

/** Counts of a round laid as if their file had been loaded. Gives the source that holds them. */
export const layRound = (counts: Count[], about: { id: string; vintage: string }) =>
	asSystem('test', (tx) =>
		layAtOnce(tx, { kind: 'results', byId: null, fileName: '' }, preparedFrom(counts, about)),
	);
