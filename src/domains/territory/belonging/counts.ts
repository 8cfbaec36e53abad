import type { Tx } from '#platform/db.ts';
import { list, type Sql, sql } from '#platform/sql.ts';

/** What a membership gives in the network. */
export type Grants = 'member' | 'sympathiser';

/** The tree keeps its shape until the transaction ends. Taken before any row, as those who change the shape do. */
export const keepTree = (tx: Tx) =>
	tx.run(sql`select pg_advisory_xact_lock_shared(hashtext('territory tree'))`);

/** Nobody moves a unit while attachments are counted, and no two counts wait for each other in a circle. */
export async function lockBranches(tx: Tx, unitIds: readonly string[]): Promise<void> {
	await keepTree(tx);
	// Deepest first, in the order in which a guard on a unit is followed by its count.
	await tx.run(sql`
		select unit.id from territory.unit
		where unit.id in (select unnest(home.ancestors) from territory.unit as home where home.id = any (${list(unitIds, 'uuid')}))
		order by cardinality(unit.ancestors) desc, unit.id for no key update`);
}

/**
 * Runs a statement that changes attachments and carries its effect to the counts of their units and of every unit above.
 * The statement returns `person_id, unit_id, was, now`: as what each was counted, and is from now on.
 */
export const counting = (changed: Sql) => sql`
	with changed (person_id, unit_id, was, now) as (${changed}),
	tally as (
		select above.id, count(*) filter (where now = 'member') - count(*) filter (where was = 'member') as members,
			count(*) filter (where now = 'sympathiser') - count(*) filter (where was = 'sympathiser') as sympathisers
		from changed join territory.unit as home on home.id = changed.unit_id
		cross join lateral unnest(home.ancestors) as above(id) group by above.id),
	counted as (
		update territory.unit set member_count = unit.member_count + tally.members,
			sympathiser_count = unit.sympathiser_count + tally.sympathisers
		from tally where tally.id = unit.id)
	select person_id, unit_id from changed`;

/** As what a person's membership in force counts; null without one. */
export const grantsOf = (person: Sql) => sql`(select membership_type.grants from people.membership
	join people.membership_type on membership_type.id = membership.type_id
	where membership.person_id = ${person} and membership.ended_at is null)`;

/** A person's membership began, changed or ended: every unit they belong to, and those above, count it so. Repeatable. */
export async function regrade(tx: Tx, personId: string): Promise<void> {
	await keepTree(tx);
	const homes = await tx.many<{ unit_id: string }>(sql`select attachment.unit_id from territory.attachment
		where attachment.person_id = ${personId}::uuid and attachment.until is null`);
	await lockBranches(
		tx,
		homes.map(({ unit_id }) => unit_id),
	);
	await tx.run(
		counting(sql`
		update territory.attachment set counted_as = before.now
		from (select one.id, one.counted_as as was, ${grantsOf(sql`one.person_id`)} as now
			from territory.attachment as one where one.person_id = ${personId}::uuid and one.until is null) as before
		where before.id = attachment.id and before.was is distinct from before.now
		returning attachment.person_id, attachment.unit_id, before.was, before.now`),
	);
}

/** Counts everything again from the attachments, as the house; gives how many units were wrong. After imports. */
export async function repairCounts(tx: Tx): Promise<number> {
	await tx.run(sql`select pg_advisory_xact_lock(hashtext('territory tree'))`);
	await tx.run(sql`
		update territory.attachment set counted_as = current.grants
		from territory.attachment as one
		left join (select membership.person_id, membership_type.grants from people.membership
			join people.membership_type on membership_type.id = membership.type_id where membership.ended_at is null) as current
			on current.person_id = one.person_id
		where one.id = attachment.id and attachment.until is null and attachment.counted_as is distinct from current.grants`);
	return tx.run(sql`
		with own as (
			select attachment.unit_id, count(*) filter (where attachment.counted_as = 'member') as members,
				count(*) filter (where attachment.counted_as = 'sympathiser') as sympathisers
			from territory.attachment where attachment.until is null group by attachment.unit_id),
		total as (
			select above.id, sum(own.members)::int as members, sum(own.sympathisers)::int as sympathisers
			from own join territory.unit as home on home.id = own.unit_id
			cross join lateral unnest(home.ancestors) as above(id) group by above.id)
		update territory.unit set member_count = coalesce(total.members, 0), sympathiser_count = coalesce(total.sympathisers, 0)
		from territory.unit as same left join total on total.id = same.id
		where same.id = unit.id and (unit.member_count, unit.sympathiser_count)
			is distinct from (coalesce(total.members, 0), coalesce(total.sympathisers, 0))`);
}
