import { read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type MissionCard, missionCards } from './queries.ts';

/** Missions that hold these words (French stems, accents ignored), those to come first, among those the viewer sees. */
export async function findMissions(viewer: Viewer, q: string, limit = 10): Promise<MissionCard[]> {
	const words = fold(q.slice(0, 200));
	if (!words) return [];
	return read(viewer, (tx) =>
		missionCards(tx, viewer, {
			where: sql`mission.id = any (array(select missions.holding(${words})))`,
			order: sql`(mission.state = 'open' and mission.ends_at > now()) desc, mission.starts_at desc`,
			limit,
		}),
	);
}
