import type { Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import { now } from '../store/sources.ts';

/** Two rounds over some communes. */
export interface Compared {
	from: string;
	to: string;
	communes: string[];
}

/**
 * What transfers rest on, a line for each version that counts: the round, the outlines that it was counted on, the
 * version (and when a station was last settled in it), and a digest of the communes it counts for. The families of labels are not there: no transfer reads them.
 */
export async function madeOf(tx: Tx, { from, to, communes }: Compared): Promise<string[]> {
	const rows = await tx.many<{
		line: string;
	}>(sql`select concat_ws(' ', held.election, election.vintage, held.id,
			source.revised_at, md5(string_agg(held.commune, ',' order by held.commune))) as line
		from ${now('results')} as held join electoral_map.election on election.id = held.election
		join electoral_map.source on source.id = held.id
		where held.election in (${from}, ${to}) and held.commune = any (${list(communes, 'text')})
		group by held.election, election.vintage, held.id, source.revised_at order by 1`);
	return rows.map(({ line }) => line);
}

/** Why an estimate is not that of today: a file replaced since, or another ground. Null when it is. */
export type Stale = 'files' | 'ground' | null;

/** Whether what is kept still is what would be estimated today on this ground; what tells nothing yet is never stale. */
export async function staleNow(
	tx: Tx,
	kept: Compared & { state: string; made_of: string[] },
	communes: string[],
): Promise<Stale> {
	if (kept.state !== 'ready' && kept.state !== 'refused') return null;
	const known = new Set(kept.communes);
	if (known.size !== communes.length || communes.some((code) => !known.has(code))) return 'ground';
	return (await madeOf(tx, kept)).join('\n') === kept.made_of.join('\n') ? null : 'files';
}
