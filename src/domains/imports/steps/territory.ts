import * as v from 'valibot';
import { record } from '#platform/audit.ts';
import { asSystemOnce, read } from '#platform/db.ts';
import { conflict, invalidField, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { zonesHere } from '../run/territory.ts';
import { scopeFor } from './start.ts';

const kind = v.pipe(v.string(), v.maxLength(60, 'imports.kind_unknown'));
export const LayForm = v.object({ region: v.optional(kind, ''), department: v.optional(kind, '') });

/** A kind of unit that the territory may give units of. */
export interface LayKind {
	key: string;
	name: { fr: never; en: never };
	depth: number;
}

/** The kinds below the root, highest first, and what is laid already. */
export const layChoices = async (viewer: Viewer) => {
	await rootScope(viewer);
	return read(viewer, async (tx) => ({
		kinds: await tx.many<LayKind>(sql`select key, name, depth from territory.unit_kind
			where depth < (select max(top.depth) from territory.unit_kind as top) order by depth desc`),
		zones: (await tx.one<{ n: number }>(sql`select count(*)::int as n from territory.zone`))!.n,
	}));
};

/** Laying a whole country is for who makes units at the root. */
async function rootScope(viewer: Viewer) {
	const scope = await scopeFor(viewer, 'territory', '');
	if (!scope.root) throw notFound();
	return scope;
}

/** Loads the territory (France, or the demonstration's) and makes its units in one action; gives the import's id. Throws NotFound, Invalid, Conflict. */
export async function layTerritory(
	viewer: Viewer,
	{ region, department }: v.InferOutput<typeof LayForm>,
): Promise<string> {
	const scope = await rootScope(viewer);
	const { kinds } = await layChoices(viewer);
	const depthOf = (key: string) => kinds.find((one) => one.key === key)?.depth;
	for (const [field, key] of Object.entries({ region, department }))
		if (key && depthOf(key) === undefined) throw invalidField(field, 'imports.kind_unknown');
	if (region && department && depthOf(region)! <= depthOf(department)!)
		throw invalidField('department', 'imports.kind_order');
	const total = (await zonesHere('house')).length + 1;
	return asSystemOnce(viewer, 'imports', async (tx) => {
		await tx.run(sql`select pg_advisory_xact_lock(hashtext('imports'), hashtext('territory'))`);
		const busy = await tx.one(
			sql`select 1 as found from imports.import where import.kind = 'territory' and import.state in ('running', 'undoing')`,
		);
		if (busy) throw conflict('imports.laying_already');
		await mustFit(tx, scope.id, region, department);
		const id = newId();
		await tx.run(sql`insert into imports.import (id, kind, by_id, unit_id, mapping, state, total, started_at, beat_at)
			values (${id}, 'territory', ${viewer.id}::uuid, ${scope.id}::uuid, ${JSON.stringify({ region, department })}::jsonb, 'running', ${total}, clock_timestamp(), now())`);
		await record(tx, {
			actorId: viewer.id,
			act: 'imports.lay_territory',
			subject: 'import',
			subjectId: id,
			unitId: scope.id,
		});
		await enqueue(tx, 'imports.run', { id });
		return id;
	});
}

async function mustFit(
	tx: Parameters<Parameters<typeof read>[1]>[0],
	rootId: string,
	region: string,
	department: string,
): Promise<void> {
	const fits = (parent: ReturnType<typeof sql>, child: string) =>
		tx.one(sql`select 1 as found from territory.unit_kind_child as fit
		join territory.unit_kind as below on below.id = fit.child_id where fit.parent_id = ${parent} and below.key = ${child}`);
	const rootKind = sql`(select unit.kind_id from territory.unit where unit.id = ${rootId}::uuid)`;
	if (region && !(await fits(rootKind, region))) throw invalidField('region', 'imports.kind_misplaced');
	const above = region
		? sql`(select unit_kind.id from territory.unit_kind where unit_kind.key = ${region})`
		: rootKind;
	if (department && !(await fits(above, department)))
		throw invalidField('department', 'imports.kind_misplaced');
}
