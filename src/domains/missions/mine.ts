import { read } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type MissionKind, missionKinds } from './input.ts';
import { callers, enrolments, isKept } from './policy.ts';

/** Something one did, for oneself alone. */
export interface Action {
	id: string;
	kind: MissionKind;
	title: string;
	place: string;
	unit: string;
	at: Date;
	/** What the mission counted, all together; never of one person. */
	people: number | null;
	doors: number | null;
	leaflets: number | null;
	state: 'coming' | 'waits' | 'done';
}

/** Kinds that are field work; they come first. */
const onTheGround = missionKinds.filter((kind) => kind !== 'other');

/**
 * Missions where the viewer is or was on the list, and did not miss: field work first, the most recent first. Read by
 * nobody else; nobody is ranked.
 */
export const actionsOf = (viewer: Viewer): Promise<Action[]> =>
	read(viewer, (tx) =>
		tx.many<Action>(sql`select mission.id, mission.kind, mission.title, mission.place, unit.name as unit,
				mission.starts_at as at, mission.people, mission.doors, mission.leaflets,
				case when mission.state = 'closed' then 'done' when mission.starts_at > now() then 'coming' else 'waits' end as state
			from missions.enrolment join missions.mission on mission.id = enrolment.mission_id
			join territory.unit on unit.id = mission.unit_id
			where ${enrolments.see(viewer)} and ${isKept(viewer)} and enrolment.left_at is null
				and enrolment.came is distinct from false and mission.state <> 'cancelled'
			order by (mission.kind = any (${list(onTheGround, 'text')})) desc, mission.starts_at desc, mission.id limit 200`),
	);

/** What a unit and those below counted in twelve months. */
export interface Tally {
	id: string;
	unit: string;
	missions: number;
	people: number;
	doors: number | null;
	leaflets: number;
}

/** Under so many doors, a number would point at a few homes. */
const fewestDoors = 10;

/**
 * For who answers for units: figures of each with what is below it, never of whom; only where something was counted.
 * Throws NotFound for who answers for none.
 */
export const talliesFor = (viewer: Viewer): Promise<Tally[]> =>
	read(viewer, async (tx) => {
		const answers = await tx.one(
			sql`select 1 as yes from territory.unit where ${callers.tally(viewer)} limit 1`,
		);
		if (!answers) throw notFound();
		return tx.many<Tally>(sql`select unit.id, unit.name as unit, count(mission.id)::int as missions,
				coalesce(sum(mission.people), 0)::int as people, coalesce(sum(mission.leaflets), 0)::int as leaflets,
				case when coalesce(sum(mission.doors), 0) >= ${fewestDoors} then sum(mission.doors)::int end as doors
			from territory.unit
			join territory.unit as below on unit.id = any (below.ancestors)
			join missions.mission on mission.unit_id = below.id and mission.state = 'closed'
				and mission.starts_at > now() - interval '12 months'
			where ${callers.tally(viewer)}
			group by unit.id, unit.name, unit.ancestors order by cardinality(unit.ancestors), unit.name limit 300`);
	});
