import { record } from '#platform/audit.ts';
import { write } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { units } from '../policy.ts';

/** Says which zones a unit covers, all of them. Throws Invalid for a zone that does not exist. */
export const setCoverage = (viewer: Viewer, unitId: string, zoneIds: readonly string[]) =>
	write(viewer, async (tx) => {
		await units.guard(tx, viewer, 'arrange', unitId);
		const wanted = [...new Set(zoneIds)];
		const known = await tx.many(sql`select id from territory.zone where id = any (${list(wanted, 'text')})`);
		if (known.length < wanted.length) throw invalidField('zones', 'territory.zone_unknown');
		await tx.run(sql`delete from territory.coverage where unit_id = ${unitId}::uuid and not zone_id = any (${list(wanted, 'text')})`);
		await tx.run(sql`insert into territory.coverage (unit_id, zone_id) select ${unitId}::uuid, unnest(${list(wanted, 'text')}) on conflict do nothing`);
		await record(tx, { actorId: viewer.id, act: 'territory.cover_zones', subject: 'unit', subjectId: unitId, unitId, detail: { zones: wanted.length } });
	});

