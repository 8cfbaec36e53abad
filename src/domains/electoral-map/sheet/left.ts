import type { Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import { loadScope } from '../pages/scope.ts';
import type { Commune } from '../pages/where.ts';
import { formerCommunes } from '../results/merged.ts';
import { now } from '../store/sources.ts';

/** A station of before a merger whose number another one has too: it stays under the code of its time. */
export interface LeftStation {
	key: string;
	commune: string;
	/** The last round it was counted at. */
	election: string;
	/** Enough is known there for a sheet of its own. */
	told: boolean;
}

// A great merger of many towns is told by its first stations.
const MOST_LEFT = 20;

/** Stations that a commune of today took in and that results still tell under their former commune. */
export async function leftBeside(tx: Tx, code: string): Promise<LeftStation[]> {
	const formers = [...(await formerCommunes())].filter(([, { today }]) => today === code);
	if (!formers.length) return [];
	const names = new Map(formers.map(([former, { name }]) => [former, name ?? former]));
	const rows = await tx.many<
		Omit<LeftStation, 'told'>
	>(sql`select distinct on (count.key) count.key, count.commune, held.election
		from ${now('results')} as held join electoral_map.count on count.source_id = held.id and count.commune = held.commune
		where held.commune = any (${list([...names.keys()], 'text')}) and position('_' in count.key) > 0
		order by count.key, held.election desc limit ${MOST_LEFT}`);
	const told = new Set<string>();
	for (const former of new Set(rows.map((row) => row.commune)))
		if (await isTold(tx, { code: former, name: former })) told.add(former);
	return rows.map((row) => ({
		...row,
		commune: names.get(row.commune) ?? row.commune,
		told: told.has(row.commune),
	}));
}

const isTold = async (tx: Tx, commune: Commune) =>
	typeof (await loadScope(tx, [commune], {
		...{ at: commune.code, goal: 'door_to_door', criteria: [], election: null, sort: 'rank' },
	})) !== 'string';
