import { asSystem, type Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { alone } from '../store/alone.ts';
import { type Compared, staleNow } from './made-of.ts';
import { type Estimated, estimatePair } from './moved.ts';

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
	for (const { communes, made_of, ...row } of rows) {
		const isTold = row.state === 'ready' || row.state === 'refused';
		const stale = isTold ? await staleNow(tx, { ...row, communes, made_of }, communes) : null;
		kept.push({ ...row, stale });
	}
	return kept;
}

/** Estimates anew, at once, those that rest on files replaced since. Gives all that is kept then. */
export async function renewTransfers(): Promise<KeptTransfers[]> {
	for (const { unit, from, to, stale } of await keptTransfers()) {
		if (!stale) continue;
		const wait = alone((tx: Tx) =>
			tx.run(sql`update electoral_map.transfer set state = 'waiting', tries = 0
				where transfer.unit_id = ${unit}::uuid and from_election = ${from} and to_election = ${to}`),
		);
		await asSystem('map', wait);
		await estimatePair('house', { unit, from, to });
	}
	return keptTransfers();
}
