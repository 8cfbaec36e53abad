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
	const rows = rowsFor(zones, one.mapping as unknown as Layers, await rootCode(tx, one.unit_id));
	const codes = rows.map(({ code }) => code);
	const there = await tx.many<{ code: string }>(
		sql`select code from territory.unit where code = any (${list(codes, 'text')})`,
	);
	const before = new Set(there.map(({ code }) => code));
	const fresh = rows.filter(({ code }) => !before.has(code));
	const { ids } = await putUnits(tx, fresh);
	const made = fresh.map(({ code }) => ({ id: ids.get(code)!, before: null }));
	await rememberBefore(tx, one.id, 'unit', made);
	return { created: fresh.length, same: before.size };
}

/** The code of the root, given one if it had none: units are hung by code. */
async function rootCode(tx: Tx, id: string): Promise<string> {
	await completeUnits(tx, [{ id, code: 'national', email: null }]);
	return (await tx.one<{ code: string }>(sql`select code from territory.unit where id = ${id}::uuid`))!.code;
}

/** A unit for each region and each department, as the officer chose. */
function rowsFor(zones: readonly Zone[], { region, department }: Layers, top: string): UnitRow[] {
	const regions = zones
		.filter(({ kind }) => region && kind === 'region')
		.map(({ code, name }) => ({
			code: `REG-${code}`,
			name,
			kind: region,
			parent: top,
			zones: [zoneId('region', code)],
		}));
	const departments = zones
		.filter(({ kind }) => department && kind === 'department')
		.map(({ code, name, parentCode }) => ({
			code: `DEP-${code}`,
			name,
			kind: department,
			parent: region ? `REG-${parentCode}` : top,
			zones: [zoneId('department', code)],
		}));
	return [...regions, ...departments];
}
