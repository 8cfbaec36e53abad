import { unitsAbove } from '#domains/territory/index.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';

/** What a feed shows: everything, one of the viewer's units or those above, or their friends. */
export type Scope = { kind: 'all' } | { kind: 'unit'; unitId: string } | { kind: 'friends' };

/** Why a post is in somebody's feed, strongest first. */
export const reasons = ['own', 'mention', 'unit', 'friend', 'group', 'subject'] as const;
export type Reason = (typeof reasons)[number];

/** A post that may enter the page; the rules are asked afterwards. */
export interface Candidate {
	id: string;
	reason: Reason;
}

/** The candidate that a row of the skeleton is; none for a row of something else. */
export const candidateOf = ({ id, rank }: { id: string; rank: number | null }): Candidate[] =>
	rank === null ? [] : [{ id, reason: reasons[rank]! }];

const newest = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const standing = sql`post.deleted_at is null and post.undone_at is null`;

/**
 * The newest posts of each source before a cursor, merged, newest first, as `id` and the `rank` of their reason. Each source gives
 * at most `size` rows off an index, so the cost does not follow the number of members, of friends nor of posts. Friends are read
 * only as far as the units' posts leave room for, a group as its newest post does too.
 */
export const skeleton = (viewer: Viewer, scope: Scope, before: string | null, size: number): Sql =>
	query(viewer, scope, cursorAt(before), size);

/** Before which post a page begins. */
export const cursorAt = (before: string | null): Sql => sql`${before ?? newest}::uuid`;

function query(viewer: Viewer, scope: Scope, cursor: Sql, size: number): Sql {
	const isAll = scope.kind === 'all';
	const units = scope.kind === 'unit' ? sql`array[${scope.unitId}::uuid]` : unitsAbove(viewer);
	// One unit fills the page alone; of several, few do: each is first read by half.
	const first = scope.kind === 'unit' ? size : Math.ceil(size / 2);
	return sql`
		with heads as materialized (${scope.kind === 'friends' ? noHeads : headsOf(viewer, units, cursor, first)}),
		from_units as materialized (select heads.id, 2 as rank from heads union all ${restOf(viewer, first, size)}),
		from_self as materialized (${isAll ? fromSelf(viewer, cursor, size) : none}),
		room as materialized (select ${nth(sql`from_units`, size)} as id),
		from_friends as materialized (${scope.kind === 'unit' ? none : fromFriends(viewer, cursor, size)}),
		from_groups as materialized (${isAll ? fromGroups(viewer, cursor, size) : none})
		select gathered.id, min(gathered.rank)::int as rank
		from (select * from from_units union all select * from from_self union all select * from from_friends
			union all select * from from_groups) as gathered
		group by gathered.id order by gathered.id desc limit ${size}`;
}

// A sympathiser's page is not emptied by what only members read.
const audiencesOf = (viewer: Viewer) =>
	viewer.standing === 'member'
		? sql`post.audience <> 'friends'`
		: sql`post.audience not in ('friends', 'members')`;

const none = sql`select null::uuid as id, 0 as rank where false`;
const noHeads = sql`select null::uuid as unit_id, null::uuid as id where false`;

/** Older than any post. */
const nothingOlder = '00000000-0000-0000-0000-000000000000';
/** The last one that a page has room for, of what was found: nobody reads further. */
const nth = (from: Sql, size: number) =>
	sql`coalesce((select newest.id from ${from} as newest order by newest.id desc offset ${size - 1} limit 1), ${nothingOlder}::uuid)`;

const saidIn = (
	viewer: Viewer,
	unit: Sql,
) => sql`post.unit_id = ${unit} and ${standing} and ${audiencesOf(viewer)}
	and post.publish_after <= now()`;

/** The newest posts of each unit. */
const headsOf = (viewer: Viewer, units: Sql, cursor: Sql, size: number) => sql`
	select mine.id as unit_id, found.id from (select unnest(${units}) as id) as mine cross join lateral (
		select post.id from feed.post where ${saidIn(viewer, sql`mine.id`)} and post.id < ${cursor} order by post.id desc limit ${size}) as found`;

/** What a unit that gave all it was asked may still add: no further than what the page has room for. */
const restOf = (viewer: Viewer, first: number, size: number) => sql`
	select found.id, 2 from (select heads.unit_id, (array_agg(heads.id order by heads.id))[1] as id from heads
		group by heads.unit_id having count(*) = ${first}) as last cross join lateral (
		select post.id from feed.post where ${saidIn(viewer, sql`last.unit_id`)} and post.id < last.id
			and post.id >= ${nth(sql`heads`, size)} order by post.id desc limit ${size - first}) as found`;

const fromSelf = (viewer: Viewer, cursor: Sql, size: number) => sql`
	(select post.id, 0 as rank from feed.post where post.author_id = ${viewer.id}::uuid and ${standing}
		and post.id < ${cursor} order by post.id desc limit ${size})
	union all
	(select mention.post_id, 1 from feed.mention where mention.person_id = ${viewer.id}::uuid and mention.post_id < ${cursor}
		order by mention.post_id desc limit ${size})`;

// What a friend says to a unit of mine is already in the units' part; to another unit, it is not for me. Nor what they write for one.
const wide = sql`${standing} and post.audience <> 'unit' and post.audience <> 'group' and post.as_unit_id is null and post.publish_after <= now()`;

// Written as it was said (`feed.heard`), so that three hundred friends are not asked one by one.
const fromFriends = (viewer: Viewer, cursor: Sql, size: number) => sql`
	select post.id, 3 as rank from feed.heard join feed.post on post.id = heard.post_id
	where heard.person_id = ${viewer.id}::uuid and heard.post_id < ${cursor} and heard.post_id >= (select room.id from room) and ${wide}
	order by heard.post_id desc limit ${size}`;

const inGroup = sql`${standing} and post.publish_after <= now()`;

/** The newest post of each of the viewer's groups, then further in the liveliest, as far as the page has room. */
const fromGroups = (viewer: Viewer, cursor: Sql, size: number) => sql`
	select found.id, 4 as rank from (
		select seat.circle_id, head.id, row_number() over (order by head.id desc) as place
		from groups.seat cross join lateral (
			select post.id from feed.post where post.group_id = seat.circle_id and ${inGroup}
				and post.id < ${cursor} and post.id >= (select room.id from room) order by post.id desc limit 1) as head
		where seat.person_id = ${viewer.id}::uuid order by head.id desc limit ${size}) as heads
	cross join lateral (
		select post.id from feed.post where post.group_id = heads.circle_id and ${inGroup}
			and post.id <= heads.id and post.id >= (select room.id from room) order by post.id desc limit ${size} - heads.place + 1) as found`;
