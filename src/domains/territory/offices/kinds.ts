import * as v from 'valibot';
import { record } from '#platform/audit.ts';
import { type Tx, write } from '#platform/db.ts';
import { conflict, invalidField } from '#platform/errors.ts';
import { type HouseSettings, lexiconFrom } from '#platform/house.ts';
import { newId } from '#platform/ids.ts';
import { saveSetting } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Noun } from '../blueprint.ts';
import { id } from './fields.ts';
import { insist, lockStructure, tellAllRoles } from './guard.ts';
import { keyFrom, nounFields, nounFrom } from './naming.ts';
import { kinds } from './policy.ts';

const log = (
	tx: Tx,
	viewer: Viewer,
	act: string,
	kindId: string,
	detail: Record<string, string | number> = {},
) =>
	record(tx, {
		actorId: viewer.id,
		act: `territory.${act}`,
		subject: 'unit_kind',
		subjectId: kindId,
		detail,
	});

export const CreateKindForm = v.object({ ...nounFields, under: v.optional(v.string(), '') });

/** Adds a kind of unit, perhaps allowed under another. Forbidden without `kinds.edit` at the top. */
export const createKind = (viewer: Viewer, { under, ...typed }: v.InferOutput<typeof CreateKindForm>) =>
	write(viewer, async (tx) => {
		await lockStructure(tx);
		await insist(tx, viewer, kinds.edit, kinds.see);
		const name = nounFrom(typed);
		const kindId = newId();
		await tx.run(sql`insert into territory.unit_kind (id, key, name, depth, position)
			select ${kindId}, ${await freeKey(tx, keyFrom(name.fr.one_f))}, ${JSON.stringify(name)}::jsonb, 0, coalesce(max(position), 0) + 1
			from territory.unit_kind`);
		if (under) await allowUnder(tx, under, kindId);
		await redepth(tx);
		await log(tx, viewer, 'create_kind', kindId, { name: name.fr.one_f });
		return kindId;
	});

async function freeKey(tx: Tx, wanted: string): Promise<string> {
	const taken = new Set(
		(await tx.many<{ key: string }>(sql`select key from territory.unit_kind`)).map(({ key }) => key),
	);
	let key = wanted;
	for (let n = 2; taken.has(key); n++) key = `${wanted}_${n}`;
	return key;
}

async function allowUnder(tx: Tx, parentId: string, childId: string): Promise<void> {
	const made = await tx.run(sql`insert into territory.unit_kind_child (parent_id, child_id)
		select unit_kind.id, ${childId}::uuid from territory.unit_kind where unit_kind.id::text = ${parentId}`);
	if (!made) throw invalidField('under', 'territory.kind_unknown');
}

export const EditKindForm = v.object({ ...nounFields, kind: id, children: v.optional(v.array(id), []) });

/**
 * Renames a kind and says which kinds may stand under it. Invalid when a circle would appear,
 * or when units already stand as would no longer be allowed.
 */
export const editKind = (viewer: Viewer, { kind, children, ...typed }: v.InferOutput<typeof EditKindForm>) =>
	write(viewer, async (tx) => {
		await lockStructure(tx);
		await kinds.guard(tx, viewer, 'edit', kind);
		const name = nounFrom(typed);
		await renameWord(tx, viewer, kind, name);
		await tx.run(
			sql`update territory.unit_kind set name = ${JSON.stringify(name)}::jsonb where unit_kind.id = ${kind}::uuid`,
		);
		await refuseUsed(tx, kind, children);
		await tx.run(sql`delete from territory.unit_kind_child where unit_kind_child.parent_id = ${kind}::uuid`);
		await tx.run(sql`insert into territory.unit_kind_child (parent_id, child_id)
			select ${kind}::uuid, unit_kind.id from territory.unit_kind where unit_kind.id = any (${[...children]}::uuid[])`);
		await refuseCircle(tx);
		await redepth(tx);
		await log(tx, viewer, 'edit_kind', kind, { name: name.fr.one_f, children: children.length });
	});

