import { belongsTo, holdsPower } from '#domains/territory/index.ts';
import { every, isPresent, policy, type Rule, some } from '#platform/policy.ts';
import { type Sql, sql } from '#platform/sql.ts';

const unit = sql`unit.id`;

/** Their own units, and all that stands below the office they answer for. */
const reaches = some(belongsTo(unit), holdsPower('unit.edit', unit));

/** Units whose ground this person may look at. */
export const grounds = policy(
	'territory.unit',
	{ see: every(isPresent, () => sql`unit.closed_at is null`, reaches) },
	'electoral-map.ground',
);

/** Zones and all that is inside them; of a town cut into arrondissements, the town. `id`. */
export const within = (zones: Sql) => sql`(with recursive covered (id) as (${zones}
	union select inside.id from covered cross join lateral (
		select zone.id from territory.zone where zone.parent_id = covered.id
		union all select zone.parent_id from territory.zone
			where zone.id = covered.id and zone.kind = 'municipal_arrondissement') as inside)
	select covered.id from covered)`;

/** Zones that units such as these (a condition on `unit`) cover: by name, or by the department or the region around them. `id`. */
export const coveredBy = (units: Sql) =>
	within(sql`select coverage.zone_id from territory.coverage
		join territory.unit on unit.id = coverage.unit_id where ${units}`);

const isCovered: Rule = (viewer) => sql`zone.id in ${coveredBy(grounds.see(viewer))}`;

/** Communes whose stations this person may look at; a station is seen as its commune is. */
export const places = policy('territory.zone', { see: every(isPresent, isCovered) }, 'electoral-map.place');
