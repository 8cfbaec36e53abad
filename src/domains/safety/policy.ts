import { holdsPower } from '#domains/territory/index.ts';
import type { Apart } from '#platform/apart.ts';
import { every, isPresent, isSelf, policy, type Rule, some } from '#platform/policy.ts';
import { type Sql, sql } from '#platform/sql.ts';

// One probe of a key each: with `not exists`, PostgreSQL may join the whole table first.
/** Neither of the two blocked the other. */
export const neitherBlocked = (one: Sql, other: Sql) =>
	sql`(exists (select from safety.block where block.person_id = ${one} and block.blocked_id = ${other}) = false
		and exists (select from safety.block where block.person_id = ${other} and block.blocked_id = ${one}) = false)`;

/** Neither the viewer nor this person blocked the other. A visitor has nobody to block. */
export const isApartFrom: Apart = (person) => (viewer) =>
	viewer.id ? neitherBlocked(sql`${viewer.id}::uuid`, person) : sql`true`;

// What belongs to no unit is for the moderators of the top.
const moderates = (unit: Sql): Rule =>
	holdsPower(
		'posts.moderate',
		sql`coalesce(${unit}, (select top.id from territory.unit as top
		where top.parent_id is null and top.closed_at is null order by top.created_at limit 1))`,
	);

const isOther =
	(...columns: Sql[]): Rule =>
	(viewer) =>
		viewer.id ? sql`${viewer.id}::uuid not in (${sql.join(columns)})` : sql`false`;

const reportedIt =
	(kind: Sql, subject: Sql): Rule =>
	(viewer) =>
		sql`exists (select from safety.report as own
	where own.reporter_id = ${viewer.id}::uuid and own.kind = ${kind} and own.subject_id = ${subject})`;
const didNotReport =
	(kind: Sql, subject: Sql): Rule =>
	(viewer) =>
		sql`not ${reportedIt(kind, subject)(viewer)}`;

/** Who may see a report and judge what it is about: moderators of the place, never in their own words, thread or report. */
export const reports = policy('safety.report', {
	see: every(
		isPresent,
		moderates(sql`report.unit_id`),
		isOther(sql`report.author_id`, sql`report.host_id`, sql`report.reporter_id`),
		didNotReport(sql`report.kind`, sql`report.subject_id`),
	),
});

const isSanction: Rule = () => sql`decision.outcome <> 'keep'`;

/** Who may read a decision, and ask somebody else to look again. */
export const decisions = policy('safety.decision', {
	// Words that were kept: nobody tells their author that somebody complained.
	see: some(
		every(isSelf(sql`decision.author_id`), isSanction),
		every(isPresent, isOther(sql`decision.author_id`), moderates(sql`decision.unit_id`)),
	),
	appeal: every(isSelf(sql`decision.author_id`), isSanction, () => sql`decision.reversed_at is null`),
});

const ofDecision =
	(rule: Rule): Rule =>
	(viewer) =>
		sql`exists (select from safety.decision where decision.id = appeal.decision_id and ${rule(viewer)})`;

// Neither who decided, nor who wrote it, nor in whose thread, nor who reported it.
const isUninvolved = ofDecision(
	every(
		moderates(sql`decision.unit_id`),
		isOther(sql`decision.by_id`, sql`decision.author_id`, sql`decision.host_id`),
		didNotReport(sql`decision.kind`, sql`decision.subject_id`),
	),
);

/** Who may hear an appeal: a moderator of the place who had no part in it. To the others it does not exist. */
export const appeals = policy('safety.appeal', {
	see: some(isSelf(sql`appeal.person_id`), every(isPresent, isUninvolved)),
	hear: every(isPresent, () => sql`appeal.decided_at is null`, isUninvolved),
});

/** May suspend this person: moderates a unit they belong to, and every unit where they hold an office now. */
export const maySuspend = (person: Sql): Rule =>
	every(
		isPresent,
		isOther(person),
		(
			viewer,
		) => sql`exists (select from territory.attachment where attachment.person_id = ${person} and attachment.until is null
		and ${holdsPower('posts.moderate', sql`attachment.unit_id`)(viewer)})`,
		(viewer) => sql`not exists (select from territory.term where term.person_id = ${person}
		and term.starts_at <= now() and (term.ends_at is null or term.ends_at > now())
		and not ${holdsPower('posts.moderate', sql`term.unit_id`)(viewer)})`,
	);
