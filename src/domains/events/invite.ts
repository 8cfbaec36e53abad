import * as v from 'valibot';
import { persons } from '#domains/friends/index.ts';
import { record } from '#platform/audit.ts';
import { read, type Tx, write } from '#platform/db.ts';
import { forbidden, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import { idText } from '#platform/text/typed.ts';
import type { Viewer } from '#platform/viewer.ts';
import { note } from './circle.ts';
import { events, hosts } from './policy.ts';
import { coUnitsOf } from './show.ts';

export const InvitePersonForm = v.object({ person: idText });

/** Invites a unit with all those below, in one act; to what a group plans, its people are. Said twice it is one invitation. Throws NotFound, Forbidden. */
export const inviteUnit = (viewer: Viewer, eventId: string, unitId: string): Promise<void> =>
	write(viewer, async (tx) => {
		await events.guard(tx, viewer, 'invite', eventId);
		const may = await tx.one(
			sql`select 1 as yes from territory.unit where unit.id = ${unitId}::uuid and ${hosts.see(viewer)}
				and exists (select from events.event where event.id = ${eventId}::uuid and event.unit_id is not null)`,
		);
		if (!may) throw forbidden('events.not_host');
		await insertInvitation(tx, viewer, eventId, { unitId });
		await record(tx, {
			actorId: viewer.id,
			act: 'events.invite',
			subject: 'event',
			subjectId: eventId,
			unitId,
		});
	});

/** Invites all the people of the group that organises, in one act. Said twice it is one invitation. Throws NotFound, Forbidden. */
export const inviteGroup = (viewer: Viewer, eventId: string): Promise<void> =>
	write(viewer, async (tx) => {
		await events.guard(tx, viewer, 'invite', eventId);
		const event = await tx.one<{ group_id: string | null }>(
			sql`select event.group_id from events.event where event.id = ${eventId}::uuid`,
		);
		if (!event?.group_id) throw notFound();
		await insertInvitation(tx, viewer, eventId, { groupId: event.group_id });
		await note(tx, viewer, 'events.invite', eventId);
	});

/** Invites one person that the viewer knows. Throws NotFound when they do not. */
export const invitePerson = (viewer: Viewer, eventId: string, personId: string): Promise<void> =>
	write(viewer, async (tx) => {
		await events.guard(tx, viewer, 'invite', eventId);
		const known = await tx.one(sql`select 1 as yes from people.person
			where person.id = ${personId}::uuid and ${persons.see(viewer)}`);
		if (!known) throw notFound();
		await insertInvitation(tx, viewer, eventId, { personId });
	});

async function insertInvitation(
	tx: Tx,
	viewer: Viewer,
	eventId: string,
	{ unitId, groupId, personId }: { unitId?: string; groupId?: string; personId?: string },
): Promise<void> {
	const id = newId();
	const first =
		await tx.run(sql`insert into events.invitation (id, event_id, unit_id, group_id, person_id, by_id)
		values (${id}, ${eventId}::uuid, ${unitId ?? null}::uuid, ${groupId ?? null}::uuid, ${personId ?? null}::uuid, ${viewer.id}::uuid) on conflict do nothing`);
	if (first) await enqueue(tx, 'events.tell_invited', { invitationId: id, after: null });
}

/** A unit, or the group that organises, that may be invited, or was. */
export interface Invitable {
	id: string;
	name: string;
	size: number;
	invitedAt: Date | null;
	told: number;
}
/** A person found by name. */
export interface Guest {
	id: string;
	name: string;
	isInvited: boolean;
}

/** What the page of invitations shows. Throws NotFound, Forbidden. */
export const inviting = (viewer: Viewer, eventId: string, typed: string) =>
	read(viewer, async (tx) => {
		const event = await tx.one<{ id: string; title: string; may: boolean; groupId: string | null }>(sql`
			select event.id, event.title, ${events.invite(viewer)} as may, event.group_id as "groupId" from events.event
			where event.id = ${eventId}::uuid and ${events.see(viewer)}`);
		if (!event) throw notFound();
		if (!event.may) throw forbidden();
		return {
			event,
			coUnits: await coUnitsOf(tx, viewer, eventId),
			around: await around(tx, eventId),
			units: event.groupId ? [] : await invitable(tx, viewer, eventId),
			group: event.groupId ? await invitableGroup(tx, eventId) : null,
			found: await guests(tx, viewer, eventId, typed),
		};
	});

// The units of one's offices, and those just below them: a federation invites one of its sections.
const invitable = (tx: Tx, viewer: Viewer, eventId: string): Promise<Invitable[]> =>
	tx.many(sql`select unit.id, unit.name, unit.member_count + unit.sympathiser_count as size, invitation.at as "invitedAt",
			coalesce(invitation.told_count, 0) as told
		from territory.unit join territory.unit_kind on unit_kind.id = unit.kind_id
		left join events.invitation on invitation.event_id = ${eventId}::uuid and invitation.unit_id = unit.id
		where ${hosts.see(viewer)} and (invitation.id is not null or exists (select from territory.held_power
			where held_power.person_id = ${viewer.id}::uuid and held_power.power = 'event.create'
				and held_power.unit_id in (unit.id, unit.parent_id)))
		order by unit_kind.depth desc, unit.folded_name limit 200`);

/** The group that organises: how many are invited by one act, and whether they were. */
const invitableGroup = async (tx: Tx, eventId: string): Promise<Invitable> =>
	(await tx.one<Invitable>(sql`select circle.id, circle.name, circle.member_count as size, invitation.at as "invitedAt",
			coalesce(invitation.told_count, 0) as told
		from events.event join groups.circle on circle.id = event.group_id
		left join events.invitation on invitation.event_id = event.id and invitation.group_id = circle.id
		where event.id = ${eventId}::uuid`))!;

async function guests(tx: Tx, viewer: Viewer, eventId: string, typed: string): Promise<Guest[]> {
	const words = fold(typed.slice(0, 100)).split(' ').filter(Boolean);
	if (!words.length) return [];
	const holds = words.map((word) => sql`person.folded_name like ${`%${word.replace(/[%_\\]/g, '')}%`}`);
	return tx.many(sql`select person.id, person.name, exists (select from events.invitation
			where invitation.event_id = ${eventId}::uuid and invitation.person_id = person.id) as "isInvited"
		from people.person where ${sql.join(holds, ' and ')} and ${persons.see(viewer)}
			and person.id <> ${viewer.id}::uuid order by person.folded_name limit 20`);
}

/** Units that may be asked to organise too: those beside the one that does, just below, then above. */
const around = (tx: Tx, eventId: string): Promise<{ id: string; name: string }[]> =>
	tx.many(sql`select unit.id, unit.name from events.event join territory.unit as own on own.id = event.unit_id
		join territory.unit on unit.parent_id = own.parent_id or unit.id = any (own.ancestors) or unit.parent_id = own.id
		where event.id = ${eventId}::uuid and unit.id <> own.id and unit.closed_at is null and not exists (select from events.co_unit
			where co_unit.event_id = event.id and co_unit.unit_id = unit.id)
		order by unit.parent_id is distinct from own.parent_id, unit.id = any (own.ancestors), unit.folded_name limit 200`);
