import { read } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Noun } from '../blueprint.ts';
import { insist } from './guard.ts';
import { isRunning, kinds, offices } from './policy.ts';

/** A kind of unit, with what stands under it. */
export interface KindRow {
	id: string;
	key: string;
	name: Noun;
	depth: number;
	levels: number;
	units: number;
	offices: number;
	children: string[];
}

const columns = sql`unit_kind.id, unit_kind.key, unit_kind.name, unit_kind.depth, (select max(depth) + 1 from territory.unit_kind) as levels,
	(select count(*)::int from territory.unit where unit.kind_id = unit_kind.id and unit.closed_at is null) as units,
	(select count(*)::int from territory.office where office.kind_id = unit_kind.id and office.retired_at is null) as offices,
	array(select unit_kind_child.child_id from territory.unit_kind_child where unit_kind_child.parent_id = unit_kind.id) as children`;

/** Every kind of unit, in the organisation's order. NotFound for who does not keep them. */
export const kindList = (viewer: Viewer): Promise<KindRow[]> =>
	read(viewer, async (tx) => {
		await insist(tx, viewer, kinds.edit);
		return tx.many<KindRow>(
			sql`select ${columns} from territory.unit_kind order by unit_kind.position, unit_kind.id`,
		);
	});

/** The kinds of unit by their names: what every page of the network may say. */
export const kindNames = (viewer: Viewer) =>
	read(viewer, (tx) =>
		tx.many<{ key: string; name: Noun }>(sql`select unit_kind.key, unit_kind.name from territory.unit_kind
			where ${kinds.see(viewer)} order by unit_kind.position, unit_kind.id`),
	);

/** An office, and how many hold it. */
export interface OfficeRow {
	id: string;
	kindId: string;
	name: Noun;
	powers: string[];
	leads: boolean;
	holders: number;
	retired: boolean;
}

const office = sql`office.id, office.kind_id as "kindId", office.name, office.powers, office.leads, office.retired_at is not null as retired,
	(select count(*)::int from territory.term where term.office_id = office.id and ${isRunning}) as holders`;

/** One kind of unit and its offices. NotFound for who does not keep them. */
export const kindPage = (viewer: Viewer, kindId: string) =>
	read(viewer, async (tx) => {
		await insist(tx, viewer, kinds.edit);
		const kind = await tx.one<KindRow>(
			sql`select ${columns} from territory.unit_kind where unit_kind.id = ${kindId}::uuid`,
		);
		if (!kind) throw notFound();
		const all = await tx.many<KindRow>(
			sql`select ${columns} from territory.unit_kind order by unit_kind.position, unit_kind.id`,
		);
		const rows = await tx.many<OfficeRow>(sql`select ${office} from territory.office
			where office.kind_id = ${kindId}::uuid order by office.retired_at nulls first, office.position, office.id`);
		return { kind, kinds: all, offices: rows };
	});

/** One office. NotFound for who does not keep them. */
export const officePage = (viewer: Viewer, officeId: string) =>
	read(viewer, async (tx) => {
		await insist(tx, viewer, offices.edit);
		const row = await tx.one<OfficeRow & { kind: Noun }>(sql`select ${office}, unit_kind.name as kind
			from territory.office join territory.unit_kind on unit_kind.id = office.kind_id where office.id = ${officeId}::uuid`);
		if (!row) throw notFound();
		return row;
	});
