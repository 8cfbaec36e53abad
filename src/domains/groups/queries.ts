import { units } from '#domains/territory/index.ts';
import { read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import type { May } from '#platform/policy.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type GroupLine, line, type SubjectName } from './lines.ts';
import { circles } from './policy.ts';

/** A person in a list. */
export interface Someone {
	id: string;
	name: string;
	photoId: string | null;
}

/** A group as its own page shows it, before and after coming in. */
export interface Group extends GroupLine {
	rules: string;
	official: { id: string; name: string } | null;
	owner: Someone | null;
	/** Told to who answers for the group. */
	successorId: string | null;
	createdAt: Date;
	archivedAt: Date | null;
	/** Will be put away soon, for want of a word. */
	isFading: boolean;
	version: number;
	/** A picture was chosen, redrawn or not yet. */
	hasCover: boolean;
	/** Who invited the viewer. */
	invitedBy: string | null;
	/** Why the viewer was put out. */
	reason: string | null;
	/** People who wait for an answer, for who gives it. */
	waiting: number;
	may: May<typeof circles>;
}

const ownLine = (viewer: Viewer) =>
	sql`left join groups.membership as own on own.circle_id = circle.id and own.person_id = ${viewer.id}::uuid`;

/** One group. Throws NotFound. */
export const showGroup = (viewer: Viewer, id: string): Promise<Group> =>
	read(viewer, async (tx) => {
		const group = await tx.one<Group>(sql`select ${line(viewer)}, circle.rules,
				(select jsonb_build_object('id', unit.id, 'name', unit.name) from territory.unit where unit.id = circle.unit_id) as official,
				(select jsonb_build_object('id', person.id, 'name', person.name, 'photoId', person.photo_id) from people.person
					where person.id = circle.owner_id and person.erased_at is null) as owner,
				case when ${circles.lead(viewer)} then circle.successor_id end as "successorId",
				circle.created_at as "createdAt", circle.cover_id is not null as "hasCover", circle.archived_at as "archivedAt", circle.version,
				circle.warned_at is not null and circle.archived_at is null as "isFading",
				case when own.state = 'invited' then (select person.name from people.person where person.id = own.by_id) end as "invitedBy",
				case when own.state = 'excluded' then own.note end as reason,
				case when ${circles.lead(viewer)} then (select count(*)::int from groups.membership
					where membership.circle_id = circle.id and membership.state = 'asked') else 0 end as waiting,
				${circles.may(viewer)}
			from groups.circle ${ownLine(viewer)} where circle.id = ${id}::uuid and ${circles.see(viewer)}`);
		if (!group) throw notFound();
		return group;
	});

/** Which groups a directory shows. */
export const views = ['all', 'mine', 'official', 'made', 'awake', 'asleep'] as const;
export type View = (typeof views)[number];

/** What a directory is narrowed to. */
export interface Wanted {
	view?: View;
	/** Slug of a subject. */
	subject?: string;
	q?: string;
	/** Where the page before ended. */
	after?: string | null;
}

const pageSize = 30;
// The instant to the microsecond, then the id: groups of one instant are still one after the other.
const place = sql`to_char(circle.active_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' || circle.id::text`;

function after(cursor: string | null | undefined): Sql {
	const [at, id] = (cursor ?? '').split('_');
	return at && id && !Number.isNaN(Date.parse(at)) && /^[0-9a-f-]{36}$/.test(id)
		? sql`(circle.active_at, circle.id) < (${at}::timestamptz, ${id}::uuid)`
		: sql`true`;
}

const sits = (viewer: Viewer) =>
	sql`exists (select from groups.seat where seat.person_id = ${viewer.id}::uuid and seat.circle_id = circle.id)`;
const concerns = (
	viewer: Viewer,
) => sql`exists (select from groups.membership where membership.circle_id = circle.id
	and membership.person_id = ${viewer.id}::uuid and membership.state in ('member', 'invited', 'asked'))`;

function narrowed(viewer: Viewer, { view = 'all', subject = '', q = '' }: Wanted): Sql {
	const words = fold(q.slice(0, 200))
		.replace(/[%_\\]/g, ' ')
		.split(' ')
		.filter(Boolean)
		.slice(0, 6);
	const conditions: Sql[] = [
		view === 'mine' ? concerns(viewer) : sql`true`,
		view === 'official' ? sql`circle.unit_id is not null` : sql`true`,
		view === 'made' ? sql`circle.unit_id is null` : sql`true`,
		view === 'awake' ? sql`circle.active_at > now() - interval '30 days'` : sql`true`,
		view === 'asleep' ? sql`circle.archived_at is not null` : sql`true`,
		subject
			? sql`exists (select from groups.circle_subject join groups.subject on subject.id = circle_subject.subject_id
				where circle_subject.circle_id = circle.id and subject.slug = ${subject})`
			: sql`true`,
		// What sleeps is found by who looks for it, or was in it.
		view === 'mine' || view === 'asleep' || words.length
			? sql`true`
			: sql`(circle.archived_at is null or ${sits(viewer)})`,
		...words.map((word) => sql`circle.folded like ${`%${word}%`}`),
	];
	return sql.join(conditions, ' and ');
}

/** Groups that the viewer sees, the liveliest first: a page, and where the next one begins. */
export const listGroups = (
	viewer: Viewer,
	wanted: Wanted = {},
	size = pageSize,
): Promise<{ groups: GroupLine[]; next: string | null }> =>
	read(viewer, async (tx) => {
		const rows = await tx.many<
			GroupLine & { place: string }
		>(sql`select ${line(viewer)}, ${place} as place from groups.circle
			where ${narrowed(viewer, wanted)} and ${after(wanted.after)} and ${circles.see(viewer)}
			order by circle.active_at desc, circle.id desc limit ${size + 1}`);
		const groups = rows.slice(0, size);
		return {
			groups: groups.map(({ place: _, ...group }) => group),
			next: rows.length > size ? groups.at(-1)!.place : null,
		};
	});

/** Groups whose name or purpose holds these words, for the search of the house. */
export const findGroups = (viewer: Viewer, q: string, limit: number): Promise<GroupLine[]> =>
	listGroups(viewer, { q }, limit).then(({ groups }) => groups);

/** Subjects of the list, in the order of the organisation. */
export const subjectsOf = (viewer: Viewer): Promise<SubjectName[]> => read(viewer, subjectsIn);
/** As `subjectsOf`, in a transaction under way. */
export const subjectsIn = (tx: Tx): Promise<SubjectName[]> =>
	tx.many(
		sql`select subject.id, subject.slug, subject.name from groups.subject where subject.retired_at is null
			order by subject.position, subject.slug`,
	);

/** Units in whose name the viewer may open a group. */
export const officialPlaces = (viewer: Viewer): Promise<{ id: string; name: string }[]> =>
	viewer.secondFactor
		? read(viewer, (tx) =>
				tx.many(sql`select unit.id, unit.name from territory.unit where ${units.edit(viewer)}
					and (unit.id = any (array(select held_power.unit_id from territory.held_power
							where held_power.person_id = ${viewer.id}::uuid and held_power.power = 'unit.edit')))
					order by cardinality(unit.ancestors), unit.name limit 50`),
			)
		: Promise.resolve([]);

/** A group as somebody reports or judges it. */
export interface GroupSaid {
	/** Who answers for it. */
	author: { id: string; name: string };
	unitId: string | null;
	/** Its name, purpose and rules. */
	text: string;
	/** Its page is not the viewer's to open: they judge a report of it. */
	isShut: boolean;
}

/** What a group says of itself. One that nobody answers for is nobody's to judge. Throws NotFound. */
export const groupSaid = (viewer: Viewer, id: string): Promise<GroupSaid> =>
	read(viewer, async (tx) => {
		const row =
			await tx.one<GroupSaid>(sql`select jsonb_build_object('id', person.id, 'name', person.name) as author,
				circle.unit_id as "unitId", concat_ws(E'\n\n', circle.name, circle.purpose, nullif(circle.rules, '')) as text,
				not ${circles.see(viewer)} as "isShut"
			from groups.circle join people.person on person.id = circle.owner_id
			where circle.id = ${id}::uuid and ${circles.judge(viewer)}`);
		if (!row) throw notFound();
		return row;
	});

/** Groups of which the viewer is a member, by name: what notices may be set apart for. */
export const ownGroups = (tx: Tx, viewer: Viewer): Promise<{ id: string; name: string }[]> =>
	tx.many(sql`select circle.id, circle.name from groups.seat join groups.circle on circle.id = seat.circle_id
		where seat.person_id = ${viewer.id}::uuid and circle.archived_at is null and ${circles.see(viewer)}
		order by circle.folded, circle.id`);
