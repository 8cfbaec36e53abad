import * as v from 'valibot';
import { record } from '#platform/audit.ts';
import { read, write } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { units } from '../policy.ts';
import { communesLike } from '../zones/index.ts';

/** Says which zones a unit covers, all of them. Throws Invalid for a zone that does not exist. */
export const setCoverage = (viewer: Viewer, unitId: string, zoneIds: readonly string[]) =>
	write(viewer, async (tx) => {
		await units.guard(tx, viewer, 'arrange', unitId);
		const wanted = [...new Set(zoneIds)];
		const known = await tx.many(sql`select id from territory.zone where id = any (${list(wanted, 'text')})`);
		if (known.length < wanted.length) throw invalidField('zones', 'territory.zone_unknown');
		await tx.run(
			sql`delete from territory.coverage where unit_id = ${unitId}::uuid and not zone_id = any (${list(wanted, 'text')})`,
		);
		await tx.run(
			sql`insert into territory.coverage (unit_id, zone_id) select ${unitId}::uuid, unnest(${list(wanted, 'text')}) on conflict do nothing`,
		);
		await record(tx, {
			actorId: viewer.id,
			act: 'territory.cover_zones',
			subject: 'unit',
			subjectId: unitId,
			unitId,
			detail: { zones: wanted.length },
		});
	});

/** Zones kept, and one commune more: chosen in the list, or typed where no script runs. */
export const CoverForm = v.object({
	zones: v.optional(v.array(v.pipe(v.string(), v.maxLength(60, 'territory.zone_unknown'))), []),
	commune: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(100, 'territory.zone_unknown')), ''),
});

/** Does what the form asks; a commune typed by hand must have one answer. Throws Invalid at the field. */
export async function coverZones(
	viewer: Viewer,
	unitId: string,
	{ zones, commune }: v.InferOutput<typeof CoverForm>,
): Promise<void> {
	const chosen = zones.filter(Boolean);
	const isChosen = zones.at(-1) !== '' || !commune;
	const found = isChosen ? [] : await read(viewer, (tx) => communesLike(tx, commune));
	if (!isChosen && !found[0]) throw invalidField('zones', 'territory.zone_unknown');
	await setCoverage(viewer, unitId, found[0] ? [...chosen, found[0].id] : chosen);
}
