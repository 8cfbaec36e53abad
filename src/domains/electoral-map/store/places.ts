import type { Tx } from '#platform/db.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Row, Table } from '#platform/table/index.ts';
import { wholeKey } from '../ground/fields.ts';
import { counted } from '../ground/layer.ts';
import { fold } from '../results/columns.ts';
import { communesOf } from './outlines.ts';
import { refuseLoad } from './refusal.ts';
import type { Prepared, Writer } from './sources.ts';

/** Where the voters of a station go. */
export interface VotingPlace {
	name: string;
	/** Empty when nobody said it. */
	address: string;
	/** Of the file; null for places made up to show. */
	vintage: string | null;
}

type Placed = { key: string; commune: string; name: string; address: string };

// As the register (`table-bv-reu`) and the portal of Paris write them, folded.
const known = {
	station: ['id brut reu', 'id brut bv reu', 'identifiant du bureau de vote', 'id bv'],
	name: ['libelle reu', 'libelle du bureau de vote', 'libelle'],
	address: ['address', 'adresse'],
	postcode: ['code postal'],
};
type Column = keyof typeof known;

/** A list of voting places, one per station. Throws a Refusal when no station has a name. */
export async function preparePlaces({ header, rows }: Table, vintage: string): Promise<Prepared> {
	const names = header.map(fold);
	const at = (column: Column) => names.findIndex((name) => known[column].includes(name));
	const columns = {
		station: at('station'),
		name: at('name'),
		address: at('address'),
		postcode: at('postcode'),
	};
	const places = new Map<string, Placed>();
	let unreadable = 0;
	for await (const row of rows) {
		const place = placeIn(row, columns);
		if (place) places.set(place.key, place);
		else unreadable++;
	}
	const all = [...places.values()];
	if (!all.length) refuseLoad('places_empty');
	return {
		...{ vintage, election: null, columns: [], communes: communesOf(all), counts: { stations: all.length } },
		...{ remarks: counted('remark_place_unreadable', unreadable), rows: all.length, write: writing(all) },
	};
}

function placeIn({ cells }: Row, at: Record<Column, number>): Placed | null {
	const cell = (column: Column) => (cells[at[column]] ?? '').trim();
	const station = wholeKey(cell('station'));
	const name = cell('name');
	if (!station || !name) return null;
	const address = [cell('address'), cell('postcode')].filter(Boolean).join(', ');
	return { key: station.code, commune: station.commune, name, address };
}

const writing =
	(all: Placed[]): Writer =>
	async (tx, sourceId, from, to) => {
		const rows = all.slice(from, to);
		const column = (name: keyof Placed) => sql`${rows.map((row) => row[name])}::text[]`;
		await tx.run(sql`insert into electoral_map.voting_place (source_id, key, commune, name, address)
			select ${sourceId}::uuid, * from unnest(${column('key')}, ${column('commune')}, ${column('name')}, ${column('address')})`);
	};

/** The voting place of the station of this key that counts now: of the latest list, to be joined on true. */
export const votingPlaceAt = (key: Sql): Sql => sql`lateral (
	select place.name, place.address, source.vintage from electoral_map.voting_place as place
	left join electoral_map.source on source.id = place.source_id
	where place.key = ${key} and (place.source_id is null or source.state = 'current')
	order by source.vintage desc nulls last, source.current_at desc nulls last limit 1)`;

/** Where one votes, by the key of a station; null when no list tells it. */
export const votingPlaceOf = async (tx: Tx, key: string): Promise<VotingPlace | null> =>
	(await tx.one<VotingPlace>(
		sql`select told.name, told.address, told.vintage from ${votingPlaceAt(sql`${key}`)} as told`,
	)) ?? null;
