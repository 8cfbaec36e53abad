import { circles, postsInGroup } from '#domains/groups/index.ts';
import { belongsTo, type UnitSign, units } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { isId } from '#platform/ids.ts';
import { every, type Rule, some } from '#platform/policy.ts';
import { list, sql } from '#platform/sql.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';
import { type Audience, audiences } from './policy.ts';

/** A group as a card names it. */
export interface GroupSign {
	id: string;
	name: string;
}

/** One way to answer "to whom?": its form value, and how many people it reaches. */
export interface Choice {
	/** `unit:<id>`, `group:<id>`, `friends`, `network`, `members` or `public`. */
	value: string;
	audience: Audience;
	unit: UnitSign | null;
	group: GroupSign | null;
	size: number;
}

/** What the composer offers a person. */
export interface Places {
	choices: Choice[];
	/** Units the person speaks for, by their offices. */
	speaksFor: UnitSign[];
}

interface Row {
	own: (UnitSign & { size: number })[] | null;
	voices: (UnitSign & { size: number })[] | null;
	groups: (GroupSign & { size: number })[] | null;
	members: number;
	people: number;
	friends: number;
}

/** Groups offered at most: the liveliest first. */
const groupsAtMost = 40;
const groupsJson = (
	viewer: Viewer,
) => sql`(select jsonb_agg(jsonb_build_object('id', mine.id, 'name', mine.name, 'size', mine.member_count)
		order by mine.active_at desc) from (select circle.id, circle.name, circle.member_count, circle.active_at
	from groups.seat join groups.circle on circle.id = seat.circle_id
	where seat.person_id = ${viewer.id}::uuid and ${circles.post(viewer)} order by circle.active_at desc limit ${groupsAtMost}) as mine)`;

/** How many levels there are. */
export const levelCount = sql`(select max(known_kind.depth) + 1 from territory.unit_kind as known_kind)`;
const unitJson = sql`jsonb_build_object('id', unit.id, 'name', unit.name, 'slug', unit.slug, 'depth', unit_kind.depth,
	'levels', ${levelCount}, 'size', unit.member_count + unit.sympathiser_count)`;

/** The audiences open to a person, closest first, with the kept counts of people: nothing is recounted. */
export async function placesOf(tx: Tx, viewer: Viewer): Promise<Places> {
	if (!isActive(viewer)) return { choices: [], speaksFor: [] };
	const row = (await tx.one<Row>(sql`select
		(select jsonb_agg(${unitJson} order by array_position(${list(viewer.units, 'uuid')}, unit.id))
			from territory.unit join territory.unit_kind on unit_kind.id = unit.kind_id
			where unit.id = any (${list(viewer.units, 'uuid')})) as own,
		(select jsonb_agg(${unitJson} order by unit_kind.depth)
			from territory.unit join territory.unit_kind on unit_kind.id = unit.kind_id
			where unit.closed_at is null and ${viewer.secondFactor} and unit.id = any (array(
				select held_power.unit_id from territory.held_power
				where held_power.person_id = ${viewer.id}::uuid and held_power.power = 'unit.speak'))) as voices,
		${groupsJson(viewer)} as groups,
		(select coalesce(sum(unit.member_count), 0)::int from territory.unit where unit.parent_id is null) as members,
		(select coalesce(sum(unit.member_count + unit.sympathiser_count), 0)::int
			from territory.unit where unit.parent_id is null) as people,
		(select count(*)::int from friends.link where link.person_id = ${viewer.id}::uuid) as friends`))!;
	return { choices: choicesFrom(row, viewer), speaksFor: row.voices ?? [] };
}

function choicesFrom(row: Row, viewer: Viewer): Choice[] {
	const units = new Map([...(row.own ?? []), ...(row.voices ?? [])].map((unit) => [unit.id, unit]));
	const wide = (audience: Audience, size: number): Choice => ({
		value: audience,
		audience,
		unit: null,
		group: null,
		size,
	});
	return [
		...[...units.values()].map(
			({ size, ...unit }): Choice => ({
				value: `unit:${unit.id}`,
				audience: 'unit',
				unit,
				group: null,
				size,
			}),
		),
		...(row.groups ?? []).map(
			({ size, ...group }): Choice => ({
				value: `group:${group.id}`,
				audience: 'group',
				unit: null,
				group,
				size,
			}),
		),
		...(row.friends ? [wide('friends', row.friends)] : []),
		...(viewer.standing === 'member' ? [wide('members', row.members)] : []),
		wide('network', row.people),
		wide('public', row.people),
	];
}

/** To whom a post is said, as a form says it. */
export interface To {
	audience: Audience;
	unitId: string | null;
	groupId?: string | null;
}

/** Who hears of words by themselves: the whole network for those of an open group. Off the row named `post`. */
export const heardBy = sql`case when (select circle.visibility = 'open' from groups.circle where circle.id = post.group_id)
	then 'network' else post.audience end`;

/** Reads a form's `audience`: null when it has no known shape. */
export function audienceFrom(value: string): To | null {
	const [kind, id] = value.split(':');
	if (kind === 'unit' && isId(id)) return { audience: 'unit', unitId: id };
	if (kind === 'group' && isId(id)) return { audience: 'group', unitId: null, groupId: id };
	const audience = audiences.find((one) => one === value && one !== 'unit' && one !== 'group');
	return audience ? { audience, unitId: null } : null;
}

const isOpen: Rule = () => sql`unit.closed_at is null`;
const mayPostIn = some(every(isOpen, belongsTo(sql`unit.id`)), units.speak);

/** Whether the viewer speaks for this unit, now. */
export async function speaksFor(tx: Tx, viewer: Viewer, unitId: string): Promise<boolean> {
	return Boolean(
		await tx.one(sql`select 1 as yes from territory.unit
		where unit.id = ${unitId}::uuid and ${units.speak(viewer)}`),
	);
}

/** Whether the viewer may say something in this unit: one of theirs, or one they speak for. */
export async function postsIn(tx: Tx, viewer: Viewer, unitId: string): Promise<boolean> {
	return Boolean(
		await tx.one(sql`select 1 as yes from territory.unit
		where unit.id = ${unitId}::uuid and ${mayPostIn(viewer)}`),
	);
}

/** The subject of the list that a group of the viewer's is first about; none: an empty text. */
export async function subjectOfGroup(tx: Tx, viewer: Viewer, groupId: string): Promise<string> {
	const row = await tx.one<{ id: string }>(sql`select subject.id from groups.circle
		join groups.circle_subject on circle_subject.circle_id = circle.id
		join groups.subject on subject.id = circle_subject.subject_id and subject.retired_at is null
		where circle.id = ${groupId}::uuid and ${circles.post(viewer)} order by subject.position limit 1`);
	return row?.id ?? '';
}

/** Whether the viewer may say something in this group. */
export async function postsInCircle(tx: Tx, viewer: Viewer, groupId: string): Promise<boolean> {
	const row = await tx.one<{ may: boolean }>(
		sql`select ${postsInGroup(sql`${groupId}::uuid`)(viewer)} as may`,
	);
	return row!.may;
}
