import { isApartFrom } from '#domains/safety/index.ts';
import { holdsPower } from '#domains/territory/index.ts';
import { every, isAnyone, isPresent, isSelf, policy, type Rule, some } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';

const isOpen: Rule = () => sql`petition.state = 'open'`;
/** How long a petition closed by mistake can be opened again, in minutes. */
const reopenMinutes = 10;
const justClosed: Rule = () => sql`(petition.state = 'closed'
	and petition.closed_at > now() - make_interval(mins => ${sql.lit(reopenMinutes)}))`;
const isKept: Rule = () =>
	sql`(exists (select from safety.hidden where hidden.kind = 'petition' and hidden.subject_id = petition.id) = false)`;
const isHeard = some(() => sql`petition.is_official`, isApartFrom(sql`petition.by_id`));
const isShown = every(isAnyone, isKept, isHeard);
const leads = every(
	isPresent,
	some(
		every(() => sql`not petition.is_official`, isSelf(sql`petition.by_id`)),
		every(isKept, holdsPower('mission.create', sql`petition.unit_id`)),
	),
);
const signed: Rule = (
	viewer,
) => sql`exists (select from missions.signature where signature.petition_id = petition.id
	and signature.person_id = ${viewer.id}::uuid and signature.confirmed_at is not null)`;

/** Who may see and do what to a petition: it is public. */
export const petitions = policy('missions.petition', {
	see: some(leads, isShown),
	sign: every(isShown, isOpen),
	unsign: every(isPresent, signed),
	close: every(leads, isOpen),
	/** Takes back a closing of just now. */
	reopen: every(leads, justClosed),
	/** Takes away who signed. */
	export: leads,
});
