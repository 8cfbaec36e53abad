import * as v from 'valibot';
import { record } from '#platform/audit.ts';
import { type Tx, write } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import type { Viewer } from '#platform/viewer.ts';
import { units } from '../policy.ts';
import { freeSlug } from './slug.ts';

const name = v.pipe(
	v.string(),
	v.trim(),
	v.minLength(2, 'territory.unit_name_short'),
	v.maxLength(120, 'territory.unit_name_long'),
);
const id = v.pipe(v.string(), v.uuid('territory.unit_choose'));

export const CreateForm = v.object({ name, kind: id });
export const RenameForm = v.object({ name });
export const MoveForm = v.object({ parent: id });

/** One who changes the shape of the tree at a time; those who count members wait too. Taken before any row. */
export const holdTree = (tx: Tx) => tx.run(sql`select pg_advisory_xact_lock(hashtext('territory tree'))`);

/** Makes a unit below another one; gives its id. Throws Invalid when this kind does not go there. */
export const createUnit = (
	viewer: Viewer,
	parentId: string,
	{ name: given, kind }: v.InferOutput<typeof CreateForm>,
) =>
	write(viewer, async (tx) => {
		await holdTree(tx);
		await units.guard(tx, viewer, 'createBelow', parentId);
		await mustFit(tx, parentId, kind, 'kind');
		const unitId = newId();
		await tx.run(sql`
			insert into territory.unit (id, kind_id, parent_id, ancestors, slug, name, folded_name)
			select ${unitId}, ${kind}::uuid, parent.id, parent.ancestors || ${unitId}::uuid, ${await freeSlug(tx, given)}, ${given}, ${fold(given)}
			from territory.unit as parent where parent.id = ${parentId}::uuid`);
		await record(tx, {
			actorId: viewer.id,
			act: 'territory.create_unit',
			subject: 'unit',
			subjectId: unitId,
			unitId: parentId,
		});
		await announce(tx, 'territory.unit_created', { unitId, parentId });
		return unitId;
	});

/** Gives a unit another name; its address stays, so that links hold. */
export const renameUnit = (
	viewer: Viewer,
	unitId: string,
	{ name: given }: v.InferOutput<typeof RenameForm>,
) =>
	write(viewer, async (tx) => {
		await units.guard(tx, viewer, 'createBelow', unitId);
		await tx.run(
			sql`update territory.unit set name = ${given}, folded_name = ${fold(given)} where id = ${unitId}::uuid`,
		);
		await record(tx, {
			actorId: viewer.id,
			act: 'territory.rename_unit',
			subject: 'unit',
			subjectId: unitId,
			unitId,
		});
	});

/** Puts a unit, with everything below, under another one. Throws Invalid when it would be its own ancestor or does not go there. */
export const moveUnit = (viewer: Viewer, unitId: string, { parent }: v.InferOutput<typeof MoveForm>) =>
	write(viewer, async (tx) => {
		await holdTree(tx);
		await units.guard(tx, viewer, 'arrange', unitId);
		await units.guard(tx, viewer, 'createBelow', parent);
		const moved = await tx.one<{ kind_id: string; circle: boolean; from: string | null }>(sql`
			select unit.kind_id, unit.parent_id as from, target.ancestors @> array[unit.id] as circle
			from territory.unit join territory.unit as target on target.id = ${parent}::uuid where unit.id = ${unitId}::uuid`);
		if (!moved || moved.circle) throw invalidField('parent', 'territory.unit_own_ancestor');
		await mustFit(tx, parent, moved.kind_id, 'parent');
		await count(tx, unitId, -1);
		await hang(tx, unitId, parent);
		await count(tx, unitId, 1);
		await record(tx, {
			actorId: viewer.id,
			act: 'territory.move_unit',
			subject: 'unit',
			subjectId: unitId,
			unitId: parent,
			detail: { from: moved.from },
		});
		await announce(tx, 'territory.unit_moved', { unitId, from: moved.from, to: parent });
	});

/** Rewrites, in one statement, where the whole branch hangs. */
const hang = (tx: Tx, unitId: string, parentId: string) =>
	tx.run(sql`
	update territory.unit set
		parent_id = case when unit.id = top.id then parent.id else unit.parent_id end,
		ancestors = parent.ancestors || unit.ancestors[cardinality(top.ancestors):]
	from territory.unit as top, territory.unit as parent
	where top.id = ${unitId}::uuid and parent.id = ${parentId}::uuid and unit.ancestors @> array[top.id]`);

/** Adds the people of a branch to the units above it, or takes them off. */
const count = (tx: Tx, unitId: string, sign: 1 | -1) =>
	tx.run(sql`
	update territory.unit set member_count = unit.member_count + ${sql.lit(sign)} * top.member_count,
		sympathiser_count = unit.sympathiser_count + ${sql.lit(sign)} * top.sympathiser_count
	from territory.unit as top where top.id = ${unitId}::uuid and unit.id = any (top.ancestors) and unit.id <> top.id`);

async function mustFit(tx: Tx, parentId: string, kindId: string, field: string): Promise<void> {
	const fits =
		await tx.one(sql`select 1 from territory.unit_kind_child join territory.unit on unit.kind_id = unit_kind_child.parent_id
		where unit.id = ${parentId}::uuid and unit_kind_child.child_id = ${kindId}::uuid`);
	if (!fits) throw invalidField(field, 'territory.unit_kind_misplaced');
}
