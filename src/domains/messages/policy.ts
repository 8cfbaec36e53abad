import { isFriend, sharesUnit } from '#domains/friends/index.ts';
import { holdsPower } from '#domains/territory/index.ts';
import { every, isPresent, isSelf, policy, type Rule, some } from '#platform/policy.ts';
import { type Sql, sql } from '#platform/sql.ts';

/** How long one's own words can be corrected, in minutes. */
export const editMinutes = 5;
/** How long who left can come back, in minutes. */
export const backMinutes = 10;

/** The viewer takes part in the conversation of this column, in one of these states, and has not left. */
const takesPart =
	(conversation: Sql, states: Sql): Rule =>
	(viewer) =>
		viewer.id
			? sql`exists (select from messages.participant as own where own.conversation_id = ${conversation}
				and own.person_id = ${viewer.id}::uuid and own.left_at is null and own.state in (${states}))`
			: sql`false`;

const here = sql`conversation.id`;
const reads = takesPart(here, sql`'request', 'accepted'`);
const speaks = takesPart(here, sql`'accepted'`);
const justLeft: Rule = (viewer) =>
	viewer.id
		? sql`exists (select from messages.participant as own where own.conversation_id = conversation.id
			and own.person_id = ${viewer.id}::uuid and own.left_at > now() - make_interval(mins => ${sql.lit(backMinutes)}))`
		: sql`false`;
const isSeveral: Rule = () => sql`conversation.kind = 'several'`;

/** The viewer has not set the other of the two apart: who blocks somebody does not write to them either. */
const didNotBlock: Rule = (viewer) =>
	sql`(conversation.kind = 'several' or exists (select from safety.block where block.person_id = ${viewer.id}::uuid
		and block.blocked_id in (conversation.low, conversation.high)) = false)`;

/** Who may see a conversation and what they may do in it. To everybody else, officers included, it does not exist. */
export const conversations = policy('messages.conversation', {
	see: every(isPresent, reads),
	write: every(isPresent, speaks, didNotBlock),
	add: every(isPresent, speaks, isSeveral),
	leave: every(isPresent, reads, isSeveral),
	/** Comes back after leaving by mistake. */
	rejoin: every(isPresent, isSeveral, justLeft),
	/** Accepts or refuses a request. */
	answer: every(isPresent, takesPart(here, sql`'request'`)),
	/** Takes a refusal back: it was told to nobody. */
	reconsider: every(isPresent, takesPart(here, sql`'refused'`)),
	keep: every(isPresent, speaks),
});

const wrote = isSelf(sql`message.author_id`);
const isSaid: Rule = () => sql`(message.kind = 'said' and message.removed_at is null)`;

/** What was written, or whom somebody added, since the one or the other set them apart passes neither way; what was read before stays as it was. */
const passes: Rule = (viewer) => sql`(message.held = false and exists (select from safety.block
	where ((block.person_id = ${viewer.id}::uuid and block.blocked_id in (message.author_id, message.about_id))
		or (block.person_id in (message.author_id, message.about_id) and block.blocked_id = ${viewer.id}::uuid))
		and block.at <= message.sent_at) = false)`;

const isKept: Rule = () =>
	sql`exists (select from safety.hidden where hidden.kind = 'message' and hidden.subject_id = message.id) = false`;

// Who came later reads from there on; who was away does not read what was said without them.
const isReader: Rule = (viewer) =>
	viewer.id
		? sql`exists (select from messages.participant as own where own.conversation_id = message.conversation_id
			and own.person_id = ${viewer.id}::uuid and own.left_at is null and own.state in ('request', 'accepted')
			and message.number >= own.first_number and not own.away @> message.number)`
		: sql`false`;

const isHeard = every(isPresent, isReader, some(wrote, every(passes, isKept)));

/** Who may see a message, and what its author may still do to it. */
export const said = policy('messages.message', {
	see: isHeard,
	edit: every(
		isHeard,
		wrote,
		isSaid,
		() => sql`message.sent_at > now() - make_interval(mins => ${sql.lit(editMinutes)})`,
	),
	remove: every(isHeard, wrote, isSaid),
	report: every(isHeard, isSaid, (viewer) => sql`message.author_id <> ${viewer.id}::uuid`),
});

/** The two know one another: they chose it, or belong to one unit. What others write waits for an answer. */
export const knows = (person: Sql) => some(isFriend(person), sharesUnit(person));

/** Who writes to everybody of a unit and below, through an office. */
export const letters = policy(
	'territory.unit',
	{
		see: every(isPresent, () => sql`unit.closed_at is null`, holdsPower('message.unit', sql`unit.id`)),
	},
	'messages.letter',
);

/** A file is fetched by who reads its message, until it is removed. */
export const seesFile: Rule = (viewer) => sql`exists (select from messages.message
	where message.id = file.holder_id and message.removed_at is null and ${said.see(viewer)})`;
