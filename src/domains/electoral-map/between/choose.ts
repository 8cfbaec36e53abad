import type * as v from 'valibot';
import type { Act } from '#platform/audit.ts';
import type { Tx } from '#platform/db.ts';
import { conflict, invalid, invalidField, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { doAlone } from '../acting.ts';
import { communeOf } from '../ground/keys.ts';
import { communesOf } from '../pages/where.ts';
import { changesOf } from './changes.ts';
import type { AssignForm, ChooseForm } from './forms.ts';
import { answered, selections } from './policy.ts';
import { selectionOf } from './selections.ts';
import { coveringUnits } from './where.ts';

const actOf = (act: string, id: string, more: Partial<Act> = {}) => ({
	act: `electoral-map.${act}`,
	subject: 'selection',
	subjectId: id,
	...more,
});

/**
 * Keeps stations of a ground that this person answers for, the most votes in reserve first, each with the section whose
 * ground it is; gives the id. Nobody else sees it before it is published. Throws NotFound, Invalid.
 */
export async function choose(viewer: Viewer, input: v.InferOutput<typeof ChooseForm>): Promise<string> {
	const asked = { at: input.unit, election: input.election, before: null };
	const { lines, election } = await changesOf(viewer, asked);
	const chosen = lines.filter(({ key }) => input.station.includes(key));
	if (!chosen.length || election?.id !== input.election)
		throw invalidField('station', 'electoral-map.selection_unknown');
	const id = newId();
	let sections: Awaited<ReturnType<typeof coveringUnits>>;
	const doing = {
		may: async (tx: Tx) => {
			await answered.guard(tx, viewer, 'see', input.unit);
			const communes = new Set((await communesOf(tx, viewer, input.unit)).map(({ code }) => code));
			if (!chosen.every(({ key }) => communes.has(communeOf(key)))) throw notFound();
			sections = await coveringUnits(tx, input.unit, [...communes]);
			return true;
		},
		act: actOf('select', id, { unitId: input.unit, detail: { stations: chosen.length } }),
	};
	const first = await doAlone(viewer, doing, async (tx) => {
		await tx.run(sql`insert into electoral_map.selection (id, name, election, unit_id)
			values (${id}::uuid, ${input.name}, ${input.election}, ${input.unit}::uuid)`);
		await tx.run(sql`insert into electoral_map.selected (selection_id, key, commune, rank, reserve, unit_id)
			select ${id}::uuid, key, split_part(key, '_', 1), rank, reserve, unit_id
			from unnest(${chosen.map(({ key }) => key)}::text[],
				${chosen.map(({ reserve }) => (reserve === null ? null : Math.round(reserve)))}::int[],
				${chosen.map(({ key }) => sections.get(communeOf(key))?.[0]?.id ?? null)}::uuid[])
				with ordinality as row (key, reserve, unit_id, rank)`);
		return id;
	});
	return first ?? id;
}

/** Says which section goes to which station. Throws NotFound, Conflict once it is published, Invalid. */
export async function assign(
	viewer: Viewer,
	id: string,
	{ station, section }: v.InferOutput<typeof AssignForm>,
): Promise<void> {
	const given = station.map((key, at) => ({ key, unit: section[at] || null }));
	const doing = {
		may: async (tx: Tx) => {
			const one = await held(tx, viewer, id);
			if (one.state === 'published') throw conflict('electoral-map.selection_published_already');
			const offered = await coveringUnits(tx, one.unit_id, [...new Set(station.map(communeOf))]);
			const wrong = given.findIndex(
				({ key, unit }) => unit && !offered.get(communeOf(key))?.some((known) => known.id === unit),
			);
			if (wrong >= 0) throw invalid({ field: `section.${wrong}`, key: 'electoral-map.selection_no_section' });
			return true;
		},
		act: actOf('assign', id, { detail: { stations: given.filter(({ unit }) => unit).length } }),
	};
	await doAlone(viewer, doing, (tx) =>
		tx.run(sql`update electoral_map.selected set unit_id = row.unit
			from unnest(${given.map(({ key }) => key)}::text[], ${given.map(({ unit }) => unit)}::uuid[]) as row (key, unit)
			where selected.selection_id = ${id}::uuid and selected.key = row.key`),
	);
}

/** The row behind an act, locked. */
async function held(tx: Tx, viewer: Viewer, id: string) {
	await selections.guard(tx, viewer, 'see', id);
	const one = await selectionOf(tx, viewer, id);
	if (!one) throw notFound();
	return one;
}

/**
 * Shows the stations to the sections they are given to, whose officers are told; pressed twice, it is done once. Throws
 * NotFound, Invalid when no station is given to anybody.
 */
export async function publishTargets(viewer: Viewer, id: string): Promise<void> {
	const doing = {
		may: async (tx: Tx) => {
			const one = await held(tx, viewer, id);
			if (one.state === 'published') return false;
			const units = await tx.many<{
				id: string;
			}>(sql`select distinct unit_id as id from electoral_map.selected
				where selected.selection_id = ${id}::uuid and selected.unit_id is not null`);
			if (!units.length) throw invalidField('', 'electoral-map.selection_unassigned');
			for (const unit of units)
				await announce(tx, 'electoral-map.targets_given', {
					subjectId: id,
					unitId: unit.id,
					byId: viewer.id,
				});
			return true;
		},
		act: actOf('publish', id),
	};
	await doAlone(viewer, doing, (tx) =>
		tx.run(sql`update electoral_map.selection set state = 'published', published_at = now()
			where selection.id = ${id}::uuid`),
	);
}

/** Takes the stations back: sections see them no more, notices disappear. They can be published again. Throws NotFound. */
export async function withdrawTargets(viewer: Viewer, id: string): Promise<void> {
	const doing = {
		may: async (tx: Tx) => (await held(tx, viewer, id)).state === 'published',
		act: actOf('withdraw', id),
	};
	await doAlone(viewer, doing, (tx) =>
		tx.run(sql`update electoral_map.selection set state = 'withdrawn' where selection.id = ${id}::uuid`),
	);
}
