import type { Tx } from '#platform/db.ts';
import type { Privacy } from '#platform/domain.ts';
import { sql } from '#platform/sql.ts';
import { eraseCovers } from './cover.ts';
import { eraseLinks, gatherLinks, retainLinks } from './links/kept.ts';
import { succeed } from './succeed.ts';

async function gather(tx: Tx, personId: string): Promise<Record<string, unknown[]>> {
	return {
		'groups.circle':
			await tx.many(sql`select circle.id, circle.name, circle.purpose, circle.rules, circle.visibility, circle.created_at
			from groups.circle where circle.owner_id = ${personId}::uuid order by circle.created_at`),
		// What others answered is theirs: a refusal is not told here either.
		'groups.membership':
			await tx.many(sql`select circle.name, case when membership.state = 'refused' then 'asked' else membership.state end as state,
				membership.note, membership.at from groups.membership join groups.circle on circle.id = membership.circle_id
			where membership.person_id = ${personId}::uuid order by membership.at`),
		'groups.follow':
			await tx.many(sql`select subject.slug, subject.name as topic, follow.brings, follow.shown, follow.in_feed, follow.at from groups.follow
			join groups.subject on subject.id = follow.subject_id where follow.person_id = ${personId}::uuid order by follow.at`),
		'groups.merge_follow':
			await tx.many(sql`select subject.slug, subject.name as topic, merge_follow.brings, merge_follow.shown, merge_follow.in_feed, merge_follow.at
			from groups.merge_follow join groups.subject_merge on subject_merge.id = merge_follow.merge_id
				join groups.subject on subject.id = subject_merge.subject_id
			where merge_follow.person_id = ${personId}::uuid order by merge_follow.at`),
		...(await gatherLinks(tx, personId)),
		'groups.proposal':
			await tx.many(sql`select proposal.name, proposal.why, proposal.at, proposal.answer, proposal.answered_at from groups.proposal
			where proposal.person_id = ${personId}::uuid order by proposal.at`),
	};
}

/** A group outlives who opened it: it goes to the next. */
async function erase(tx: Tx, personId: string): Promise<void> {
	await tx.run(sql`update groups.circle set member_count = circle.member_count - 1 where exists (select from groups.seat
		where seat.circle_id = circle.id and seat.person_id = ${personId}::uuid)`);
	await tx.run(sql`delete from groups.seat where seat.person_id = ${personId}::uuid`);
	await tx.run(sql`delete from groups.membership where membership.person_id = ${personId}::uuid`);
	await eraseLinks(tx, personId);
	await eraseCovers(tx, personId);
	await tx.run(sql`delete from groups.follow where follow.person_id = ${personId}::uuid`);
	await tx.run(sql`delete from groups.merge_follow where merge_follow.person_id = ${personId}::uuid`);
	await tx.run(sql`delete from groups.proposal where proposal.person_id = ${personId}::uuid`);
	await tx.run(
		sql`update groups.proposal set answered_by = null where proposal.answered_by = ${personId}::uuid`,
	);
	await tx.run(sql`update groups.membership set by_id = null where membership.by_id = ${personId}::uuid`);
	await tx.run(
		sql`update groups.circle set successor_id = null where circle.successor_id = ${personId}::uuid`,
	);
	const led = await tx.many<{ id: string }>(
		sql`select circle.id from groups.circle where circle.owner_id = ${personId}::uuid`,
	);
	for (const { id } of led) await succeed(tx, id);
	await tx.run(sql`update groups.circle set owner_id = null where circle.owner_id = ${personId}::uuid`);
}

/** Requests, refusals and invitations that nobody answered are forgotten after a year, proposals too; an exclusion after three. */
async function retain(tx: Tx, now: Date, dry: boolean): Promise<Record<string, number>> {
	const old = {
		'groups.membership': sql`groups.membership where (membership.state in ('asked', 'refused', 'invited') and membership.at < ${now}::timestamptz - interval '1 year')
			or (membership.state = 'excluded' and membership.at < ${now}::timestamptz - interval '3 years')`,
		'groups.merge_follow': sql`groups.merge_follow where exists (select from groups.subject_merge
			where subject_merge.id = merge_follow.merge_id and subject_merge.until < ${now}::timestamptz)`,
		'groups.proposal': sql`groups.proposal where coalesce(proposal.answered_at, proposal.at) < ${now}::timestamptz - interval '1 year'`,
	};
	const gone: Record<string, number> = {};
	for (const [table, rows] of Object.entries(old))
		gone[table] = dry
			? (await tx.one<{ n: number }>(sql`select count(*)::int as n from ${rows}`))!.n
			: await tx.run(sql`delete from ${rows}`);
	return { ...gone, ...(await retainLinks(tx, now, dry)) };
}

export const privacy: Privacy = {
	tables: {
		'groups.circle': {
			person: 'owner_id',
			columns: ['owner_id', 'successor_id'],
			kept: 'until they leave the group',
			onErase: 'anonymise',
		},
		'groups.membership': {
			person: 'person_id',
			columns: ['person_id', 'state', 'by_id', 'note'],
			kept: 'until the person leaves the group; 1 year without answer; 3 years for an exclusion',
			onErase: 'delete',
		},
		'groups.link': {
			person: 'made_by',
			columns: ['made_by'],
			kept: '1 year after its end',
			onErase: 'anonymise',
		},
		'groups.link_use': {
			person: 'person_id',
			columns: ['person_id'],
			kept: 'with the link',
			onErase: 'delete',
		},
		'groups.seat': {
			person: 'person_id',
			columns: ['person_id'],
			kept: 'until the person leaves the group',
			onErase: 'delete',
		},
		'groups.follow': {
			person: 'person_id',
			columns: ['person_id', 'brings', 'home_id'],
			kept: 'until the person stops following',
			onErase: 'delete',
		},
		'groups.merge_follow': {
			person: 'person_id',
			columns: ['person_id', 'brings', 'home_id'],
			kept: 'while two subjects made one can be told apart: 7 days',
			onErase: 'delete',
		},
		'groups.proposal': {
			person: 'person_id',
			columns: ['person_id', 'name', 'why', 'answered_by', 'answer'],
			kept: '1 year after the answer, or after the proposal when nobody answered',
			onErase: 'delete',
		},
	},
	said: {
		'groups.circle.visibility': 'groups.vis_',
		'groups.membership.state': 'privacy.is_group_',
		'groups.link_use.became': 'privacy.is_group_',
	},
	gather,
	erase,
	retain,
};
