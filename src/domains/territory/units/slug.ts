import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';

/** The name of a unit as part of an address: "Section de l’Île" gives "section-de-l-ile". */
export const slugOf = (name: string) =>
	fold(name)
		.replace(/[^a-z0-9]+/g, '-')
		.slice(0, 70)
		.replace(/^-|-$/g, '') || 'unite';

/** The same, followed by a number when another unit has it. Two at once are told apart by the unique index. */
export async function freeSlug(tx: Tx, name: string): Promise<string> {
	const slug = slugOf(name);
	const taken = await tx.many<{ slug: string }>(
		sql`select slug from territory.unit where slug = ${slug} or slug like ${`${slug}-%`}`,
	);
	const used = new Set(taken.map((row) => row.slug));
	if (!used.has(slug)) return slug;
	for (let n = 2; ; n++) if (!used.has(`${slug}-${n}`)) return `${slug}-${n}`;
}
