import { read } from '#platform/db.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { isHere } from '../belonging/members.ts';
import { claims, handovers } from '../offices/policy.ts';
import { units } from '../policy.ts';

/** Days within which whoever asks something of an officer is owed an answer. */
const answerDays = 7;
/** Where counting stops: beyond, one says "more than a hundred". */
export const atMost = 101;

/** Answers that a unit owes for too long, of one kind; nobody is named. */
export interface Late {
	kind: 'declared' | 'welcome' | 'claim' | 'handover' | 'report' | 'appeal';
	/** The thing itself, where each is told apart. */
	id: string | null;
	/** Null: what belongs to no unit. */
	unitId: string | null;
	unit: string | null;
	/** How many wait, up to 101. */
	n: number;
	since: Date;
}

/** The instant before which what still waits is late. */
export const dueBefore = sql`(now() - make_interval(days => ${answerDays}::int))`;

/** What waits, the oldest first, by unit; by thing when it has an `id`. `waits` gives `id`, `unit_id`, `at`, and is bounded. */
export const lateBy = (kind: Late['kind'], waits: Sql) => sql`
	select ${kind}::text as kind, waits.id, waits.unit_id as "unitId", unit.name as unit, count(*)::int as n, min(waits.at) as since
	from (${waits}) as waits left join territory.unit on unit.id = waits.unit_id
	group by waits.id, waits.unit_id, unit.name order by since limit 20`;

const declared = (viewer: Viewer) => sql`
	select null::uuid as id, attachment.unit_id, membership.created_at as at from people.membership
	join people.person on person.id = membership.person_id
	join territory.attachment on attachment.person_id = membership.person_id and attachment.until is null
	join territory.unit on unit.id = attachment.unit_id
	where membership.ended_at is null and membership.verified_at is null and membership.created_at < ${dueBefore} and ${isHere}
		and membership.type_id in (select id from people.membership_type where grants = 'member') and ${units.welcome(viewer)}
	order by membership.created_at limit ${atMost}`;

const unwelcomed = (viewer: Viewer) => sql`
	select null::uuid as id, attachment.unit_id, attachment.since as at from territory.attachment
	join people.person on person.id = attachment.person_id join territory.unit on unit.id = attachment.unit_id
	where attachment.until is null and attachment.welcomed_at is null and attachment.since < ${dueBefore} and ${isHere}
		and person.id <> ${viewer.id}::uuid and ${units.welcome(viewer)}
	order by attachment.since limit ${atMost}`;

const undecided = (viewer: Viewer) => sql`
	select null::uuid as id, claim.unit_id, claim.made_at as at from territory.claim
	where claim.decided_at is null and claim.made_at < ${dueBefore} and ${claims.decide(viewer)}
	order by claim.made_at limit ${atMost}`;

const unfinished = (viewer: Viewer) => sql`
	select handover.id, handover.unit_id, coalesce(handover.accepted_at, handover.proposed_at) as at from territory.handover
	where handover.confirmed_at is null and handover.cancelled_at is null
		and coalesce(handover.accepted_at, handover.proposed_at) < ${dueBefore} and ${handovers.see(viewer)}
	order by at limit ${atMost}`;

/** What the officers of the viewer's territory owe for more than seven days, the oldest of each kind first. */
export const lateInTerritory = (viewer: Viewer): Promise<Late[]> =>
	read(viewer, async (tx) => {
		const asked = [
			lateBy('declared', declared(viewer)),
			lateBy('welcome', unwelcomed(viewer)),
			lateBy('claim', undecided(viewer)),
			lateBy('handover', unfinished(viewer)),
		];
		return (await Promise.all(asked.map((query) => tx.many<Late>(query)))).flat();
	});