/** Where the house calls one's own place by the name of this level ("ta section"), its word follows the level's new name. */
async function renameWord(tx: Tx, viewer: Viewer, kindId: string, name: Noun): Promise<void> {
	const kind = await tx.one<{ name: Noun }>(
		sql`select unit_kind.name from territory.unit_kind where unit_kind.id = ${kindId}::uuid`,
	);
	const stored = await tx.one<{ value: Partial<HouseSettings> }>(
		sql`select setting.value from platform.setting where setting.key = 'organisation' for update`,
	);
	if (!stored || lexiconFrom(stored.value).unit?.fr.one_f !== kind?.name.fr.one_f) return;
	const lexicon = { ...stored.value.lexicon, unit: name };
	await saveSetting(tx, 'organisation', { ...stored.value, lexicon }, viewer.id);
}

async function refuseUsed(tx: Tx, kind: string, children: string[]): Promise<void> {
	const { n } = (await tx.one<{ n: number }>(sql`select count(*)::int as n
		from territory.unit join territory.unit as parent on parent.id = unit.parent_id
		join territory.unit_kind_child as allowed on allowed.parent_id = parent.kind_id and allowed.child_id = unit.kind_id
		where parent.kind_id = ${kind}::uuid and not (unit.kind_id = any (${[...children]}::uuid[]))`))!;
	if (n) throw invalidField('children', 'territory.kind_child_used', { n });
}

async function refuseCircle(tx: Tx): Promise<void> {
	const circle = await tx.one(sql`with recursive below (top, id) as (
			select parent_id, child_id from territory.unit_kind_child
			union select below.top, next.child_id from below join territory.unit_kind_child as next on next.parent_id = below.id)
		select 1 as circle from below where below.top = below.id limit 1`);
	if (circle) throw invalidField('children', 'territory.kind_circle');
}

/** The drawn level of each kind: how many kinds may stand under it, one below the other. */
async function redepth(tx: Tx): Promise<void> {
	await tx.run(sql`with recursive path (id, depth) as (
			select id, 0 from territory.unit_kind
			union select link.parent_id, path.depth + 1 from path join territory.unit_kind_child as link on link.child_id = path.id)
		update territory.unit_kind set depth = deepest.depth
		from (select id, max(depth) as depth from path group by id) as deepest
		where deepest.id = unit_kind.id and unit_kind.depth <> deepest.depth`);
}

export const MoveLineForm = v.object({ id, direction: v.picklist(['up', 'down'], 'app.invalid_value') });

/** Moves a kind one place in the list; at the end of the list nothing happens. */
export const moveKind = (viewer: Viewer, { id: kindId, direction }: v.InferOutput<typeof MoveLineForm>) =>
	write(viewer, async (tx) => {
		await lockStructure(tx);
		await kinds.guard(tx, viewer, 'edit', kindId);
		const order = (
			await tx.many<{ id: string }>(sql`select id from territory.unit_kind order by position, id`)
		).map((kind) => kind.id);
		if (!swap(order, kindId, direction)) return;
		await tx.run(
			sql`update territory.unit_kind set position = array_position(${order}::uuid[], unit_kind.id)`,
		);
		await log(tx, viewer, 'move_kind', kindId, { direction });
	});

/** Exchanges one entry with its neighbour, in place; false at the end of the list, or for who is not in it. */
export function swap(order: string[], one: string, direction: 'up' | 'down'): boolean {
	const from = order.indexOf(one);
	const to = direction === 'up' ? from - 1 : from + 1;
	if (from < 0 || to < 0 || to >= order.length) return false;
	[order[from], order[to]] = [order[to]!, order[from]!];
	return true;
}

export const RemoveKindForm = v.object({ kind: id });

/** Removes a kind that no unit ever had, with its offices. Throws Conflict while units are of this kind. */
export const removeKind = (viewer: Viewer, { kind }: v.InferOutput<typeof RemoveKindForm>) =>
	write(viewer, async (tx) => {
		await lockStructure(tx);
		await kinds.guard(tx, viewer, 'edit', kind);
		const used = await tx.one(
			sql`select 1 as used from territory.unit where unit.kind_id = ${kind}::uuid limit 1`,
		);
		if (used) throw conflict('territory.kind_has_units');
		await tx.run(
			sql`delete from territory.unit_kind_child where ${kind}::uuid in (unit_kind_child.parent_id, unit_kind_child.child_id)`,
		);
		await tx.run(sql`delete from territory.office where office.kind_id = ${kind}::uuid`);
		await tx.run(sql`delete from territory.unit_kind where unit_kind.id = ${kind}::uuid`);
		await redepth(tx);
		await log(tx, viewer, 'remove_kind', kind);
		await tellAllRoles(tx);
	});
