import { read, type Tx } from '#platform/db.ts';
import { conflict, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { EnglishForms, Forms } from '#platform/wording/index.ts';

/** A kind of membership the organisation has. */
export interface MembershipType {
	id: string;
	key: string;
	name: { fr: Forms; en: EnglishForms };
	description: { fr?: string; en?: string };
	grants: 'member' | 'sympathiser';
	offered: boolean;
}

/** Kinds of membership that a newcomer may choose. */
export const offeredTypes = (viewer: Viewer): Promise<MembershipType[]> =>
	read(viewer, (tx) =>
		tx.many(
			sql`select id, key, name, description, grants, offered from people.membership_type where offered order by position`,
		),
	);

/** A spell of membership to write; not verified unless said. */
export interface NewMembership {
	typeId: string;
	memberNumber?: string | null;
	since?: string | null;
	paidUntil?: string | null;
	verifiedBy?: string | null;
	verified?: boolean;
}

const takenNumber = () => conflict('people.number_taken');

/**
 * Begins a spell of membership, ending the one in force; the caller has checked the right and writes the audit.
 * Gives its id. Throws Conflict when the member number is another person's: the two accounts are one person's to merge.
 */
export async function addMembership(tx: Tx, personId: string, one: NewMembership): Promise<string> {
	await refuseTaken(tx, personId, one.memberNumber);
	await endMembership(tx, personId, 'replaced');
	const id = newId();
	await tx.run(sql`insert into people.membership (id, person_id, type_id, member_number, since, paid_until, verified_at, verified_by)
		values (${id}, ${personId}::uuid, ${one.typeId}::uuid, ${one.memberNumber ?? null}, coalesce(${one.since ?? null}::date, current_date),
			${one.paidUntil ?? null}::date, ${one.verified || one.verifiedBy ? sql`now()` : sql`null`}, ${one.verifiedBy ?? null}::uuid)`);
	await announce(tx, 'people.membership_changed', { id: personId });
	return id;
}

async function refuseTaken(tx: Tx, personId: string, number: string | null | undefined): Promise<void> {
	if (!number) return;
	const other = await tx.one(sql`select 1 as found from people.membership
		where member_number = ${number} and ended_at is null and person_id <> ${personId}::uuid`);
	if (other) throw takenNumber();
}

/** Confirms a declared membership, by an officer or by the member file (null). Throws NotFound when none is in force, Conflict. */
export async function verifyMembership(
	tx: Tx,
	personId: string,
	byId: string | null,
	memberNumber?: string,
): Promise<void> {
	await refuseTaken(tx, personId, memberNumber);
	const done =
		await tx.run(sql`update people.membership set verified_at = coalesce(verified_at, now()), verified_by = coalesce(verified_by, ${byId}::uuid),
		member_number = coalesce(${memberNumber ?? null}, member_number) where person_id = ${personId}::uuid and ended_at is null`);
	if (!done) throw notFound();
	await announce(tx, 'people.membership_changed', { id: personId });
}

/**
 * Takes back what this person verified within the hour: what was declared is declared again, what began with it never was and the
 * one that it replaced is in force. Gives whether there was something; what others wrote in it since makes it stay.
 */
export async function unverifyMembership(tx: Tx, personId: string, byId: string): Promise<boolean> {
	const own = sql`membership.person_id = ${personId}::uuid and membership.ended_at is null
		and membership.verified_by = ${byId}::uuid and membership.verified_at > now() - interval '1 hour'`;
	// As text: a date of ours is less fine than the database's, and would not be found again.
	const begun = await tx.one<{ at: string }>(sql`delete from people.membership
		where ${own} and membership.verified_at = membership.created_at and membership.member_number is null
			and membership.paid_until is null returning membership.created_at::text as at`);
	if (begun)
		await tx.run(sql`update people.membership set ended_at = null, ended_why = null
			where person_id = ${personId}::uuid and ended_why = 'replaced' and ended_at = ${begun.at}::timestamptz`);
	const undeclared = await tx.run(sql`update people.membership set verified_at = null, verified_by = null
		where ${own} and membership.verified_at > membership.created_at`);
	if (!begun && !undeclared) return false;
	await announce(tx, 'people.membership_changed', { id: personId });
	return true;
}

/** Ends the membership in force, if any, with its reason; history stays. */
export async function endMembership(tx: Tx, personId: string, why: string): Promise<void> {
	const ended = await tx.run(sql`update people.membership set ended_at = now(), ended_why = ${why}
		where person_id = ${personId}::uuid and ended_at is null`);
	if (ended) await announce(tx, 'people.membership_changed', { id: personId });
}
