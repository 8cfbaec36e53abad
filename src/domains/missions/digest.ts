import { unitsAbove } from '#domains/territory/index.ts';
import type { DigestSource } from '#platform/domain.ts';
import { sql } from '#platform/sql.ts';
import { missions } from './policy.ts';

const atMost = 3;

/** Open missions of one's units and of those above that still want people. Without an account, none: they are for who is in the network. */
export const digest: DigestSource = async (tx, { viewer, hasAccount, words, timeZone }) => {
	if (!hasAccount) return [];
	const rows = await tx.many<{ id: string; title: string; place: string; at: Date; left: number }>(sql`
		select mission.id, mission.title, mission.place, mission.starts_at as at, mission.needed - mission.enrolled as left
		from missions.mission
		where mission.state = 'open' and mission.starts_at > now() and mission.enrolled < mission.needed
			and mission.unit_id = any (${unitsAbove(viewer)})
			and not exists (select from missions.enrolment where enrolment.mission_id = mission.id
				and enrolment.person_id = ${viewer.id}::uuid and enrolment.left_at is null)
			and ${missions.see(viewer)}
		order by mission.starts_at, mission.id limit ${atMost}`);
	return rows.map(({ id, title, place, at, left }) => ({
		id,
		heading: 'missions.digest',
		text: words.say('missions.digest_line', {
			title,
			place,
			left,
			when: words.date(at, 'dateTime', { timeZone }),
		}),
		href: `/missions/${id}`,
		at,
	}));
};
