import { forgiveTypos, goesLike, holdsWords, rank } from '#domains/profiles/index.ts';
import { type UnitCard, unitCards, units } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';

/** The name of a unit as it is looked for. */
export const name = sql`unit.folded_name`;
export const isOpen = sql`unit.closed_at is null`;

/** Units whose name holds these words, the closest to people first; typos forgiven when few are found. */
export async function unitsLike(
	tx: Tx,
	viewer: Viewer,
	words: readonly string[],
	limit: number,
): Promise<UnitCard[]> {
	const exact = await tx.many<{ id: string }>(sql`select unit.id from territory.unit
		where ${holdsWords(name, words)} and ${isOpen} and ${units.see(viewer)}
		order by ${rank(name, words)}, unit.folded_name, unit.id limit ${limit}`);
	const ids = exact.map(({ id }) => id);
	if (ids.length < limit && words.join('').length > 3) {
		await forgiveTypos(tx);
		const near = await tx.many<{ id: string }>(sql`select unit.id from territory.unit
			where ${goesLike(name, words)} and not ${holdsWords(name, words)} and ${isOpen} and ${units.see(viewer)}
			order by platform.word_similarity(${words.join(' ')}, unit.folded_name) desc, unit.id limit ${limit - ids.length}`);
		ids.push(...near.map(({ id }) => id));
	}
	return unitCards(tx, viewer, ids);
}

/** How many units those are, 101 at most. */
export const countUnits = async (tx: Tx, viewer: Viewer, words: readonly string[]): Promise<number> =>
	(await tx.one<{ n: number }>(sql`select count(*)::int as n from (select 1 from territory.unit
		where ${holdsWords(name, words)} and ${isOpen} and ${units.see(viewer)} limit 101) as counted`))!.n;
