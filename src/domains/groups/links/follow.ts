import { asSystem, asSystemOnce, type Tx } from '#platform/db.ts';
import { Refusal } from '#platform/errors.ts';
import { announce } from '#platform/jobs.ts';
import { fingerprint, hashOfSecret } from '#platform/seal.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { throttle } from '#platform/throttle.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Visibility } from '../input.ts';
import { restDays, type Standing } from '../lines.ts';
import { sit } from '../seat.ts';
import { isOpen } from './make.ts';
import { linkSigned } from './signed.ts';

/** What a link opens onto, for whoever holds it. */
export interface Lead {
	id: string;
	groupId: string;
	name: string;
	purpose: string;
	rules: string;
	visibility: Visibility;
	memberCount: number;
	/** The first name of who made it. */
	inviter: string;
	/** Whether one comes in at once. */
	letsIn: boolean;
	/** How who asks stands with the group: a refusal reads as a request that waits. */
	standing: Standing;
}

/** A link that never was, is over, was ended, or leads where nobody goes: the four look the same. */
export const opensNothing = () => new Refusal('NotFound', [{ field: '', key: 'groups.link_over' }]);

/** From one place: a secret is not found by trying. */
const rate = { burst: 30, perHour: 60 };
const tried = (viewer: Viewer, ip: string) =>
	throttle({ [`groups.link-try:${viewer.id ?? fingerprint('groups-link', ip)}`]: rate });

/** The links that open something: the group is awake and was not hidden, who made it is still there. */
const live = (
	which: Sql,
): Sql => sql`groups.link join groups.circle on circle.id = link.circle_id and circle.archived_at is null
	join people.person as maker on maker.id = link.made_by and maker.left_at is null and maker.erased_at is null
	where ${which} and ${isOpen}
		and not exists (select from safety.hidden where hidden.kind = 'group' and hidden.subject_id = circle.id)
		and not exists (select from people.suspension where suspension.person_id = maker.id and suspension.lifted_at is null
			and suspension.starts_at <= now() and (suspension.ends_at is null or suspension.ends_at > now()))`;
const withSecret = (secret: string): Sql => {
	const id = linkSigned(secret);
	return id ? sql`link.id = ${id}::uuid` : sql`link.hash = ${hashOfSecret(secret.slice(0, 100))}`;
};

/** What a secret opens onto, or null. One who was put out of the group finds nothing. Not counted as a use. */
export const leadOf = (personId: string | null, secret: string): Promise<Lead | null> =>
	asSystem('groups-link', async (tx) => {
		const found = await tx.one<Lead>(sql`
			select link.id, circle.id as "groupId", circle.name, circle.purpose, circle.rules, circle.visibility,
				circle.member_count as "memberCount", split_part(maker.name, ' ', 1) as inviter,
				circle.visibility = 'open' or link.lets_in as "letsIn",
				coalesce((select case when membership.state <> 'refused' then membership.state
						when membership.at > now() - make_interval(days => ${restDays}::int) then 'asked' else 'none' end
					from groups.membership where membership.circle_id = circle.id and membership.person_id = ${personId}::uuid), 'none') as standing
			from ${live(withSecret(secret))}`);
		return found && found.standing !== 'excluded' ? found : null;
	});

/** The page of a link. Throws NotFound, with why, when it opens nothing; TooMany. */
export async function showLink(viewer: Viewer, secret: string, ip: string): Promise<Lead> {
	await tried(viewer, ip);
	const lead = await leadOf(viewer.id, secret);
	if (!lead) throw opensNothing();
	return lead;
}

/** What came of following a link. */
export interface Followed {
	groupId: string;
	became: 'member' | 'asked';
}

/** Follows a link: comes in, or asks. Followed twice by one person, it counts once. Throws NotFound, TooMany. */
export async function followLink(viewer: Viewer, secret: string, ip: string): Promise<Followed> {
	await tried(viewer, ip);
	return asSystemOnce(viewer, 'groups-link', async (tx) => {
		const followed = await comeBy(tx, viewer.id!, withSecret(secret));
		if (!followed) throw opensNothing();
		return followed;
	});
}

/** Somebody who made their account by a link, once they are in the network: the link that ended meanwhile opens nothing. */
export const comeByLink = (personId: string, linkId: string): Promise<unknown> =>
	asSystem('groups-link', (tx) => comeBy(tx, personId, sql`link.id = ${linkId}::uuid`));

async function comeBy(tx: Tx, personId: string, which: Sql): Promise<Followed | null> {
	// The group's row first, as everybody who makes or ends a link holds it: of two who follow the last use at once, the second
	// waits here, and reads that there is none.
	const held = await tx.one<{ id: string; circle_id: string }>(
		sql`select link.id, link.circle_id from groups.link where ${which}`,
	);
	if (!held) return null;
	await tx.run(sql`select from groups.circle where circle.id = ${held.circle_id}::uuid for update`);
	const before = await tx.one<{ state: string; rests: boolean }>(sql`select membership.state,
			membership.at > now() - make_interval(days => ${restDays}::int) as rests from groups.membership
		where membership.circle_id = ${held.circle_id}::uuid and membership.person_id = ${personId}::uuid`);
	if (before?.state === 'member') return { groupId: held.circle_id, became: 'member' };
	const link = await tx.one<{ letsIn: boolean; made_by: string }>(sql`
		select circle.visibility = 'open' or link.lets_in as "letsIn", link.made_by from ${live(sql`link.id = ${held.id}::uuid`)}`);
	if (!link || before?.state === 'excluded') return null;
	const isIn = link.letsIn || before?.state === 'invited';
	const became = isIn ? 'member' : 'asked';
	if (isIn) await sit(tx, { circleId: held.circle_id, personId }, link.made_by);
	else await wait(tx, held.circle_id, personId, before);
	await count(tx, held.id, personId, became);
	return { groupId: held.circle_id, became };
}

/** Asks, as who finds the group by itself does: asked again within thirty days, nobody is told twice. */
async function wait(
	tx: Tx,
	groupId: string,
	personId: string,
	before: { state: string; rests: boolean } | undefined,
): Promise<void> {
	if (before?.state === 'asked' || (before?.state === 'refused' && before.rests)) return;
	await tx.run(sql`insert into groups.membership (circle_id, person_id, state) values (${groupId}, ${personId}, 'asked')
		on conflict (circle_id, person_id) do update set state = 'asked', note = '', by_id = null, at = now()`);
	await announce(tx, 'groups.asked', { groupId, personId });
}

async function count(tx: Tx, linkId: string, personId: string, became: Followed['became']): Promise<void> {
	const isFirst = await tx.run(sql`insert into groups.link_use (link_id, person_id, became)
		values (${linkId}, ${personId}, ${became}) on conflict do nothing`);
	if (isFirst) await tx.run(sql`update groups.link set used = link.used + 1 where link.id = ${linkId}::uuid`);
	else
		await tx.run(sql`update groups.link_use set became = ${became}
			where link_use.link_id = ${linkId}::uuid and link_use.person_id = ${personId}::uuid`);
}
