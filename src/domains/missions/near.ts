import { communeAt, homeAndAbove, type Item, type Ring, ringOf } from '#domains/events/index.ts';
import { read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { missions } from './policy.ts';

const AT_MOST = 60;
const covered = sql`(select coverage.zone_id from territory.coverage where coverage.unit_id = mission.unit_id)`;
/** Of a unit that covers one commune, that commune: of a wider one, nobody knows where. */
const communeOfUnit = communeAt(sql`(select min(coverage.zone_id) from territory.coverage
	where coverage.unit_id = mission.unit_id having count(*) = 1)`);

interface NearMission {
	id: string;
	title: string;
	place: string;
	unit: string;
	startsAt: Date;
	ring: Ring;
	at: Item['at'];
}

/** Missions to come around a person, by how close the ground of their unit is; `tag` is what the list calls them. */
export const missionsNearby = (viewer: Viewer, tag: string): Promise<Item[]> =>
	read(viewer, async (tx) => {
		const found = await tx.many<NearMission>(sql`with recursive ${homeAndAbove(viewer)}
			select mission.id, mission.title, mission.place, unit.name as unit, mission.starts_at as "startsAt",
				${ringOf(sql`zone.id in ${covered}`)} as ring, ${communeOfUnit} as at
			from missions.mission join territory.unit on unit.id = mission.unit_id
			where mission.state = 'open' and mission.ends_at > now() and ${missions.see(viewer)}
			order by mission.starts_at, mission.id limit ${AT_MOST}`);
		return found.map(({ place, unit, ...one }) => ({
			...one,
			tag,
			href: `/missions/${one.id}`,
			where: [place, one.at?.name, unit].filter((part): part is string => Boolean(part)),
		}));
	});
