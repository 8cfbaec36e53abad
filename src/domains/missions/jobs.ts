import { notify } from '#domains/notices/index.ts';
import { asSystem } from '#platform/db.ts';
import type { JobDefinition } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { mailGuests } from './public/mails.ts';
import { enrolledIds, whichOf } from './tell.ts';

/** Reminds, once, those who come to a mission that starts within a day. */
export const remind = (): Promise<void> =>
	asSystem('missions', async (tx) => {
		const soon = await tx.many<{ id: string; unit_id: string; title: string; starts_at: Date }>(sql`
			update missions.mission set reminded_at = now() where mission.state = 'open' and mission.reminded_at is null
				and mission.starts_at > now() and mission.starts_at <= now() + interval '1 day'
				and not exists (select from safety.hidden where hidden.kind = 'mission' and hidden.subject_id = mission.id)
			returning mission.id, mission.unit_id, mission.title, mission.starts_at`);
		for (const { id, unit_id, ...mission } of soon) {
			await mailGuests(tx, id, 'reminder');
			await notify(tx, {
				type: 'mission_tomorrow',
				to: await enrolledIds(tx, id),
				subjectId: id,
				unitId: unit_id,
				payload: await whichOf(mission),
			});
		}
	});

export const jobs: JobDefinition<never>[] = [
	// By day: nobody is woken.
	{
		name: 'missions.remind',
		policy: 'house',
		work: remind,
		every: '*/30 8-20 * * *',
	} as JobDefinition<never>,
];
