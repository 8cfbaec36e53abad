import { circles } from '#domains/groups/index.ts';
import { record } from '#platform/audit.ts';
import { read, type Tx } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { ofGroups, ofUnits, type Visibility } from './policy-names.ts';

/** A group where one plans. */
export interface PlanningGroup {
	id: string;
	name: string;
	/** To whom what is planned there may be shown, by this viewer. */
	shown: readonly Visibility[];
}

interface Bounds {
	name: string;
	isOpen: boolean;
	leads: boolean;
}

const boundsOf = (tx: Tx, viewer: Viewer, groupId: string) =>
	tx.one<Bounds & { plans: boolean }>(sql`select circle.name, circle.visibility = 'open' as "isOpen",
			${circles.lead(viewer)} as leads, ${circles.plan(viewer)} as plans
		from groups.circle where circle.id = ${groupId}::uuid and ${circles.see(viewer)}`);

/** A closed group shows to its people only; an open one to the network; outside, if who leads it says so. */
const shownBy = ({ isOpen, leads }: Bounds): readonly Visibility[] =>
	ofGroups.filter((one) => one === 'group' || (isOpen && (one === 'network' || leads)));

/** The group where the viewer may plan something, if they may. */
export const planningIn = (viewer: Viewer, groupId: string): Promise<PlanningGroup | null> =>
	read(viewer, async (tx) => {
		const bounds = await boundsOf(tx, viewer, groupId);
		return bounds?.plans ? { id: groupId, name: bounds.name, shown: shownBy(bounds) } : null;
	});

/** The groups of the viewer where they may plan, by name. */
export const planningGroups = (viewer: Viewer): Promise<{ id: string; name: string }[]> =>
	read(viewer, (tx) =>
		tx.many(sql`select circle.id, circle.name from groups.circle
			where circle.id in (select seat.circle_id from groups.seat where seat.person_id = ${viewer.id}::uuid)
				and ${circles.plan(viewer)} order by circle.name, circle.id limit 30`),
	);

/** To whom an event may be shown by who changes it: what it says already is never refused. */
export async function visibilitiesFor(
	tx: Tx,
	viewer: Viewer,
	groupId: string | null,
	now?: string,
): Promise<readonly Visibility[]> {
	const bounds = groupId && (await boundsOf(tx, viewer, groupId));
	const shown = groupId ? (bounds ? shownBy(bounds) : (['group'] as const)) : ofUnits;
	return now && !shown.includes(now as Visibility) ? [...shown, now as Visibility] : shown;
}

/** Throws Invalid for an event shown wider, or otherwise, than who organises it may. */
export async function checkShown(
	tx: Tx,
	viewer: Viewer,
	{ visibility, groupId, was }: { visibility: Visibility; groupId: string | null; was?: string },
): Promise<void> {
	if (!(await visibilitiesFor(tx, viewer, groupId, was)).includes(visibility))
		throw invalidField('visibility', 'events.visibility_group');
}

/** Of which unit the journal says what is done with an event: the one that organises, or that answers for an official group. */
export const answering = sql`coalesce(event.unit_id,
	(select circle.unit_id from groups.circle where circle.id = event.group_id))`;

/** Writes in the journal what is done with an event in the name of a unit; what a group's people do among themselves is theirs. */
export async function note(tx: Tx, viewer: Viewer, act: string, id: string, reason = ''): Promise<void> {
	const row = await tx.one<{ unitId: string | null }>(
		sql`select ${answering} as "unitId" from events.event where event.id = ${id}::uuid`,
	);
	if (row?.unitId)
		await record(tx, {
			actorId: viewer.id,
			act,
			subject: 'event',
			subjectId: id,
			unitId: row.unitId,
			reason,
		});
}
