import { notFound } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import { readTogether } from '#platform/together.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type Neighbour, newcomersAmong } from '../belonging/members.ts';
import { units } from '../policy.ts';
import { cardColumns, cardTables } from './card.ts';
import { type Officer, officers } from './show.ts';

/** The column beside the feed: one's own unit, who answers for it, who just arrived. */
export interface HomeAside {
	unit?: {
		id: string;
		slug: string;
		name: string;
		members: number;
		sympathisers: number;
		officers: Pick<Officer, 'id' | 'name' | 'photoId' | 'office'>[];
	};
	newcomers: Pick<Neighbour, 'id' | 'name' | 'photoId'>[];
}

type Unit = NonNullable<HomeAside['unit']>;

/** What the page gives as `aside`; without a unit, nothing but an empty list. */
export async function homeAside(viewer: Viewer): Promise<HomeAside> {
	const [id] = viewer.units;
	if (!id) return { newcomers: [] };
	return readTogether(viewer, async (tx) => {
		const [unit, newcomers] = await Promise.all([
			tx.one<Unit>(sql`select ${cardColumns(viewer)}, ${officers(viewer)} as officers
				from ${cardTables} where unit.id = ${id}::uuid and ${units.see(viewer)}`),
			newcomersAmong(tx, viewer, id, 3),
		]);
		if (!unit) throw notFound();
		return { unit, newcomers };
	});
}
