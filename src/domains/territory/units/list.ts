import { read } from '#platform/db.ts';
import { isId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import type { Viewer } from '#platform/viewer.ts';
import { pageOf, placeOf } from '../cursor.ts';
import { units } from '../policy.ts';
import { communesLike } from '../zones/index.ts';
import { cardColumns, cardTables, sectionsFor, type UnitCard } from './card.ts';

/** What somebody asks the directory. */
export interface Asked {
	/** The name of a unit, or of a commune: units that cover it come too. */
	q?: string | null;
	/** Direct children of this unit. */
	parentId?: string | null;
	cursor?: string | null;
}

export interface UnitPage {
	units: UnitCard[];
	next: string | null;
}

const SIZE = 50;

/** Open units by name: those found, those below one, or the top of the tree. A page, and where the next one starts. */
export const listUnits = (viewer: Viewer, { q, parentId, cursor }: Asked = {}): Promise<UnitPage> =>
	read(viewer, async (tx) => {
		const place = placeOf(cursor);
		const words = fold(q ?? '').slice(0, 60);
		const among = words
			? sql`unit.folded_name like ${`%${words.replace(/[\\%_]/g, '\\$&')}%`}`
			: isId(parentId)
				? sql`unit.parent_id = ${parentId}::uuid`
				: sql`unit.parent_id is null`;
		const rows = await tx.many<UnitCard & { folded: string }>(sql`
			select ${cardColumns(viewer)}, unit.folded_name as folded from ${cardTables}
			where ${among} and unit.closed_at is null and ${units.see(viewer)}
				and (${place?.id ?? null}::uuid is null or (unit.folded_name, unit.id) > (${place?.text ?? ''}, ${place?.id ?? null}::uuid))
			order by unit.folded_name, unit.id limit ${SIZE + 1}`);
		const page = pageOf(rows, SIZE);
		return { units: page.rows.map(({ folded: _, ...card }) => card), next: page.next };
	});

/** Units around the communes whose name somebody typed: the second answer of the directory. */
export const unitsAround = (
	viewer: Viewer,
	typed: string,
): Promise<{ commune: string; units: UnitCard[] }[]> =>
	read(viewer, async (tx) => {
		const communes = (await communesLike(tx, typed)).slice(0, 3);
		const around = [];
		for (const { id, name } of communes)
			around.push({ commune: name, units: await sectionsFor(tx, viewer, id) });
		return around.filter(({ units: found }) => found.length > 0);
	});
