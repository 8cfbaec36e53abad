import {
	completeUnits,
	frenchZones,
	inventedZones,
	loadZones,
	putUnits,
	type UnitRow,
	type Zone,
	zoneId,
} from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { house } from '#platform/house.ts';
import { list, sql } from '#platform/sql.ts';
import type { Counts, Import } from '../model.ts';
import { rememberBefore } from './changes.ts';

const BATCH = 2_000;
let read: Promise<Zone[]> | undefined;

/** The zones of this organisation: France, or the demonstration's own invented places. */
export async function zonesHere(_system: 'house'): Promise<Zone[]> {
	if ((await house()).demo) return inventedZones();
	read ??= Array.fromAsync(frenchZones());
	return read;
}

/** Forgets the zones read: they are large, and needed once. */
export const forgetZones = () => {
	read = undefined;
};

/** Which kind of unit stands for a region and for a department; '' makes none. */
export interface Layers {
	region: string;
	department: string;
}

/** Writes the next zones, or, once they are all there, the units. Gives what was made, null at the end. Runs as the house. */
export async function layNext(tx: Tx, one: Import): Promise<{ done: number; counts: Counts } | null> {
	const zones = await zonesHere('house');
	if (one.done < zones.length) {
		const batch = zones.slice(one.done, one.done + BATCH);
		await loadZones(tx, batch);
		return { done: batch.length, counts: {} };
	}
	if (one.done > zones.length) return null;
	forgetZones();
	return { done: 1, counts: await layUnits(tx, one, zones) };
}

async function layUnits(tx: Tx, one: Import, zones: readonly Zone[]): Promise<Counts> {
	const { region, department } = one.mapping as unknown as Layers;
	const root = (
		await tx.one<{ code: string | null }>(
			sql`select code from territory.unit where id = ${one.unit_id}::uuid`,
		)
	)?.code;
	const top = root ?? 'national';
	if (!root) await completeUnits(tx, [{ id: one.unit_id, code: top, email: null }]);
	const rows = zones.flatMap((zone): UnitRow[] => {
		if (zone.kind === 'region' && region)
			return [
				{
					code: `REG-${zone.code}`,
					name: zone.name,
					kind: region,
					parent: top,
					zones: [zoneId('region', zone.code)],
				},
			];
		if (zone.kind !== 'department' || !department) return [];
		return [
			{
				code: `DEP-${zone.code}`,
				name: zone.name,
				kind: department,
				parent: region ? `REG-${zone.parentCode}` : top,
				zones: [zoneId('department', zone.code)],
			},
		];
	});
	const before = new Set(
		(
			await tx.many<{ code: string }>(
				sql`select code from territory.unit where code = any (${list(
					rows.map(({ code }) => code),
					'text',
				)})`,
			)
		).map(({ code }) => code),
	);
	const fresh = rows.filter(({ code }) => !before.has(code));
	const { ids } = await putUnits(tx, fresh);
	await rememberBefore(
		tx,
		one.id,
		'unit',
		fresh.map(({ code }) => ({ id: ids.get(code)!, before: null })),
	);
	return { created: fresh.length, same: before.size };
}
