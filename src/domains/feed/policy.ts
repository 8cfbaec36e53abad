import { leadsGroup, readsGroup } from '#domains/groups/index.ts';
import { isApartFrom, reports } from '#domains/safety/index.ts';
import { belongsBelow, holdsPower } from '#domains/territory/index.ts';
import { every, isAnyone, isMember, isPresent, isSelf, policy, type Rule, some } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';

export { isApartFrom };

/** To whom a post is said. */
export const audiences = ['public', 'network', 'members', 'unit', 'friends', 'group'] as const;
export type Audience = (typeof audiences)[number];

const wrote = isSelf(sql`post.author_id`);
const isOut: Rule = () =>
	sql`(post.deleted_at is null and post.undone_at is null and post.publish_after <= now())`;
const isStanding: Rule = () => sql`(post.deleted_at is null and post.undone_at is null)`;
const wasNotUndone: Rule = () => sql`post.undone_at is null`;

/** The row is said to this audience, and the viewer is of it. */
const saidTo = (audience: Audience, rule: Rule): Rule =>
	every(() => sql`post.audience = ${sql.lit(audience)}`, rule);

// One probe of a key per post said to friends; an `exists` here makes PostgreSQL read all the friends first.
const isFriendOfAuthor: Rule = (viewer) =>
	viewer.id
		? sql`coalesce((select true from friends.link
			where link.person_id = ${viewer.id}::uuid and link.friend_id = post.author_id), false)`
		: sql`false`;

/** Moderation did not hide it. */
const isKept =
	(kind: 'post' | 'comment'): Rule =>
	() =>
		sql`(exists (select from safety.hidden where hidden.kind = ${sql.lit(kind)} and hidden.subject_id = ${sql.raw(kind)}.id) = false)`;

// A block is between two people: it neither silences a unit nor hides its words from one of its people.
const isHeard = some(() => sql`post.as_unit_id is not null`, isApartFrom(sql`post.author_id`));

const moderates = holdsPower('posts.moderate', sql`post.unit_id`);
/** Keeps order where it is said: a moderator of the place, or who answers for the group. */
const keepsOrder = some(
	moderates,
	every(() => sql`post.group_id is not null`, leadsGroup(sql`post.group_id`)),
);
// What is said in a group reaches a moderator once somebody of it reported it, until they answered.
const isReported: Rule = (viewer) =>
	viewer.secondFactor
		? sql`exists (select from safety.report where report.place_id = post.id and report.decision_id is null
			and ${reports.see(viewer)})`
		: sql`false`;
const speaksAlso = every(
	() => sql`post.as_unit_id is not null`,
	holdsPower('unit.speak', sql`post.as_unit_id`),
);

const isReached = some(
	saidTo('public', isAnyone),
	saidTo('network', isPresent),
	saidTo('members', isMember),
	saidTo('unit', every(isPresent, some(belongsBelow(sql`post.unit_id`), moderates))),
	saidTo('friends', every(isPresent, some(wrote, isFriendOfAuthor))),
	saidTo('group', every(isPresent, some(readsGroup(sql`post.group_id`), isReported))),
);

const isShown = every(isOut, isReached, isHeard, isKept('post'));
// Words said for a unit are the unit's: who left its office changes them no more, though they wrote them. Holding it is
// enough here, before the second factor: one corrects one's own words.
const isOneself: Rule = (viewer) =>
	viewer.id
		? sql`(post.as_unit_id is null or exists (select from territory.unit as voice where voice.id = post.as_unit_id
			and voice.ancestors && array(select held_power.unit_id from territory.held_power
				where held_power.person_id = ${viewer.id}::uuid and held_power.power = 'unit.speak')))`
		: sql`false`;
const wroteFreely = every(wrote, isOneself);
const writes = some(wroteFreely, every(isShown, speaksAlso));

/** Who may see and do what to a post. */
export const posts = policy('feed.post', {
	see: some(every(wrote, wasNotUndone), isShown),
	comment: every(isPresent, isShown),
	thank: every(isPresent, isShown),
	vote: every(isPresent, isShown),
	edit: every(isPresent, isStanding, writes),
	remove: every(isPresent, isStanding, some(wroteFreely, every(isShown, some(speaksAlso, keepsOrder)))),
	/** Takes one's own word back before anybody was told. */
	undo: every(isPresent, wrote, isStanding, () => sql`post.publish_after > now()`),
	/** Undoes one's own removal, within the seconds of the toast. */
	restore: every(
		isPresent,
		wasNotUndone,
		(viewer) => sql`post.deleted_by = ${viewer.id}::uuid
		and post.deleted_at > now() - interval '15 seconds'`,
		some(wrote, speaksAlso, keepsOrder),
	),
	moderate: every(isPresent, keepsOrder),
});

const wroteComment = isSelf(sql`comment.author_id`);
const isAnswered =
	(ability: 'see' | 'comment' | 'moderate'): Rule =>
	(viewer) =>
		sql`exists (select from feed.post where post.id = comment.post_id and ${posts[ability](viewer)})`;
const isWritten: Rule = () => sql`comment.deleted_at is null`;
// A visitor reads a public post and none of its comments: who comments did not choose to be known outside.
const isSeenComment = every(
	isPresent,
	isAnswered('see'),
	some(wroteComment, every(isApartFrom(sql`comment.author_id`), isKept('comment'))),
);

/** Who may see and do what to a comment. A removed one stays seen as a trace, without its words. */
export const comments = policy('feed.comment', {
	see: isSeenComment,
	reply: every(isPresent, isWritten, isAnswered('comment'), isSeenComment),
	thank: every(isPresent, isWritten, isAnswered('comment'), isSeenComment),
	edit: every(isPresent, wroteComment, isWritten, isSeenComment),
	remove: every(isPresent, isWritten, isSeenComment, some(wroteComment, isAnswered('moderate'))),
	restore: every(
		isPresent,
		isSeenComment,
		(viewer) => sql`comment.deleted_by = ${viewer.id}::uuid
		and comment.deleted_at > now() - interval '15 seconds'`,
	),
});

const unit = sql`unit.id`;
/**
 * Of which units one is told that nobody speaks: those one speaks for, and whose own words one reads. For the others, silence
 * and words that are not for one's eyes look the same.
 */
export const silences = policy(
	'territory.unit',
	{
		see: every(
			isPresent,
			() => sql`unit.closed_at is null`,
			holdsPower('unit.speak', unit),
			some(belongsBelow(unit), holdsPower('posts.moderate', unit)),
		),
	},
	'feed.silence',
);
