import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';

/** Two accounts were one person: the links they made, and those they followed, are the kept account's. */
export async function mergeLinks(tx: Tx, fromId: string, intoId: string): Promise<void> {
	await tx.run(sql`update groups.link set made_by = ${intoId}::uuid where link.made_by = ${fromId}::uuid`);
	await tx.run(sql`update groups.link_use as mine set person_id = ${intoId}::uuid where mine.person_id = ${fromId}::uuid and not exists (
		select from groups.link_use as theirs where theirs.person_id = ${intoId}::uuid and theirs.link_id = mine.link_id)`);
	await tx.run(sql`delete from groups.link_use where link_use.person_id = ${fromId}::uuid`);
}

/** The links that a person made, and those by which they came. */
export const gatherLinks = async (tx: Tx, personId: string) => ({
	'groups.link':
		await tx.many(sql`select circle.name, link.lets_in, link.most, link.used, link.at, link.expires_at, link.revoked_at
		from groups.link join groups.circle on circle.id = link.circle_id where link.made_by = ${personId}::uuid order by link.at`),
	'groups.link_use': await tx.many(sql`select circle.name, link_use.became, link_use.at from groups.link_use
		join groups.link on link.id = link_use.link_id join groups.circle on circle.id = link.circle_id
		where link_use.person_id = ${personId}::uuid order by link_use.at`),
});

/** A link whose maker is gone opens nothing. */
export async function eraseLinks(tx: Tx, personId: string): Promise<void> {
	await tx.run(sql`delete from groups.link_use where link_use.person_id = ${personId}::uuid`);
	await tx.run(sql`update groups.link set made_by = null, revoked_at = coalesce(link.revoked_at, now())
		where link.made_by = ${personId}::uuid`);
}

/** A link, and who came by it, are forgotten a year after its end. */
export async function retainLinks(tx: Tx, now: Date, dry: boolean): Promise<Record<string, number>> {
	const rows = sql`groups.link where link.expires_at < ${now}::timestamptz - interval '1 year'`;
	return {
		'groups.link': dry
			? (await tx.one<{ n: number }>(sql`select count(*)::int as n from ${rows}`))!.n
			: await tx.run(sql`delete from ${rows}`),
	};
}
