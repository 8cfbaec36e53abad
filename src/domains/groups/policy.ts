import { isApartFrom, reports } from '#domains/safety/index.ts';
import { holdsPower } from '#domains/territory/index.ts';
import { every, isPresent, isSelf, policy, type Rule, some } from '#platform/policy.ts';
import { type Sql, sql } from '#platform/sql.ts';

const owns = isSelf(sql`circle.owner_id`);
const isOfUnit: Rule = () => sql`circle.unit_id is not null`;
/** Answers for the group: its owner, or who edits the page of the unit that answers for an official one. */
const leads = some(owns, every(isOfUnit, holdsPower('unit.edit', sql`circle.unit_id`)));

// One probe of a key: with an `exists` in an `or`, PostgreSQL may read every seat first.
const sits: Rule = (viewer) =>
	viewer.id
		? sql`coalesce((select true from groups.seat where seat.person_id = ${viewer.id}::uuid and seat.circle_id = circle.id), false)`
		: sql`false`;
const stands =
	(state: 'invited' | 'excluded'): Rule =>
	(viewer) =>
		viewer.id
			? sql`exists (select from groups.membership where membership.circle_id = circle.id
				and membership.person_id = ${viewer.id}::uuid and membership.state = ${sql.lit(state)})`
			: sql`false`;
const isInvited = every(stands('invited'), (viewer) =>
	isApartFrom(
		sql`(select membership.by_id from groups.membership where membership.circle_id = circle.id and membership.person_id = ${viewer.id}::uuid)`,
	)(viewer),
);
const comesIn: Rule = (viewer) => sql`not ${some(sits, stands('excluded'))(viewer)}`;

const is =
	(visibility: 'open' | 'closed'): Rule =>
	() =>
		sql`circle.visibility = ${sql.lit(visibility)}`;
const isListed: Rule = () => sql`circle.visibility <> 'secret'`;
const isAwake: Rule = () => sql`circle.archived_at is null`;
const isKept: Rule = () =>
	sql`(exists (select from safety.hidden where hidden.kind = 'group' and hidden.subject_id = circle.id) = false)`;

/** A secret group exists for its people and those invited; one that moderation hid, for its owner. */
const isSeen = every(isPresent, some(owns, every(isKept, some(isListed, sits, isInvited))));
/** A group in good standing. */
const stays = every(isPresent, isKept);

// As with what is said in it: a moderator reads it once somebody who sees it reported it, until they answered.
const isReported: Rule = (viewer) =>
	viewer.secondFactor
		? sql`exists (select from safety.report where report.kind = 'group' and report.subject_id = circle.id
			and report.decision_id is null and ${reports.see(viewer)})`
		: sql`false`;

/** Who may see and do what to a group. */
export const circles = policy('groups.circle', {
	see: isSeen,
	/** Reads what it says of itself, to report it or to judge it. */
	judge: some(isSeen, every(isPresent, isReported)),
	/** Reads what is said in it. */
	read: every(stays, some(is('open'), sits)),
	/** Reads who is in it. */
	meet: every(stays, some(sits, leads)),
	join: every(isSeen, isAwake, is('open'), comesIn),
	ask: every(isSeen, isAwake, is('closed'), comesIn),
	/** Says something in it. */
	post: every(stays, isAwake, sits),
	/** Receives what is said in it by mail, if they asked. */
	receive: every(stays, sits),
	/** Plans something with its people. */
	plan: every(stays, isAwake, some(sits, leads)),
	invite: every(stays, isAwake, some(leads, every(sits, is('open')))),
	lead: every(isSeen, leads),
	revive: every(stays, () => sql`circle.archived_at is not null`, some(sits, leads)),
});

/** The viewer and the row named `person` sit in one group: one probe for each group of the viewer's. */
export const sharesGroup: Rule = (viewer) =>
	viewer.id
		? sql`exists (select from groups.seat where seat.person_id = ${viewer.id}::uuid
			and coalesce((select membership.state = 'member' from groups.membership
				where membership.circle_id = seat.circle_id and membership.person_id = person.id), false))`
		: sql`false`;

/** The row named `person` chose to appear under a subject: to the whole network. */
const offers: Rule = () =>
	sql`exists (select from groups.follow where follow.person_id = person.id and follow.shown)`;
/** What makes two people know of each other, of what is kept here. */
export const tie = some(sharesGroup, offers);

const inCircle =
	(id: Sql, rule: Rule): Rule =>
	(viewer) =>
		viewer.id
			? sql`coalesce((select true from groups.circle where circle.id = ${id} and ${rule(viewer)}), false)`
			: sql`false`;

/** The viewer reads what is said in the group of this column. */
export const readsGroup = (id: Sql): Rule => inCircle(id, (viewer) => circles.read(viewer));
/** The viewer answers for the group of this column. */
export const leadsGroup = (id: Sql): Rule => inCircle(id, (viewer) => circles.lead(viewer));
/** The group of this column is open: what it shows to all is for all. Asked of no viewer. */
export const isOpenGroup =
	(id: Sql): Rule =>
	() =>
		sql`coalesce((select true from groups.circle where circle.id = ${id} and circle.visibility = 'open'), false)`;
/** The viewer may say something in the group of this column. */
export const postsInGroup = (id: Sql): Rule => inCircle(id, (viewer) => circles.post(viewer));

/** Of who asks on a live stream (`LiveTopic.asks`): ids of the groups they are of. */
export const groupsOfAsker: Sql = sql`array(select seat.circle_id from groups.seat where seat.person_id = asker.id)`;
