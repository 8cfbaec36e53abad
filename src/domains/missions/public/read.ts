import { read } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import { type Viewer, visitor } from '#platform/viewer.ts';
import type { MissionKind } from '../input.ts';
import { missions } from '../policy.ts';

/** A mission as anybody reads it: no name of anybody. */
export interface PublicMission {
	id: string;
	kind: MissionKind;
	title: string;
	text: string;
	place: string;
	unit: { name: string; slug: string };
	startsAt: Date;
	endsAt: Date;
	needed: number;
	enrolled: number;
	state: 'open' | 'closed' | 'cancelled';
	reason: string;
	mayVisit: boolean;
}

/** A public mission. Throws NotFound for all others, whoever asks. */
export const showPublicMission = (id: string): Promise<PublicMission> => readOpen(visitor, id);

const readOpen = (viewer: Viewer, id: string): Promise<PublicMission> =>
	read(viewer, async (tx) => {
		const one =
			await tx.one<PublicMission>(sql`select mission.id, mission.kind, mission.title, mission.text, mission.place,
				jsonb_build_object('name', unit.name, 'slug', unit.slug) as unit, mission.starts_at as "startsAt",
				mission.ends_at as "endsAt", mission.needed, mission.enrolled, mission.state, mission.cancel_reason as reason,
				${missions.visit(viewer)} as "mayVisit"
			from missions.mission join territory.unit on unit.id = mission.unit_id
			where mission.id = ${id}::uuid and ${missions.see(viewer)}`);
		if (!one) throw notFound();
		return one;
	});
