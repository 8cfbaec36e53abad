import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Kind } from '../files/recognise.ts';
import type { FileReport } from '../import.ts';
import { columnsOf, type Sending } from './model.ts';
import { asLoader } from './officer.ts';

/** A version that is in place, or was. */
export interface Held {
	id: string;
	kind: Kind;
	vintage: string;
	election: string | null;
	state: 'current' | 'past';
	/** Who sent it; empty when a command did. */
	by: string;
	at: Date;
	file: string;
	counts: Record<string, number>;
	report: Partial<FileReport>;
}

/** What is loaded, what is on its way, and which kinds the map still waits for. */
export interface Shelf {
	held: Held[];
	sendings: Sending[];
	missing: Missing[];
	/** Rounds whose labels can be told apart. */
	elections: string[];
}

/** A kind the map cannot do without; outlines or addresses are one. */
export type Missing = 'outlines' | 'iris' | 'census' | 'results';

/** Everything that is loaded. Throws NotFound for whoever loads nothing. */
export const shelf = (viewer: Viewer): Promise<Shelf> =>
	asLoader(viewer, async (tx) => {
		const held = await heldBy(tx);
		const current = new Set<string>(held.filter(({ state }) => state === 'current').map(({ kind }) => kind));
		const isThere = (kind: Missing) => current.has(kind) || (kind === 'outlines' && current.has('addresses'));
		const needed: Missing[] = ['outlines', 'iris', 'census', 'results'];
		return {
			held,
			sendings: await onTheirWay(tx),
			// A table of weights says what outlines and IRIS would
			missing: needed.filter((kind) => !isThere(kind) && !(current.has('weights') && kind === 'iris')),
			elections: electionsIn(held),
		};
	});

const electionsIn = (held: Held[]) => [
	...new Set(held.flatMap(({ state, election }) => (state === 'current' && election ? [election] : []))),
];

// What was typed between two rounds is no file: it is settled where it is typed.
const heldBy = (tx: Tx): Promise<Held[]> =>
	tx.many(sql`select source.id, source.kind, source.vintage, source.election, source.state, source.counts, source.report,
			source.file_name as file, coalesce(source.current_at, source.created_at) as at, coalesce(sending.by_name, '') as by
		from electoral_map.source left join electoral_map.sending on source.id = any (sending.sources)
		where source.state in ('current', 'past') and source.tally_id is null
		order by source.kind, source.election desc nulls last, source.vintage desc, source.state, source.current_at desc nulls last
		limit 500`);

const onTheirWay = (tx: Tx): Promise<Sending[]> =>
	tx.many(sql`select ${columnsOf} from electoral_map.sending where sending.state in ('waiting', 'asked', 'ready', 'failed')
		or (sending.state = 'refused' and sending.created_at > now() - interval '2 days') order by sending.created_at desc limit 30`);
