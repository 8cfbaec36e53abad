import { type News, notify, notifyMany } from '#domains/notices/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import type { Listener } from '#platform/jobs.ts';
import { every, type Rule } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import { linkIn } from './links/arriving.ts';
import { comeByLink } from './links/follow.ts';
import { mergeLinks } from './links/kept.ts';
import { circles } from './policy.ts';
import { subjectListeners, subjectSights } from './subjects/listen.ts';
import { succeed } from './succeed.ts';

interface Event {
	groupId: string | null;
	personId: string;
	byId?: string;
	/** Why somebody was put out. */
	reason?: string;
	fromId: string;
	intoId: string;
}

interface Row {
	name: string;
	owner: string | null;
	successor: string | null;
}

const groupOf = (tx: Tx, id: string) =>
	tx.one<Row>(sql`select circle.name, circle.owner_id as owner, circle.successor_id as successor
		from groups.circle where circle.id = ${id}::uuid`);

const kinds: Record<string, (event: Event, group: Row) => Omit<News, 'subjectId'>> = {
	'groups.asked': ({ personId }, { owner }) => ({ type: 'group_asked', to: [owner], byId: personId }),
	'groups.admitted': ({ personId, byId }) => ({ type: 'group_accepted', to: [personId], byId: byId! }),
	'groups.invited': ({ personId, byId }) => ({ type: 'group_invited', to: [personId], byId: byId! }),
	// Who put them out is not named: the group did.
	'groups.excluded': ({ personId, reason }) => ({
		type: 'group_excluded',
		to: [personId],
		...(reason && { payload: { why: 'given', reason } }),
	}),
	'groups.inherited': ({ personId }) => ({ type: 'group_inherited', to: [personId] }),
	'groups.fading': (_, { owner, successor }) => ({ type: 'group_fading', to: [owner, successor] }),
};

const tell =
	(kind: (typeof kinds)[string]) =>
	({ groupId, ...event }: Event) =>
		asSystem('groups', async (tx) => {
			const group = await groupOf(tx, groupId!);
			if (!group) return;
			const { payload, ...news } = kind({ groupId, ...event }, group);
			await notify(tx, {
				...news,
				subjectId: groupId,
				groupId,
				payload: { group: group.name, ...payload },
			});
		});

/** A group was put to sleep: its people are told, any of them wakes it. */
const onAsleep = ({ groupId }: Event) =>
	asSystem('groups', async (tx) => {
		const group = await groupOf(tx, groupId!);
		if (!group) return;
		await notifyMany(
			tx,
			{ type: 'group_asleep', subjectId: groupId, groupId, payload: { group: group.name } },
			{ people: sql`select seat.person_id from groups.seat where seat.circle_id = ${groupId}::uuid` },
		);
	});

/** Somebody spoke in a group, answered there, or planned something in it: it lives. */
const onPosted = ({ groupId }: Event) =>
	asSystem('groups', async (tx) => {
		if (!groupId) return;
		await tx.run(
			sql`update groups.circle set active_at = now(), warned_at = null where circle.id = ${groupId}::uuid`,
		);
	});

/** Somebody who made their account by a group's link is in the network: they come in, or ask. */
const onArrived = async ({ id, invitation }: { id: string; invitation: string | null }) => {
	const link = linkIn(invitation);
	if (link) await comeByLink(id, link);
};

/** Who is suspended answers for nothing: their groups go to the next. */
const onSuspended = ({ personId }: Event) =>
	asSystem('groups', async (tx) => {
		const led = await tx.many<{ id: string }>(
			sql`select circle.id from groups.circle where circle.owner_id = ${personId}::uuid`,
		);
		for (const { id } of led) await succeed(tx, id);
	});

