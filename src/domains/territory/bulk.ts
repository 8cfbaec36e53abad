import type { Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import { holdTree } from './units/arrange.ts';

/** Units as they are now, with the zones they cover, to be put back one day. Runs as the house. */
export const unitsBefore = (tx: Tx, ids: readonly string[]) =>
	tx.many<{ id: string; before: UnitBefore }>(sql`
	select unit.id, jsonb_build_object('name', unit.name, 'folded_name', unit.folded_name, 'code', unit.code, 'kind_id', unit.kind_id,
		'parent_id', unit.parent_id, 'contact_email', unit.contact_email, 'closed_at', unit.closed_at,
		'zones', array(select coverage.zone_id from territory.coverage where coverage.unit_id = unit.id)) as before
	from territory.unit where unit.id = any (${list(ids, 'uuid')})`);

/** Opaque to who keeps it. */
export type UnitBefore = Record<string, unknown>;

/** Gives units what a file says besides their place: address, and a code for those that had none; opens those it names again. */
export const completeUnits = (
	tx: Tx,
	rows: readonly { id: string; code: string | null; email: string | null }[],
) =>
	tx.run(sql`
	update territory.unit set code = coalesce(unit.code, given.code), contact_email = coalesce(given.email, unit.contact_email), closed_at = null
	from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, code text, email text)
	where unit.id = given.id and (unit.code is null or given.email is distinct from unit.contact_email or unit.closed_at is not null)`);

/** Puts units back as `unitsBefore` found them, and the whole tree with them. Runs as the house. */
export async function restoreUnits(
	tx: Tx,
	rows: readonly { id: string; before: UnitBefore }[],
): Promise<void> {
	await holdTree(tx);
	const kept = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as kept (id uuid, before jsonb)`;
	await tx.run(sql`update territory.unit set name = old.name, folded_name = old.folded_name, code = old.code, kind_id = old.kind_id,
			parent_id = old.parent_id, contact_email = old.contact_email, closed_at = old.closed_at
		from ${kept} cross join lateral jsonb_populate_record(null::territory.unit, kept.before) as old where unit.id = kept.id`);
	await tx.run(sql`delete from territory.coverage using ${kept} where coverage.unit_id = kept.id`);
	await tx.run(sql`insert into territory.coverage (unit_id, zone_id)
		select kept.id, jsonb_array_elements_text(kept.before->'zones') from ${kept} on conflict do nothing`);
	await tx.run(sql`
		with recursive tree as (
			select unit.id, array[unit.id] as path from territory.unit where unit.parent_id is null
			union all select unit.id, tree.path || unit.id from territory.unit join tree on unit.parent_id = tree.id)
		update territory.unit set ancestors = tree.path from tree where tree.id = unit.id and unit.ancestors <> tree.path`);
}

/**
 * Takes away units that a file made by mistake, lowest first: gone if nothing hangs on them, else closed and kept.
 * Gives the ids of those that were kept. Runs as the house.
 */
export async function dropUnits(tx: Tx, ids: readonly string[]): Promise<string[]> {
	await holdTree(tx);
	if (await tryDrop(tx, ids)) return [];
	const ordered = await tx.many<{
		id: string;
	}>(sql`select id from territory.unit where id = any (${list(ids, 'uuid')})
		order by cardinality(ancestors) desc`);
	const kept: string[] = [];
	for (const { id } of ordered) if (!(await tryDrop(tx, [id]))) kept.push(id);
	await tx.run(
		sql`update territory.unit set closed_at = coalesce(closed_at, now()) where id = any (${list(kept, 'uuid')})`,
	);
	return kept;
}

// People attached, officers named or children leave a unit in place; other domains' rows are told by the foreign keys.
async function tryDrop(tx: Tx, ids: readonly string[]): Promise<boolean> {
	await tx.run(sql`savepoint dropping`);
	try {
		await tx.run(sql`delete from territory.unit where id = any (${list(ids, 'uuid')})`);
		await tx.run(sql`release savepoint dropping`);
		return true;
	} catch (error) {
		if ((error as { code?: string }).code !== '23503') throw error;
		await tx.run(sql`rollback to savepoint dropping`);
		return false;
	}
}

/** Forgets where people belonged who are no more. Runs as the house; counts are repaired afterwards. */
export const dropAttachments = (tx: Tx, personIds: readonly string[]) =>
	tx.run(sql`delete from territory.attachment where person_id = any (${list(personIds, 'uuid')})`);
