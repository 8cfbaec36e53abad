import { asSystem, type Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { alone } from '../store/alone.ts';
import { type Compared, staleNow } from './made-of.ts';
import { type Estimated, estimatePair, ofPair } from './moved.ts';

/** Transfers that an officer had estimated. Their ground is that of the day: only files are compared here. */
export interface KeptTransfers {
	unit: string;
	from: string;
	to: string;
	state: Estimated['state'];
	at: Date | null;
	stale: Estimated['stale'];
}

type Row = Omit<KeptTransfers, 'stale'> & Compared & { made_of: string[] };

/** Every estimate of transfers that is kept, and whether files were replaced since. */
export const keptTransfers = (): Promise<KeptTransfers[]> => asSystem('map', alone(listed));

async function listed(tx: Tx): Promise<KeptTransfers[]> {
	const rows =
		await tx.many<Row>(sql`select unit_id as unit, from_election as "from", to_election as "to", state,
		done_at as at, communes, made_of from electoral_map.transfer order by 1, 2, 3`);
	const kept: KeptTransfers[] = [];
	for (const row of rows) {
		const { communes, made_of, ...told } = row;
		kept.push({ ...told, stale: await staleNow(tx, row, communes) });
	}
	return kept;
}

/** Estimates anew, at once, those that rest on files replaced since. Gives all that is kept then. */
export async function renewTransfers(): Promise<KeptTransfers[]> {
	for (const { stale, ...pair } of await keptTransfers()) {
		if (!stale) continue;
		const wait = alone((tx: Tx) =>
			tx.run(sql`update electoral_map.transfer set state = 'waiting', tries = 0 where ${ofPair(pair)}`),
		);
		await asSystem('map', wait);
		await estimatePair('house', pair);
	}
	return keptTransfers();
}
