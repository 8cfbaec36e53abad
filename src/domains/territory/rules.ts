import type { Rule } from '#platform/policy.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';

/**
 * The viewer holds, now, an office (or a loan) with this power on the unit of this column or on one above it.
 * Offices act only once a second factor was given. Read from the terms themselves: an office ended a second ago gives nothing.
 */
export const holdsPower =
	(power: string, unit: Sql): Rule =>
	(viewer) =>
		viewer.secondFactor
			? sql`exists (select from territory.unit as reached where reached.id = ${unit}
			and reached.ancestors && array(select held_power.unit_id from territory.held_power
				where held_power.person_id = ${viewer.id}::uuid and held_power.power = ${power}))`
			: sql`false`;

/** The viewer holds, now, an office (or a loan) with this power on any unit: for what belongs to no unit. */
export const holdsPowerAnywhere =
	(power: string): Rule =>
	(viewer) =>
		viewer.secondFactor
			? sql`exists (select from territory.held_power
				where held_power.person_id = ${viewer.id}::uuid and held_power.power = ${power})`
			: sql`false`;

/** Ids of the viewer's units and of every unit above them. */
export const unitsAbove = (viewer: Viewer) => unitsAboveThose(list(viewer.units, 'uuid'));

/** Ids of these units (an array of ids) and of every unit above them. */
const unitsAboveThose = (units: Sql) => sql`array(select distinct unnest(above.ancestors)
	from territory.unit as above where above.id = any (${units}))`;

/** Of who asks on a live stream (`LiveTopic.asks`): ids of their units and of every unit above them. */
export const unitsOfAsker = unitsAboveThose(sql`asker.units`);

/** The viewer is attached to exactly this unit. */
export const belongsTo =
	(unit: Sql): Rule =>
	(viewer) =>
		viewer.units.length ? sql`${unit} = any (${list(viewer.units, 'uuid')})` : sql`false`;

/** The viewer is attached to this unit or to one below it: what a unit tells its people. */
export const belongsBelow =
	(unit: Sql): Rule =>
	(viewer) =>
		viewer.units.length ? sql`${unit} = any (${unitsAbove(viewer)})` : sql`false`;

/**
 * For thirty days after a handover, the former holder reads what the office read on the unit and below:
 * for rules of reading only, never of writing.
 */
export const readsAfterHandover =
	(unit: Sql): Rule =>
	(viewer) =>
		viewer.secondFactor
			? sql`exists (select from territory.handover join territory.unit as reached on reached.id = ${unit}
				where handover.from_id = ${viewer.id}::uuid and handover.unit_id = any (reached.ancestors)
					and handover.confirmed_at > now() - interval '30 days')`
			: sql`false`;
