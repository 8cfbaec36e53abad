import { type News, notify } from '#domains/notices/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { house } from '#platform/house.ts';
import type { Listener } from '#platform/jobs.ts';
import { every, type Rule } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import { missions } from './policy.ts';
import { type About, mailGuests } from './public/mails.ts';

const isSeen: Rule = (viewer) => sql`exists (select from missions.mission
	where mission.id = notice.subject_id and ${missions.see(viewer)})`;
/** It is not called off: nobody is reminded of it otherwise. */
const isStill: Rule = () => sql`exists (select from missions.mission
	where mission.id = notice.subject_id and mission.state <> 'cancelled')`;
// Told before the second factor: it says that somebody comes, and a mail asks for none. The list itself wants it.
const isLed: Rule = (viewer) =>
	viewer.id
		? sql`exists (select from missions.mission join territory.unit as placed on placed.id = mission.unit_id
			where mission.id = notice.subject_id and ((not mission.is_official and mission.by_id = ${viewer.id}::uuid)
				or placed.ancestors && array(select held_power.unit_id from territory.held_power
					where held_power.person_id = ${viewer.id}::uuid and held_power.power = 'mission.create')))`
		: sql`false`;

/** A notice about a mission lives as long as its reader sees it; who enrolled is told to who leads it. */
export const sights: Record<string, Rule> = {
	mission_enrolled: isLed,
	mission_visited: isLed,
	mission_changed: isSeen,
	mission_cancelled: isSeen,
	mission_closed: isSeen,
	mission_tomorrow: every(isSeen, isStill),
};

interface Told {
	missionId: string;
	/** Null for somebody without account. */
	byId: string | null;
}

interface Row {
	unit_id: string;
	title: string;
	starts_at: Date;
	by_id: string;
	is_official: boolean;
}

const rowOf = (tx: Tx, id: string) =>
	tx.one<Row>(
		sql`select mission.unit_id, mission.title, mission.starts_at, mission.by_id, mission.is_official from missions.mission where mission.id = ${id}::uuid`,
	);

/** Which mission a notice is about: the same place asks for many. */
export const whichOf = async ({ title, starts_at }: Pick<Row, 'title' | 'starts_at'>) => ({
	title,
	startsAt: starts_at.toISOString(),
	timeZone: (await house()).timeZone,
});

/** Who is on the list now, but for who was marked as not there. */
export const enrolledIds = async (tx: Tx, missionId: string): Promise<string[]> =>
	(
		await tx.many<{ id: string }>(sql`select enrolment.person_id as id from missions.enrolment
			where enrolment.mission_id = ${missionId}::uuid and enrolment.left_at is null
				and enrolment.came is distinct from false`)
	).map(({ id }) => id);

// Of an official mission, those who answer for its very unit, whoever wrote it.
const leadsOf = async (tx: Tx, { unit_id, by_id, is_official }: Row): Promise<string[]> =>
	is_official
		? (
				await tx.many<{ id: string }>(sql`select distinct held_power.person_id as id from territory.held_power
					where held_power.unit_id = ${unit_id}::uuid and held_power.power = 'mission.create'`)
			).map(({ id }) => id)
		: [by_id];

const toLeads =
	(type: string) =>
	async (tx: Tx, { missionId, byId }: Told): Promise<News[]> => {
		const row = await rowOf(tx, missionId);
		if (!row) return [];
		return [
			{
				type,
				to: await leadsOf(tx, row),
				byId,
				subjectId: missionId,
				unitId: row.unit_id,
				payload: await whichOf(row),
			},
		];
	};

const ofAll =
	(type: string) =>
	async (tx: Tx, { missionId, byId }: Told): Promise<News[]> => {
		const row = await rowOf(tx, missionId);
		if (!row) return [];
		const [to, payload] = [await enrolledIds(tx, missionId), await whichOf(row)];
		return [{ type, to, byId, subjectId: missionId, unitId: row.unit_id, payload }];
	};

const told = (tell: (tx: Tx, event: Told) => Promise<News[]>) => (event: Told) =>
	asSystem('notices', async (tx) => {
		for (const news of await tell(tx, event)) await notify(tx, news);
	});

const mails =
	(about: About) =>
	({ missionId }: Told): Promise<void> =>
		asSystem('missions', (tx) => mailGuests(tx, missionId, about));

export const listeners: Listener<never>[] = [
	{ to: 'missions.enrolled', name: 'missions.tell_enrolled', hear: told(toLeads('mission_enrolled')) },
	{ to: 'missions.visited', name: 'missions.tell_visited', hear: told(toLeads('mission_visited')) },
	{ to: 'missions.changed', name: 'missions.mail_changed', hear: mails('changed') },
	{ to: 'missions.cancelled', name: 'missions.mail_cancelled', hear: mails('cancelled') },
	{ to: 'missions.changed', name: 'missions.tell_changed', hear: told(ofAll('mission_changed')) },
	{ to: 'missions.cancelled', name: 'missions.tell_cancelled', hear: told(ofAll('mission_cancelled')) },
	{ to: 'missions.closed', name: 'missions.tell_closed', hear: told(ofAll('mission_closed')) },
] as Listener<never>[];
