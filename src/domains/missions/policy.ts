import { isApartFrom } from '#domains/safety/index.ts';
import { belongsBelow, belongsTo, holdsPower } from '#domains/territory/index.ts';
import { every, isAnyone, isMember, isPresent, isSelf, policy, type Rule, some } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';

const unit = sql`unit.id`;
const isStanding: Rule = () => sql`unit.closed_at is null`;
const answersForUnit = holdsPower('mission.create', unit);

/** Where somebody calls for a mission: whoever answers for the unit, officially; its members, on their own behalf. */
export const callers = policy(
	'territory.unit',
	{
		see: every(isPresent, isStanding, some(answersForUnit, every(isMember, belongsTo(unit)))),
		official: every(isPresent, isStanding, answersForUnit),
		/** Reads what a unit counted: figures, never who. */
		tally: every(isPresent, answersForUnit),
	},
	'missions.caller',
);

const made = isSelf(sql`mission.by_id`);
const isOwnIdea: Rule = () => sql`not mission.is_official`;
const isOpen: Rule = () => sql`mission.state = 'open'`;
const isComing: Rule = () => sql`mission.ends_at > now()`;
const hasBegun: Rule = () => sql`mission.starts_at <= now()`;
const wasHeld: Rule = () => sql`mission.state <> 'cancelled'`;
/** Moderation did not hide it. */
export const isKept: Rule = () =>
	sql`(exists (select from safety.hidden where hidden.kind = 'mission' and hidden.subject_id = mission.id) = false)`;
const isForNetwork: Rule = () => sql`mission.audience = 'network'`;
const isPublic: Rule = () => sql`mission.audience = 'public'`;
// A block is between two people: it does not keep one from what the unit asks of everybody.
const isHeard = some(() => sql`mission.is_official`, isApartFrom(sql`mission.by_id`));
const answers = holdsPower('mission.create', sql`mission.unit_id`);
const moderates = holdsPower('posts.moderate', sql`mission.unit_id`);
const isReached = some(
	every(isPublic, isAnyone),
	every(isPresent, some(isForNetwork, belongsBelow(sql`mission.unit_id`), answers, moderates)),
);
const isShown = every(isKept, isHeard, isReached);
// An official mission is its unit's: who left the office leads it no more.
const leads = every(isPresent, some(every(isOwnIdea, made), every(isKept, answers)));
const comes: Rule = (viewer) =>
	sql`exists (select from missions.enrolment where enrolment.mission_id = mission.id
		and enrolment.person_id = ${viewer.id}::uuid and enrolment.left_at is null)`;

/** Who may see and do what to a mission. */
export const missions = policy('missions.mission', {
	see: some(leads, isShown),
	enrol: every(isPresent, isShown, isOpen, isComing),
	/** Without an account: asks for a place by mail. */
	visit: every(isPublic, isKept, isOpen, isComing),
	/** Also from a mission one sees no more: somebody who was blocked since is not kept on its list. */
	leave: every(isPresent, isOpen, comes),
	edit: every(leads, isOpen),
	/** Says how it went and what was counted, once it began. */
	close: every(leads, isOpen, hasBegun),
	/** Reads who comes. */
	names: leads,
	/** Says who came. */
	attend: every(leads, wasHeld, hasBegun),
});

/** What one did oneself: nobody else reads it; who leads a mission reads its list by `missions.mission.names`. */
export const enrolments = policy('missions.enrolment', {
	see: every(isPresent, isSelf(sql`enrolment.person_id`)),
});
