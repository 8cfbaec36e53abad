import { randomInt } from 'node:crypto';
import * as v from 'valibot';
import { asSystem, read, type Tx, write } from '#platform/db.ts';
import { conflict, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { units } from '../policy.ts';

/** An invitation as its author sees it. */
export interface Invitation {
	id: string;
	code: string;
	createdAt: Date;
	expiresAt: Date;
	used: number;
}

/** What a guest sees: a first name and a place, nothing else of the inviter. */
export interface Guest {
	inviter: string;
	unit: { id: string; slug: string; name: string; members: number | null };
}

const DAYS = 30;
const AT_ONCE = 20;
// Neither 0, O, 1, I nor L: a code is also read aloud.
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const newCode = () => Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** The code as kept, however it was typed: capitals, no space nor hyphen. */
export const plainCode = (typed: string) =>
	typed
		.slice(0, 40)
		.toUpperCase()
		.replace(/[^0-9A-Z]/g, '');

const isLive = sql`invitation.revoked_at is null and invitation.expires_at > now()`;

/** Makes a link into one's own unit, for thirty days. Throws Conflict when twenty are open already. */
export const createInvitation = (viewer: Viewer, unitId: string): Promise<string> =>
	write(viewer, async (tx) => {
		await units.guard(tx, viewer, 'invite', unitId);
		const open = await tx.one<{ n: number }>(sql`select count(*)::int as n from territory.invitation
			where invitation.inviter_id = ${viewer.id}::uuid and ${isLive}`);
		if ((open?.n ?? 0) >= AT_ONCE) throw conflict('territory.invite_too_many');
		const code = newCode();
		await tx.run(sql`insert into territory.invitation (id, inviter_id, unit_id, code, expires_at)
			values (${newId()}, ${viewer.id}::uuid, ${unitId}::uuid, ${code}, now() + make_interval(days => ${DAYS}::int))`);
		return code;
	});

/** The viewer's open invitations into a unit, latest first. */
export const myInvitations = (viewer: Viewer, unitId: string): Promise<Invitation[]> =>
	read(viewer, async (tx) => {
		const may = await tx.one(
			sql`select 1 from territory.unit where unit.id = ${unitId}::uuid and ${units.invite(viewer)}`,
		);
		if (!may) await units.refuse(tx, viewer, unitId);
		return tx.many(sql`
			select invitation.id, invitation.code, invitation.created_at as "createdAt", invitation.expires_at as "expiresAt", invitation.used
			from territory.invitation where invitation.inviter_id = ${viewer.id}::uuid and invitation.unit_id = ${unitId}::uuid and ${isLive}
			order by invitation.created_at desc`);
	});

export const RevokeInvitationForm = v.object({
	invitation: v.pipe(v.string(), v.uuid('territory.invite_gone')),
});

/** Ends an invitation: its link says so from now on. */
export const revokeInvitation = (viewer: Viewer, id: string): Promise<void> =>
	write(viewer, async (tx) => {
		const revoked = await tx.run(sql`update territory.invitation set revoked_at = now()
			where id = ${id}::uuid and inviter_id = ${viewer.id}::uuid and revoked_at is null`);
		if (!revoked) throw notFound();
	});

// An invitation is worth what its author is: gone, suspended or elsewhere, it opens nothing.
const live = (code: string) => sql`
	territory.invitation join territory.unit on unit.id = invitation.unit_id and unit.closed_at is null
	join people.person on person.id = invitation.inviter_id and person.left_at is null and person.erased_at is null
	where invitation.code = ${plainCode(code)} and ${isLive}
		and not exists (select from people.suspension where suspension.person_id = person.id and suspension.lifted_at is null
			and suspension.starts_at <= now() and (suspension.ends_at is null or suspension.ends_at > now()))
		and exists (select from territory.attachment where attachment.person_id = person.id
			and attachment.unit_id = unit.id and attachment.until is null)`;

/** What an invitation opens onto; null when it expired, was revoked or never was: the three look the same. */
export const showInvitation = (code: string): Promise<Guest | null> =>
	asSystem('invitation', async (tx) => {
		const row = await tx.one<{
			name: string;
			id: string;
			slug: string;
			unit_name: string;
			members: number | null;
		}>(sql`
			select person.name, unit.id, unit.slug, unit.name as unit_name,
				case when unit.member_count >= 5 then unit.member_count end as members from ${live(code)}`);
		if (!row) return null;
		return {
			inviter: firstName(row.name),
			unit: { id: row.id, slug: row.slug, name: row.unit_name, members: row.members },
		};
	});

/** The first word of a name: all that a link found in the street says of who made it. */
const firstName = (name: string) => name.split(' ')[0] ?? name;

/**
 * Uses an invitation for somebody who confirmed their address; gives the unit and who invited, or null when it no longer holds.
 * Runs as the house; the caller then joins the unit.
 */
export const useInvitation = (tx: Tx, code: string) =>
	tx
		.one<{ unitId: string; inviterId: string }>(sql`
	update territory.invitation set used = invitation.used + 1
	where invitation.id = (select invitation.id from ${live(code)})
	returning invitation.unit_id as "unitId", invitation.inviter_id as "inviterId"`)
		.then((found) => found ?? null);
