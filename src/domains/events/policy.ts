import { isOpenGroup, leadsGroup, postsInGroup, readsGroup } from '#domains/groups/index.ts';
import { isApartFrom, reports } from '#domains/safety/index.ts';
import { belongsBelow, holdsPower } from '#domains/territory/index.ts';
import { every, isAnyone, isMember, isPresent, isSelf, policy, type Rule, some } from '#platform/policy.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Visibility } from './policy-names.ts';

const shownTo = (visibility: Visibility, rule: Rule): Rule =>
	every(() => sql`event.visibility = ${sql.lit(visibility)}`, rule);

/** Moderation hid neither it nor its group. */
const isKept: Rule = () =>
	sql`(exists (select from safety.hidden where hidden.kind = 'event' and hidden.subject_id = event.id) = false
		and (event.group_id is null or exists (select from safety.hidden
			where hidden.kind = 'group' and hidden.subject_id = event.group_id) = false))`;
/** Not cancelled, and not over. */
const isComing: Rule = () => sql`(event.cancelled_at is null and event.ends_at > now())`;
const isStanding: Rule = () => sql`event.cancelled_at is null`;
const isOver: Rule = () => sql`event.starts_at <= now()`;

/** A unit that accepted to organise with the first, where this holds. */
const someCoUnit =
	(rule: (unit: Sql) => Rule): Rule =>
	(viewer) =>
		sql`exists (select from events.co_unit where co_unit.event_id = event.id and co_unit.accepted
			and ${rule(sql`co_unit.unit_id`)(viewer)})`;

const isOfGroup: Rule = () => sql`event.group_id is not null`;
/**
 * The unit answers for the event by its officer: who left the office changes it no more, though they wrote it. That of a group is
 * its author's, while they may speak there, and that of who leads the group.
 */
const leads = some(
	holdsPower('event.create', sql`event.unit_id`),
	every(
		isOfGroup,
		some(leadsGroup(sql`event.group_id`), every(isSelf(sql`event.by_id`), postsInGroup(sql`event.group_id`))),
	),
);
const organises = some(
	leads,
	someCoUnit((unit) => holdsPower('event.create', unit)),
);
/** A unit is asked to organise too: its officers read what of, before they answer. */
const isAsked: Rule = (viewer) =>
	sql`exists (select from events.co_unit where co_unit.event_id = event.id and co_unit.answered_at is null
		and ${holdsPower('event.create', sql`co_unit.unit_id`)(viewer)})`;
const moderates = holdsPower('posts.moderate', sql`event.unit_id`);

const isInvited: Rule = (
	viewer,
) => sql`exists (select from events.invitation where invitation.event_id = event.id
	and (invitation.person_id = ${viewer.id}::uuid or ${belongsBelow(sql`invitation.unit_id`)(viewer)}))`;

/** What a group shows outside, it shows while it is open. */
const goesOut: Rule = (viewer) =>
	sql`(event.group_id is null or ${isOpenGroup(sql`event.group_id`)(viewer)})`;
// As with what is said in a group: a moderator reads it once somebody of the group reported it, until they answered.
const isReported: Rule = (viewer) =>
	viewer.secondFactor
		? sql`exists (select from safety.report where report.place_id = event.id and report.decision_id is null
			and ${reports.see(viewer)})`
		: sql`false`;

const isReached = some(
	shownTo('public', every(isAnyone, goesOut)),
	shownTo('network', every(isPresent, goesOut)),
	every(isPresent, isOfGroup, some(readsGroup(sql`event.group_id`), isReported)),
	shownTo('members', isMember),
	shownTo(
		'unit',
		every(isPresent, some(belongsBelow(sql`event.unit_id`), someCoUnit(belongsBelow), moderates)),
	),
	every(isPresent, isInvited),
);
const isShown = every(isKept, isReached);

/** Who may see and do what to an event. */
export const events = policy('events.event', {
	see: some(isShown, every(isPresent, some(organises, isAsked))),
	/** Says coming, maybe or no; takes a shift. */
	answer: every(isPresent, isComing, isShown),
	/** Without an account: asks for a place by mail. */
	visit: every(isComing, isKept, shownTo('public', every(isAnyone, goesOut))),
	ask: every(isPresent, isStanding, isShown),
	change: every(isPresent, isComing, organises),
	/** The unit that made it alone says that it will not be. */
	cancel: every(isPresent, isComing, leads),
	invite: every(isPresent, isComing, organises),
	/** Reads every answer, by name. */
	readAnswers: every(isPresent, organises),
	/** Counts who is there, and tells of it afterwards. */
	tell: every(isPresent, isStanding, isOver, organises),
});

/** The row of a table of this domain belongs to an event of which this holds. */
export const ofEvent =
	(column: Sql, rule: Rule): Rule =>
	(viewer) =>
		sql`exists (select from events.event where event.id = ${column} and ${rule(viewer)})`;

const asksOf = holdsPower('event.create', sql`co_unit.unit_id`);

/** Who may see that a unit was asked to organise too, and answer for it. */
export const coUnits = policy('events.co_unit', {
	see: every(isPresent, some(asksOf, ofEvent(sql`co_unit.event_id`, events.readAnswers))),
	answer: every(
		isPresent,
		asksOf,
		() => sql`co_unit.answered_at is null`,
		ofEvent(sql`co_unit.event_id`, isComing),
	),
	drop: every(isPresent, ofEvent(sql`co_unit.event_id`, events.change)),
});

const asked = isSelf(sql`question.by_id`);
const answersIt = ofEvent(sql`question.event_id`, events.readAnswers);

/** Who may see a question: who asked it and who organises; once answered, whoever sees the event. */
export const questions = policy('events.question', {
	see: every(
		isPresent,
		ofEvent(sql`question.event_id`, events.see),
		some(
			asked,
			answersIt,
			every(() => sql`question.answered_at is not null`, isApartFrom(sql`question.by_id`)),
		),
	),
	answer: every(isPresent, answersIt),
	remove: every(isPresent, some(asked, answersIt)),
});

/** In which units one may organise. */
export const hosts = policy(
	'territory.unit',
	{ see: every(isPresent, () => sql`unit.closed_at is null`, holdsPower('event.create', sql`unit.id`)) },
	'events.host',
);
