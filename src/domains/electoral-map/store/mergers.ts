import { asSystem, type Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { loadMergers, type Mergers } from '../results/merged.ts';
import { alone } from './alone.ts';
import { now } from './sources.ts';

/** Mergers that results are to be told by: all of them, but where the outlines they fall on still hold the former commune. */
export async function mergersSince(about: { election: string; vintage: string }): Promise<Mergers> {
	const mergers = new Map(await loadMergers());
	const drawn = await asSystem(
		'map',
		alone((tx) => communesDrawn(tx, about)),
	);
	for (const { commune } of drawn) mergers.delete(commune);
	return mergers;
}

/**
 * Communes of the outlines, or addresses, that an election falls on, department by department: those of the vintage said,
 * else the last ones not later than it, else the first ones, as `joinOfElection` takes them.
 */
const communesDrawn = (
	tx: Tx,
	{ election, vintage }: { election: string; vintage: string },
): Promise<{ commune: string }[]> =>
	tx.many(sql`with held as (select vintage, commune, left(commune, 2) as department,
				left(vintage, 4) <= ${election.slice(0, 4)} as before
			from (select vintage, commune from ${now('outlines')} as drawn
				union select vintage, commune from ${now('addresses')} as listed) as both_kinds),
		chosen as (select distinct on (department) department, vintage from held
			order by department, vintage = ${vintage} desc, before desc, case when before then vintage end desc, vintage)
		select held.commune from held join chosen using (department, vintage)`);
