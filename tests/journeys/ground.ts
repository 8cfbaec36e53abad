import { join } from 'node:path';
import { frenchZones, loadZones, type Zone } from '#domains/territory/index.ts';
import { asSystem, closeDatabase } from '#platform/db.ts';
import { startEmbedded } from '#platform/embedded/index.ts';
import { migrate } from '#platform/migrate.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import type { Site } from './site.ts';

/**
 * Adds Paris and a rural department to the invented places of a demonstration: its own page only knows the zones that
 * are there. A department is given to the section of Montclairval; communes are chosen by page.
 */
export async function addRealPlaces({ folder }: Site): Promise<void> {
	const database = await startEmbedded({ dataFolder: join(folder, 'database') });
	const { appUrl, systemUrl } = await migrate(database.url, { secretsFolder: join(folder, 'secrets') });
	Object.assign(process.env, { COOPOL_APP_URL: appUrl, COOPOL_SYSTEM_URL: systemUrl });
	try {
		const zones = await Array.fromAsync(inside(['75', '04']));
		await asSystem('test', async (tx) => {
			await loadZones(tx, zones);
			await tx.run(sql`insert into territory.coverage (unit_id, zone_id)
				select ${idOf('montclairval')}::uuid, zone.id from territory.zone
				where zone.kind = 'department' and zone.code = '04'`);
		});
	} finally {
		await closeDatabase();
		await database.stop();
	}
}

/** These departments, with what is above and below them. */
async function* inside(departments: string[]): AsyncGenerator<Zone> {
	const all = await Array.fromAsync(frenchZones());
	const chosen = all.filter(({ kind, code }) => kind === 'department' && departments.includes(code));
	const regions = chosen.map(({ parentCode }) => parentCode);
	const kept = new Set(chosen.map(({ kind, code }) => `${kind} ${code}`));
	for (const zone of all) {
		const isAbove = zone.kind === 'region' && regions.includes(zone.code);
		const isBelow = kept.has(`${zone.parentKind} ${zone.parentCode}`);
		if (isBelow) kept.add(`${zone.kind} ${zone.code}`);
		if (isAbove || isBelow || kept.has(`${zone.kind} ${zone.code}`)) yield zone;
	}
}
