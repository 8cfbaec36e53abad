import * as v from 'valibot';
import { addMembership, unverifyMembership, verifyMembership } from '#domains/people/index.ts';
import { record } from '#platform/audit.ts';
import { type Tx, write } from '#platform/db.ts';
import { conflict, notFound } from '#platform/errors.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { units } from '../policy.ts';
import { type Grants, keepTree, regrade } from './counts.ts';

const person = v.pipe(v.string(), v.uuid('territory.member_unknown'));

export const WelcomeForm = v.object({
	person,
	greeting: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(500, 'territory.member_greeting_long')), ''),
});
export const PersonForm = v.object({ person });

const currentBelow = (unitId: string, personId: string) => sql`
	attachment.person_id = ${personId}::uuid and attachment.until is null and exists (
		select from territory.unit as home where home.id = attachment.unit_id and home.ancestors @> array[${unitId}::uuid])`;

/** An officer welcomes a newcomer, with words of their own if they wish. Twice is once; somebody else's words stay. */
export const welcome = (
	viewer: Viewer,
	unitId: string,
	{ person, greeting }: v.InferOutput<typeof WelcomeForm>,
) =>
	write(viewer, async (tx) => {
		await units.guard(tx, viewer, 'welcome', unitId);
		await mustBelong(tx, unitId, person);
		const first = await tx.run(sql`
			update territory.attachment set welcomed_at = now(), welcomed_by = ${viewer.id}::uuid, greeting = ${greeting}
			where ${currentBelow(unitId, person)} and attachment.welcomed_at is null`);
		if (!first) return;
		await record(tx, {
			actorId: viewer.id,
			act: 'territory.welcome',
			subject: 'person',
			subjectId: person,
			unitId,
		});
		await announce(tx, 'territory.welcomed', { personId: person, unitId, byId: viewer.id, greeting });
	});

/** Takes back a welcome given by mistake: only one's own. */
export const unwelcome = (viewer: Viewer, unitId: string, { person }: v.InferOutput<typeof PersonForm>) =>
	write(viewer, async (tx) => {
		await units.guard(tx, viewer, 'welcome', unitId);
		const undone = await tx.run(sql`
			update territory.attachment set welcomed_at = null, welcomed_by = null, greeting = ''
			where ${currentBelow(unitId, person)} and attachment.welcomed_by = ${viewer.id}::uuid`);
		if (!undone) throw notFound();
		await record(tx, {
			actorId: viewer.id,
			act: 'territory.unwelcome',
			subject: 'person',
			subjectId: person,
			unitId,
		});
	});

/** Changes what somebody of a unit is, for who welcomes there: their rights follow, it is noted and announced. */
const regraded = (
	viewer: Viewer,
	unitId: string,
	personId: string,
	{ act, event }: { act: string; event: string },
	change: (tx: Tx) => Promise<void>,
) =>
	write(viewer, async (tx) => {
		await keepTree(tx);
		await units.guard(tx, viewer, 'welcome', unitId);
		await mustBelong(tx, unitId, personId);
		await change(tx);
		await regrade(tx, personId);
		await record(tx, {
			actorId: viewer.id,
			act,
			subject: 'person',
			subjectId: personId,
			unitId,
		});
		await announce(tx, event, { personId, unitId, byId: viewer.id });
	});

/** An officer confirms that a sympathiser, or somebody who declared it, is a member. Throws Conflict when it is done already. */
export const confirmMember = (viewer: Viewer, unitId: string, { person }: v.InferOutput<typeof PersonForm>) =>
	regraded(
		viewer,
		unitId,
		person,
		{ act: 'territory.confirm_member', event: 'territory.member_confirmed' },
		(tx) => makeMember(tx, person, viewer.id!),
	);

/** Takes back what was confirmed by mistake: one's own, within the hour. Throws NotFound. */
export const unconfirmMember = (
	viewer: Viewer,
	unitId: string,
	{ person }: v.InferOutput<typeof PersonForm>,
) =>
	regraded(
		viewer,
		unitId,
		person,
		{ act: 'territory.unconfirm_member', event: 'territory.member_unconfirmed' },
		async (tx) => {
			if (!(await unverifyMembership(tx, person, viewer.id!))) throw notFound();
		},
	);

/** A declared membership is verified; a sympathiser's ends and a verified one follows. */
async function makeMember(tx: Tx, personId: string, byId: string): Promise<void> {
	const held = await tx.one<{ grants: Grants; verified: boolean }>(sql`
		select membership_type.grants, membership.verified_at is not null as verified from people.membership
		join people.membership_type on membership_type.id = membership.type_id
		where membership.person_id = ${personId}::uuid and membership.ended_at is null`);
	if (held?.grants === 'member' && held.verified) throw conflict('territory.member_already_confirmed');
	if (held?.grants === 'member') return verifyMembership(tx, personId, byId);
	const type = await tx.one<{ id: string }>(sql`select id from people.membership_type where grants = 'member'
		order by offered desc, position limit 1`);
	if (!type) throw conflict('territory.member_no_type');
	await addMembership(tx, personId, { typeId: type.id, verifiedBy: byId });
}

async function mustBelong(tx: Tx, unitId: string, personId: string): Promise<void> {
	const belongs = await tx.one(sql`select 1 from territory.attachment
		join people.person on person.id = attachment.person_id
		where ${currentBelow(unitId, personId)} and person.confirmed_at is not null and person.erased_at is null`);
	if (!belongs) throw notFound();
}
