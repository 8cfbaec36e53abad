import { read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { numberOf } from '../pages/lines.ts';
import { votingPlaceAt } from '../store/places.ts';
import { selections, targets } from './policy.ts';
import { coveringUnits, seenAmong, type Unit } from './where.ts';

/** Stations chosen by a unit. */
export interface Selection {
	id: string;
	name: string;
	election: string;
	unit_id: string;
	state: 'draft' | 'published' | 'withdrawn';
	stations: number;
}

const columnsOf = sql`selection.id, selection.name, selection.election, selection.unit_id, selection.state,
	(select count(*)::int from electoral_map.selected where selected.selection_id = selection.id) as stations`;

/** A selection as its row is; undefined for whoever may not see it. */
export const selectionOf = (tx: Tx, viewer: Viewer, id: string) =>
	tx.one<Selection>(sql`select ${columnsOf} from electoral_map.selection
		where selection.id = ${id}::uuid and ${selections.see(viewer)}`);

/** Selections that this person answers for, the last first. */
export const selectionsFor = (viewer: Viewer): Promise<Selection[]> =>
	read(viewer, (tx) =>
		tx.many(sql`select ${columnsOf} from electoral_map.selection where ${selections.see(viewer)}
			order by selection.made_at desc limit 30`),
	);

/** A station that was chosen. */
export interface Target {
	key: string;
	number: string;
	place: string | null;
	commune: string;
	rank: number;
	reserve: number | null;
	unit: string | null;
}

const chosen = (
	where: Sql,
): Sql => sql`select selected.key, voting_place.name as place, selected.commune, selected.rank,
		selected.reserve, selected.unit_id as unit
	from electoral_map.selected left join ${votingPlaceAt(sql`selected.key`)} as voting_place on true
	where ${where} order by selected.selection_id, selected.rank`;

type Row = Omit<Target, 'number'>;

async function named(tx: Tx, viewer: Viewer, rows: Row[]): Promise<Target[]> {
	const communes = await seenAmong(tx, viewer, [...new Set(rows.map(({ commune }) => commune))]);
	const names = new Map(communes.map(({ code, name }) => [code, name]));
	return rows.map((row) => ({
		...row,
		number: numberOf(row.key),
		commune: names.get(row.commune) ?? row.commune,
	}));
}

/** A selection, its stations and the sections each may be given to. */
export interface SelectionSheet {
	selection: Selection;
	targets: (Target & { offered: Unit[] })[];
}

/** A selection to assign and publish. Throws NotFound. */
export const selectionSheet = (viewer: Viewer, id: string): Promise<SelectionSheet> =>
	read(viewer, async (tx) => {
		const selection = await selectionOf(tx, viewer, id);
		if (!selection) throw notFound();
		const rows = await tx.many<Row>(chosen(sql`selected.selection_id = ${id}::uuid`));
		const offered = await coveringUnits(tx, selection.unit_id, [
			...new Set(rows.map(({ commune }) => commune)),
		]);
		const all = await named(tx, viewer, rows);
		return {
			selection,
			targets: all.map((target, at) => ({ ...target, offered: offered.get(rows[at]?.commune ?? '') ?? [] })),
		};
	});

/** Stations given to a unit and published, for whoever looks at its ground; none for the others. */
export const targetsOf = (viewer: Viewer, unitId: string): Promise<Target[]> =>
	read(viewer, async (tx) => {
		if (!isId(unitId)) return [];
		const rows = await tx.many<Row>(
			chosen(sql`selected.unit_id = ${unitId}::uuid and ${targets.see(viewer)}`),
		);
		return rows.length ? named(tx, viewer, rows) : [];
	});
