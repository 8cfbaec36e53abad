import type { Tx } from '#platform/db.ts';
import { list, type Sql, sql } from '#platform/sql.ts';

/** What a membership gives in the network. */
export type Grants = 'member' | 'sympathiser';

/** The tree keeps its shape until the transaction ends. Taken before any row, as those who change the shape do. */
export const keepTree = (tx: Tx) => tx.run(sql`select pg_advisory_xact_lock_shared(hashtext('territory tree'))`);

/** Nobody moves a unit while attachments are counted, and no two counts wait for each other in a circle. */
export async function lockBranches(tx: Tx, unitIds: readonly string[]): Promise<void> {
	await keepTree(tx);
	// Deepest first, in the order in which a guard on a unit is followed by its count.
	await tx.run(sql`
		select unit.id from territory.unit
		where unit.id in (select unnest(home.ancestors) from territory.unit as home where home.id = any (${list(unitIds, 'uuid')}))
		order by cardinality(unit.ancestors) desc, unit.id for no key update`);
}

/** Adds attachments changed by a statement (or takes them off) to the counts of their unit and of every unit above. */
export const counting = (changed: Sql, sign: 1 | -1) => sql<{ person_id: string; unit_id: string }>`
	with changed as (${changed}),
	tally as (
		select above.id, count(*) filter (where membership_type.grants = 'member')::int as members,
			count(*) filter (where membership_type.grants = 'sympathiser')::int as sympathisers
		from changed join territory.unit as home on home.id = changed.unit_id
		cross join lateral unnest(home.ancestors) as above(id)
		join people.membership on membership.person_id = changed.person_id and membership.ended_at is null
		join people.membership_type on membership_type.id = membership.type_id
		group by above.id),
	counted as (
		update territory.unit set member_count = unit.member_count + ${sql.lit(sign)} * tally.members,
			sympathiser_count = unit.sympathiser_count + ${sql.lit(sign)} * tally.sympathisers
		from tally where tally.id = unit.id)
	select person_id, unit_id from changed`;

/** A person's membership changed kind: every unit they belong to, and those above, count it in the other column. */
export async function regrade(tx: Tx, personId: string, was: Grants | null, is: Grants | null): Promise<void> {
	if (was === is) return;
	const current = sql`from territory.attachment where attachment.person_id = ${personId}::uuid and attachment.until is null`;
	const homes = await tx.many<{ unit_id: string }>(sql`select attachment.unit_id ${current}`);
	await lockBranches(tx, homes.map(({ unit_id }) => unit_id));
	const step = (grants: Grants) => Number(is === grants) - Number(was === grants);
	await tx.run(sql`
		update territory.unit set member_count = unit.member_count + ${step('member')} * tally.n,
			sympathiser_count = unit.sympathiser_count + ${step('sympathiser')} * tally.n
		from (select above.id, count(*)::int as n from territory.attachment
				join territory.unit as home on home.id = attachment.unit_id
				cross join lateral unnest(home.ancestors) as above(id)
				where attachment.person_id = ${personId}::uuid and attachment.until is null group by above.id) as tally
		where tally.id = unit.id`);
}

/** Counts everything again from the attachments, as the house; gives how many units were wrong. After imports and moves. */
export async function repairCounts(tx: Tx): Promise<number> {
	await tx.run(sql`select pg_advisory_xact_lock(hashtext('territory tree'))`);
	return tx.run(sql`
		with own as (
			select attachment.unit_id, count(*) filter (where membership_type.grants = 'member')::int as members,
				count(*) filter (where membership_type.grants = 'sympathiser')::int as sympathisers
			from territory.attachment
			join people.membership on membership.person_id = attachment.person_id and membership.ended_at is null
			join people.membership_type on membership_type.id = membership.type_id
			where attachment.until is null group by attachment.unit_id),
		total as (
			select above.id, sum(own.members)::int as members, sum(own.sympathisers)::int as sympathisers
			from own join territory.unit as home on home.id = own.unit_id
			cross join lateral unnest(home.ancestors) as above(id) group by above.id)
		update territory.unit set member_count = coalesce(total.members, 0), sympathiser_count = coalesce(total.sympathisers, 0)
		from territory.unit as same left join total on total.id = same.id
		where same.id = unit.id and (unit.member_count, unit.sympathiser_count)
			is distinct from (coalesce(total.members, 0), coalesce(total.sympathisers, 0))`);
}