/** Two accounts were one person: their groups and subjects follow. */
const onMerged = ({ fromId, intoId }: Event) =>
	asSystem('groups', async (tx) => {
		await tx.run(sql`update groups.circle set member_count = circle.member_count - 1 where exists (select from groups.seat
				where seat.circle_id = circle.id and seat.person_id = ${fromId}::uuid)
			and exists (select from groups.membership where membership.circle_id = circle.id and membership.person_id = ${intoId}::uuid)`);
		for (const [table, column] of [
			['membership', 'circle_id'],
			['follow', 'subject_id'],
		] as const) {
			const [moved, key] = [sql.raw(`groups.${table}`), sql.raw(column)];
			await tx.run(sql`update ${moved} as mine set person_id = ${intoId}::uuid where mine.person_id = ${fromId}::uuid and not exists (
				select from ${moved} as theirs where theirs.person_id = ${intoId}::uuid and theirs.${key} = mine.${key})`);
			await tx.run(sql`delete from ${moved} as mine where mine.person_id = ${fromId}::uuid`);
		}
		await tx.run(sql`update groups.merge_follow as mine set person_id = ${intoId}::uuid where mine.person_id = ${fromId}::uuid
			and not exists (select from groups.merge_follow as theirs where theirs.person_id = ${intoId}::uuid and theirs.merge_id = mine.merge_id)`);
		await tx.run(sql`delete from groups.merge_follow where merge_follow.person_id = ${fromId}::uuid`);
		await mergeLinks(tx, fromId, intoId);
		await tx.run(
			sql`update groups.proposal set person_id = ${intoId}::uuid where proposal.person_id = ${fromId}::uuid`,
		);
		await tx.run(sql`delete from groups.seat where seat.person_id = ${fromId}::uuid`);
		await tx.run(sql`insert into groups.seat (person_id, circle_id) select membership.person_id, membership.circle_id from groups.membership
			where membership.person_id = ${intoId}::uuid and membership.state = 'member' on conflict do nothing`);
		await tx.run(
			sql`update groups.membership set by_id = ${intoId}::uuid where membership.by_id = ${fromId}::uuid`,
		);
		await tx.run(sql`update groups.circle set owner_id = ${intoId}::uuid where circle.owner_id = ${fromId}::uuid
			and exists (select from groups.seat where seat.circle_id = circle.id and seat.person_id = ${intoId}::uuid)`);
		await tx.run(
			sql`update groups.circle set successor_id = ${intoId}::uuid where circle.successor_id = ${fromId}::uuid and circle.owner_id <> ${intoId}::uuid`,
		);
	});

export const listeners = [
	...Object.entries(kinds).map(([to, kind]) => ({ to, name: to.replace('.', '.tell_'), hear: tell(kind) })),
	{ to: 'groups.asleep', name: 'groups.tell_asleep', hear: onAsleep },
	{ to: 'feed.posted', name: 'groups.on_posted', hear: onPosted },
	{ to: 'feed.commented', name: 'groups.on_commented', hear: onPosted },
	{ to: 'events.created', name: 'groups.on_planned', hear: onPosted },
	{ to: 'people.arrived', name: 'groups.on_arrived', hear: onArrived },
	{ to: 'people.suspended', name: 'groups.on_suspended', hear: onSuspended },
	{ to: 'people.merged', name: 'groups.on_merged', hear: onMerged },
	...subjectListeners,
] as Listener<never>[];

const seen: Rule = (viewer) =>
	sql`exists (select from groups.circle where circle.id = notice.subject_id and ${circles.see(viewer)})`;
const leads: Rule = (viewer) =>
	sql`exists (select from groups.circle where circle.id = notice.subject_id and ${circles.lead(viewer)})`;
const isAwake: Rule = () => sql`exists (select from groups.circle
	where circle.id = notice.subject_id and circle.archived_at is null)`;
const wakes: Rule = (viewer) =>
	sql`exists (select from groups.circle where circle.id = notice.subject_id and ${circles.revive(viewer)})`;
const invited: Rule = every(
	seen,
	(viewer) => sql`exists (select from groups.membership where membership.circle_id = notice.subject_id
		and membership.person_id = ${viewer.id}::uuid and membership.state in ('invited', 'member'))`,
);
// Even of a secret group: who was put out is told so.
const excluded: Rule = (viewer) =>
	sql`exists (select from groups.membership where membership.circle_id = notice.subject_id
		and membership.person_id = ${viewer.id}::uuid and membership.state = 'excluded')`;

/** A notice of a group lives as long as its reader sees what it speaks of. */
export const sights: Record<string, Rule> = {
	group_asked: leads,
	group_accepted: seen,
	group_invited: invited,
	group_excluded: excluded,
	group_inherited: leads,
	group_asleep: wakes,
	group_fading: every(leads, isAwake),
	...subjectSights,
};
