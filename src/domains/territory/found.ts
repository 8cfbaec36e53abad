import { layTypes } from '#domains/people/index.ts';
import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { list, sql } from '#platform/sql.ts';
import type { Blueprint, KindPlan } from './blueprint.ts';

/**
 * Writes an organisation's structure: kinds of unit (each the child of the next one up), their offices, its memberships.
 * Runs as the house, once, on an empty structure. Gives the id of each kind by its key.
 */
export async function layStructure(tx: Tx, blueprint: Blueprint): Promise<Map<string, string>> {
	const ids = new Map(blueprint.kinds.map((kind) => [kind.key, newId()]));
	for (const [depth, kind] of blueprint.kinds.entries()) {
		await tx.run(sql`insert into territory.unit_kind (id, key, name, depth, position)
			values (${ids.get(kind.key)}, ${kind.key}, ${JSON.stringify(kind.name)}::jsonb, ${depth}, ${blueprint.kinds.length - depth})`);
		await layOffices(tx, ids.get(kind.key)!, kind);
		const below = blueprint.kinds[depth - 1];
		if (below)
			await tx.run(
				sql`insert into territory.unit_kind_child (parent_id, child_id) values (${ids.get(kind.key)}, ${ids.get(below.key)})`,
			);
	}
	await layTypes(tx, blueprint.memberships);
	return ids;
}

async function layOffices(tx: Tx, kindId: string, kind: KindPlan): Promise<void> {
	for (const [position, office] of kind.offices.entries()) {
		await tx.run(sql`insert into territory.office (id, kind_id, key, name, powers, leads, position) values (${newId()}, ${kindId},
			${office.key}, ${JSON.stringify(office.name)}::jsonb, ${list(office.powers, 'text')}, ${office.leads ?? false}, ${position})`);
	}
}
