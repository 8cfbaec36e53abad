import * as v from 'valibot';
import { type Told, type Visit, visiting, visitorKeyText } from '#domains/people/index.ts';
import { asSystem, asSystemOnce, type Tx } from '#platform/db.ts';
import { conflict, forbidden, notFound } from '#platform/errors.ts';
import { announce, enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Viewer, visitor } from '#platform/viewer.ts';
import { missions } from '../policy.ts';
import { type PublicMission, showPublicMission } from './read.ts';

export { VisitForm } from '#domains/people/index.ts';
export const VisitorForm = v.object({ cle: visitorKeyText });

/** The job that makes and sends mails to visitors. */
export const sendingToVisitors = 'missions.send_visitor';

/** Who comes to a mission without account. */
export const visitors = visiting({
	...{ table: 'missions.visitor', thing: 'mission_id', use: 'mission-visitor' },
	job: sendingToVisitors,
});

/**
 * Somebody without account asks for a place at a public mission: a mail leaves, and nothing is counted before its link is
 * followed. Known or not, the answer is the same. Throws NotFound, Forbidden, TooMany.
 */
export async function visit(
	viewer: Viewer,
	id: string,
	input: Visit,
	{ ip, language }: { ip: string; language: 'fr' | 'en' },
): Promise<void> {
	await visitors.slowDown(id, input, ip);
	await asSystemOnce(viewer, 'missions', async (tx) => {
		await missions.guard(tx, viewer, 'visit', id);
		if (input.website) return;
		const visitorId = await visitors.ask(tx, id, { ...input, language });
		await enqueue(tx, 'missions.mail_visitor', { visitorId, about: 'confirm' });
	});
}

/** A visitor's own place, by the link they got. */
export interface Place {
	id: string;
	name: string;
	confirmedAt: Date | null;
	told: Told | null;
	/** On the list. */
	comes: boolean;
	isPublic: boolean;
	/** There is a place to give back, and still time to. */
	mayGive: boolean;
}

const placeOf = async (tx: Tx, missionId: string, key: string): Promise<Place> => {
	const found = await visitors.find(tx, missionId, key);
	const row = (await tx.one<Pick<Place, 'comes' | 'isPublic' | 'mayGive'>>(sql`
		select guest.visitor_id is not null as comes, ${missions.see(visitor)} as "isPublic",
			guest.visitor_id is not null and mission.state <> 'closed' and mission.ends_at > now() as "mayGive"
		from missions.mission left join missions.guest on guest.visitor_id = ${found.id}::uuid
		where mission.id = ${missionId}::uuid`))!;
	return { ...found, ...row };
};

/**
 * What the link of a mail opens: the place, and the mission as long as anybody reads it; then only who had a place reads what they
 * were told. Throws NotFound.
 */
export async function visitorPage(
	id: string,
	key: string,
): Promise<{ place: Place; mission: PublicMission | null }> {
	const place = await asSystem('missions', (tx) => placeOf(tx, id, key));
	if (place.isPublic) return { place, mission: await showPublicMission(id) };
	if (!place.confirmedAt) throw notFound();
	return { place, mission: null };
}

/** Follows the link: the place is taken. Throws NotFound, Forbidden once it is over, Conflict when it is full. */
export const confirmVisit = (viewer: Viewer, id: string, { cle }: { cle: string }): Promise<void> =>
	asSystemOnce(viewer, 'missions', async (tx) => {
		await missions.guard(tx, viewer, 'visit', id);
		const place = await placeOf(tx, id, cle);
		if (place.comes) return;
		const placed = await tx.run(sql`update missions.mission set enrolled = mission.enrolled + 1
			where mission.id = ${id}::uuid and mission.enrolled < mission.needed`);
		if (!placed) throw conflict('missions.full');
		await visitors.confirm(tx, place.id);
		await tx.run(sql`insert into missions.guest (visitor_id, mission_id, name)
			values (${place.id}::uuid, ${id}::uuid, ${place.name})`);
		await announce(tx, 'missions.visited', { missionId: id, byId: null });
	});

/**
 * Gives the place back, by the link alone: also once the mission is cancelled, or not public any more. Twice is once.
 * Throws NotFound for a link that is none, Forbidden once it is over.
 */
export const cancelVisit = (viewer: Viewer, id: string, { cle }: { cle: string }): Promise<void> =>
	asSystemOnce(viewer, 'missions', async (tx) => {
		await tx.one(sql`select 1 from missions.mission where mission.id = ${id}::uuid for update`);
		const place = await placeOf(tx, id, cle);
		if (!place.comes) return;
		if (!place.mayGive) throw forbidden('missions.is_over');
		await tx.run(sql`delete from missions.guest where guest.visitor_id = ${place.id}::uuid`);
		await tx.run(
			sql`update missions.mission set enrolled = mission.enrolled - 1 where mission.id = ${id}::uuid`,
		);
	});
