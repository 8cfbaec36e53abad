import { asSystem } from '#platform/db.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { scene } from '#tests/traces.ts';
import { layRound } from '../sheet/towns.fixture.ts';

export const roundsAt = '/carte/entre-deux-tours';
export const second = '2026_muni_t2';

/** What an officer types to open the second round of Villebrume. */
export const opening = {
	unit: idOf('valdorsande'),
	place: 'X01001',
	kind: 'muni',
	year: '2026',
	round: '2',
	lists: 'La rive commune ; RIVE\nLe Pont des voisins',
};

/** Opens that entry; gives its address. */
export async function openBy(who: Browser, changed: Partial<typeof opening> = {}): Promise<string> {
	const { to, form } = await who.post(`${roundsAt}?/open`, { ...opening, ...changed });
	return to ?? JSON.stringify(form);
}

export const stationAt = (tally: string, n: number) => `${tally}/X01001_${String(n).padStart(4, '0')}`;

/** Figures as typed: 600 voters of 1 000 unless said, so many for us. */
export const figures = (ours: number, changed: Record<string, string> = {}) => ({
	...{ registered: '1000', voters: '600', blank: '10', spoilt: '5' },
	'votes[]': [String(ours), String(585 - ours)],
	...changed,
});

/** What the map counts now for the second round, station by station: our votes. */
export const counted = () =>
	asSystem('test', (tx) =>
		tx.many<{
			key: string;
			ours: number;
			state: string;
		}>(sql`select count.key, count.votes[1] as ours, source.state
			from electoral_map.count join electoral_map.source on source.id = count.source_id
			where source.election = ${second} and source.state = 'current' order by count.key`),
	);

/** Official figures of the second round in one station: 333 votes for us. */
export const layOfficial = (key: string) => {
	const voices = [{ candidate: '1', name: 'La rive commune', nuance: 'RIVE', votes: 333 }];
	const about = { registered: 999, voters: 400, blank: 0, spoilt: 67, valid: 333 };
	return layRound([{ key, ...about, voices }], { id: second, vintage: '2025' });
};

/** Before each story: nothing typed of the second round, nobody tired. */
export const clearEntries = (...more: Sql[]) =>
	scene(
		sql`delete from platform.bucket`,
		sql`delete from electoral_map.tally`,
		sql`delete from electoral_map.source where election = ${second}`,
		...more,
	);

/** Before each story: nothing chosen, nobody told, nobody tired. */
export const clearSelections = () =>
	scene(
		sql`delete from platform.bucket`,
		sql`delete from electoral_map.selection`,
		sql`delete from notices.notice`,
	);
