import * as v from 'valibot';
import { isApartFrom } from '#domains/safety/index.ts';
import { type Tx, write } from '#platform/db.ts';
import { invalidField, notFound } from '#platform/errors.ts';
import { announce } from '#platform/jobs.ts';
import { every, type Rule, some } from '#platform/policy.ts';
import { list, sql } from '#platform/sql.ts';
import { idText } from '#platform/text/typed.ts';
import { throttle } from '#platform/throttle.ts';
import type { Viewer } from '#platform/viewer.ts';
import { circles, sharesGroup } from './policy.ts';

export const InviteForm = v.object({ person: idText });

const isHere: Rule = () =>
	sql`(person.confirmed_at is not null and person.left_at is null and person.erased_at is null)`;
const sharesUnit: Rule = (viewer) =>
	sql`exists (select from territory.attachment where attachment.person_id = person.id and attachment.until is null
		and attachment.unit_id = any (${list(viewer.units, 'uuid')}))`;
const holdsOffice: Rule = () =>
	sql`exists (select from territory.term where term.person_id = person.id and term.starts_at <= now()
		and (term.ends_at is null or term.ends_at > now()))`;
/**
 * Invites somebody, who decides. `isKnown`: the caller knows that the viewer sees this person; otherwise the two must share a unit
 * or a group, or the person hold an office. At most forty a day. Throws NotFound, Forbidden, Invalid, TooMany.
 */
export async function invite(
	viewer: Viewer,
	id: string,
	{ person }: v.InferOutput<typeof InviteForm>,
	isKnown = false,
): Promise<void> {
	await throttle({ [`groups.invite:${viewer.id}`]: { burst: 40, perHour: 40 / 24 } });
	return write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'invite', id);
		await checkPerson(tx, viewer, person, isKnown);
		const kept = await tx.run(sql`insert into groups.membership (circle_id, person_id, state, by_id)
			values (${id}, ${person}, 'invited', ${viewer.id}) on conflict do nothing`);
		if (!kept) throw invalidField('person', 'groups.invited_already');
		await announce(tx, 'groups.invited', { groupId: id, personId: person, byId: viewer.id });
	});
}

async function checkPerson(tx: Tx, viewer: Viewer, personId: string, isKnown: boolean): Promise<void> {
	const tied = some(sharesUnit, holdsOffice, sharesGroup);
	const rule = every(isHere, isApartFrom(sql`person.id`), ...(isKnown ? [] : [tied]));
	const found = await tx.one(
		sql`select 1 as known from people.person where person.id = ${personId}::uuid and ${rule(viewer)}`,
	);
	if (!found) throw notFound();
}

/** Takes an invitation back, for who answers for the group. Throws NotFound, Forbidden. */
export const uninvite = (viewer: Viewer, id: string, personId: string): Promise<void> =>
	write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'lead', id);
		const gone = await tx.run(sql`delete from groups.membership where membership.circle_id = ${id}::uuid
			and membership.person_id = ${personId}::uuid and membership.state = 'invited'`);
		if (!gone) throw notFound();
	});
