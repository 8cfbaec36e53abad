import { isApartFrom } from '#domains/safety/index.ts';
import { belongsBelow, holdsPower } from '#domains/territory/index.ts';
import { every, isPresent, isSelf, policy, type Rule, some } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';

const made = isSelf(sql`initiative.by_id`);
const isOpen: Rule = () => sql`initiative.state = 'open'`;
const isKept: Rule = () =>
	sql`(exists (select from safety.hidden where hidden.kind = 'initiative' and hidden.subject_id = initiative.id) = false)`;
const isHeard = some(() => sql`initiative.is_official`, isApartFrom(sql`initiative.by_id`));
const answers = holdsPower('mission.create', sql`initiative.unit_id`);
const isReached = some(
	() => sql`initiative.audience = 'network'`,
	belongsBelow(sql`initiative.unit_id`),
	answers,
	holdsPower('posts.moderate', sql`initiative.unit_id`),
);
const isShown = every(isPresent, isKept, isHeard, isReached);
const leads = every(
	isPresent,
	some(
		every(() => sql`not initiative.is_official`, made),
		every(isKept, answers),
	),
);
const isIn =
	(accepted: boolean): Rule =>
	(viewer) =>
		sql`exists (select from missions.teammate where teammate.initiative_id = initiative.id
			and teammate.person_id = ${viewer.id}::uuid and (teammate.accepted_at is not null or ${!accepted}))`;
const isOut: Rule = (viewer) => sql`not ${isIn(false)(viewer)}`;
const supports: Rule = (viewer) => sql`exists (select from missions.support
	where support.initiative_id = initiative.id and support.person_id = ${viewer.id}::uuid)`;

/** Who may see and do what to an idea. */
export const initiatives = policy('missions.initiative', {
	see: some(leads, isShown),
	support: every(isShown, isOpen),
	/** Also of an idea one sees no more. */
	withdraw: every(isPresent, supports),
	join: every(isShown, isOpen, isOut),
	quit: every(isPresent, isIn(false)),
	/** Accepts into the team, closes. */
	lead: every(leads, isOpen),
	/** Calls for missions that come of it. */
	call: every(isOpen, some(leads, every(isShown, isIn(true)))),
});
