import { isApartFrom } from '#domains/safety/index.ts';
import { belongsBelow, holdsPower } from '#domains/territory/index.ts';
import { every, isPresent, isSelf, policy, type Rule, some } from '#platform/policy.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
import { isTied } from '#platform/ties.ts';

const isMe = isSelf(sql`person.id`);
const isNotMe: Rule = (viewer) => sql`person.id is distinct from ${viewer.id}::uuid`;

/** Confirmed, neither gone nor erased: the only people who are shown to anybody. */
export const isHere: Rule = () =>
	sql`(person.confirmed_at is not null and person.left_at is null and person.erased_at is null)`;

/** The viewer and the person of this column belong to one unit. */
export const sharesUnit =
	(column: Sql): Rule =>
	(viewer) =>
		viewer.units.length
			? sql`exists (select from territory.attachment where attachment.person_id = ${column}
				and attachment.until is null and attachment.unit_id = any (${list(viewer.units, 'uuid')}))`
			: sql`false`;

/** The viewer and the person of this column chose each other. */
export const isFriend =
	(column: Sql): Rule =>
	(viewer) =>
		sql`exists (select from friends.link where link.person_id = ${viewer.id}::uuid and link.friend_id = ${column})`;

/** One asked the other, and did not take it back. */
const isAsked: Rule = (viewer) => sql`exists (select from friends.request where request.withdrawn_at is null
	and ((request.from_id = ${viewer.id}::uuid and request.to_id = person.id)
		or (request.from_id = person.id and request.to_id = ${viewer.id}::uuid)))`;

/** Holds an office now: that is public inside the network. */
export const holdsOffice =
	(column: Sql): Rule =>
	() =>
		sql`exists (select from territory.term join territory.office on office.id = term.office_id
			where term.person_id = ${column} and office.retired_at is null
				and term.starts_at <= now() and (term.ends_at is null or term.ends_at > now()))`;

/** Spoke where the viewer listens: to the network, to members, to a unit of the viewer or above. */
const isShown: Rule = (viewer) => sql`exists (select from friends.shown where shown.person_id = person.id
	and (shown.place = 'network' or (shown.place = 'members' and ${viewer.standing === 'member'})
		or (shown.place = 'unit' and ${belongsBelow(sql`shown.unit_id`)(viewer)})))`;

/** The viewer holds this power over a unit of the person of this column. */
export const reaches =
	(power: string, column: Sql): Rule =>
	(viewer) =>
		viewer.secondFactor
			? sql`exists (select from territory.attachment where attachment.person_id = ${column}
				and attachment.until is null and ${holdsPower(power, sql`attachment.unit_id`)(viewer)})`
			: sql`false`;

const hasInCommon = some(
	sharesUnit(sql`person.id`),
	isFriend(sql`person.id`),
	isAsked,
	holdsOffice(sql`person.id`),
	isShown,
	reaches('members.see', sql`person.id`),
	isTied,
);
// A request stays what it was for who got it: taken back, its sender can still be kept at a distance.
const wasAskedBy: Rule = (viewer) =>
	sql`exists (select from friends.request where request.from_id = person.id and request.to_id = ${viewer.id}::uuid)`;
const didBlock: Rule = (viewer) =>
	sql`exists (select from safety.block where block.person_id = ${viewer.id}::uuid and block.blocked_id = person.id)`;
const didReport: Rule = (viewer) =>
	sql`exists (select from safety.report where report.author_id = person.id and report.reporter_id = ${viewer.id}::uuid)`;

const isKnown = every(isPresent, isHere, isApartFrom(sql`person.id`), hasInCommon);

/** Who may know that a person is there: one rule for their profile, the search, the suggestions and the requests. */
export const persons = policy('people.person', {
	see: some(isMe, isKnown),
	ask: every(isNotMe, isKnown),
	/** Whom one sees, or met before: whether anybody else exists is not told by trying to block them. */
	keepApart: some(isMe, isKnown, every(isPresent, isHere, some(didBlock, wasAskedBy, didReport))),
});

/** What makes a person visible without any tie between the two: opening such a profile leaves a trace. */
export const isStranger: Rule = (viewer) =>
	sql`not (${some(isMe, sharesUnit(sql`person.id`), isFriend(sql`person.id`), isAsked, holdsOffice(sql`person.id`))(viewer)})`;

const got = isSelf(sql`request.to_id`);
const sent = isSelf(sql`request.from_id`);
const isOpen: Rule = () => sql`request.withdrawn_at is null and request.answer is distinct from 'accepted'`;

/** Who may see a request and answer it. The one who asked sees theirs whatever was answered. */
export const requests = policy('friends.request', {
	see: every(
		isPresent,
		some(
			sent,
			every(got, () => sql`request.withdrawn_at is null`, isApartFrom(sql`request.from_id`)),
		),
	),
	answer: every(isPresent, got, isOpen, isApartFrom(sql`request.from_id`)),
	withdraw: every(isPresent, sent, isOpen),
});
