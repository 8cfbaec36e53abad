import { circles, type SubjectName } from '#domains/groups/index.ts';
import type { Noun, UnitSign } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
import { mentionedIn, type NameOf } from '#platform/text/markdown.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { GroupSign } from './place.ts';
import { type Audience, isApartFrom, posts } from './policy.ts';

/** A picture, a sound or a document of a post. */
export interface Media {
	id: string;
	description: string;
	name: string;
	kind: string;
	/** A picture waits until it is redrawn. */
	state: 'waiting' | 'ready' | 'refused';
	width: number | null;
	height: number | null;
	/** How long a sound lasts. */
	seconds: number | null;
}

/** A poll as one person sees it. */
export interface Poll {
	several: boolean;
	endsAt: string;
	over: boolean;
	voters: number;
	options: { id: string; label: string; votes: number; mine: boolean }[];
}

/** Who said something, with their picture where it is for the whole network. */
export interface Author {
	id: string;
	name: string;
	photoId: string | null;
}

/** The row named `author`, as an Author. */
export const authorJson = sql`jsonb_build_object('id', author.id, 'name', author.name, 'photoId', author.photo_id)`;

/** A post with all that its card shows. Rows come from PostgreSQL under these names. */
export interface Card {
	id: string;
	author: Author;
	/** Written by the viewer. */
	mine: boolean;
	/** The unit that speaks, and the office by which its author does. */
	as: UnitSign | null;
	office: Noun | null;
	unit: UnitSign | null;
	/** The group it is said in. */
	group: GroupSign | null;
	/** What it is about. */
	subject: SubjectName | null;
	audience: Audience;
	text: string;
	linkUrl: string | null;
	videoUrl: string | null;
	publishedAt: Date;
	editedAt: Date | null;
	deletedAt: Date | null;
	/** Still in the seconds during which it can be taken back. */
	pending: boolean;
	version: number;
	thanksCount: number;
	commentCount: number;
	thanked: boolean;
	media: Media[];
	poll: Poll | null;
	mayAnswer: boolean;
	mayEdit: boolean;
	mayRemove: boolean;
}

// The units that the cards name, and the kinds there are, each read once: a page names few of them, many times.
const kinds = sql`select kind.id, kind.depth, max(kind.depth) over () + 1 as levels from territory.unit_kind as kind`;
const signs = sql`select unit.id, jsonb_build_object('id', unit.id, 'name', unit.name, 'slug', unit.slug, 'depth', kinds.depth,
		'levels', kinds.levels) as sign
	from territory.unit join kinds on kinds.id = unit.kind_id
	where unit.id in (select post.as_unit_id from post union select post.unit_id from post)`;
const sign = (column: Sql) => sql`(select signs.sign from signs where signs.id = ${column})`;

// One probe of a key, and none for who says it elsewhere. Who reads words because they were reported is not told the group.
const groupJson = (
	viewer: Viewer,
) => sql`case when post.group_id is not null then (select jsonb_build_object('id', circle.id, 'name', circle.name)
	from groups.circle where circle.id = post.group_id and ${circles.see(viewer)}) end`;

// Likewise what they are about.
const abouts = sql`select subject.id, jsonb_build_object('id', subject.id, 'slug', subject.slug, 'name', subject.name) as about
	from groups.subject where subject.id in (select post.subject_id from post)`;
const subjectJson = sql`(select abouts.about from abouts where abouts.id = post.subject_id)`;

const mediaJson = sql`coalesce((select jsonb_agg(jsonb_build_object('id', file.id, 'description', media.description, 'name', file.name,
		'kind', file.kind, 'state', file.state, 'width', file.width, 'height', file.height, 'seconds', file.seconds) order by media.position)
	from feed.media join platform.file on file.id = media.file_id where media.post_id = post.id), '[]')`;

const pollJson = (
	viewer: Viewer,
) => sql`(select jsonb_build_object('several', poll.several, 'endsAt', poll.ends_at,
		'over', poll.ends_at <= now(), 'voters', poll.voters, 'options', (select jsonb_agg(jsonb_build_object('id', option.id,
			'label', option.label, 'votes', option.votes, 'mine', exists (select from feed.vote where vote.person_id = ${viewer.id}::uuid
				and vote.post_id = poll.post_id and vote.option_id = option.id)) order by option.position)
			from feed.option where option.post_id = poll.post_id))
	from feed.poll where poll.post_id = post.id)`;

const apart = (viewer: Viewer) => sql`array(
	select block.blocked_id from safety.block where block.person_id = ${viewer.id}::uuid
	union all select block.person_id from safety.block where block.blocked_id = ${viewer.id}::uuid)`;

// The kept count, less what this viewer may not see: people apart, comments of others hidden by moderation.
// Who keeps nobody apart has no comment read: the first condition is asked once, before any row.
const commentCount = (viewer: Viewer): Sql =>
	viewer.id
		? sql`case when post.comment_count = 0 then 0 else greatest(0, post.comment_count - (select count(*)::int from (
			select comment.id from feed.comment where cardinality(${apart(viewer)}) > 0
				and comment.post_id = post.id and comment.deleted_at is null and comment.author_id = any (${apart(viewer)})
			union select comment.id from safety.hidden join feed.comment on comment.id = hidden.subject_id
			where hidden.place_id = post.id and hidden.kind = 'comment' and comment.deleted_at is null
				and comment.author_id <> ${viewer.id}::uuid) as unseen)) end`
		: sql`0`;

/** Reads posts by a condition on their rows, newest first: only those the viewer sees, with what they may do. */
export function cards(tx: Tx, viewer: Viewer, where: Sql, limit: number): Promise<Card[]> {
	return tx.many<Card>(sql`
		with post as materialized (select ${columns} from feed.post where ${where} and ${posts.see(viewer)} order by post.id desc limit ${limit}),
			kinds as materialized (${kinds}), signs as materialized (${signs}), abouts as materialized (${abouts})
		select post.id, ${authorJson} as author,
			coalesce(post.author_id = ${viewer.id}::uuid, false) as mine, ${sign(sql`post.as_unit_id`)} as "as",
			case when post.as_unit_id is not null then (select office.name from territory.term join territory.office on office.id = term.office_id
				where term.person_id = post.author_id and term.unit_id = post.as_unit_id and term.starts_at <= post.published_at
				order by term.starts_at desc limit 1) end as office,
			${sign(sql`post.unit_id`)} as unit, ${groupJson(viewer)} as "group", ${subjectJson} as subject,
			post.audience, post.text, post.link_url as "linkUrl", post.video_url as "videoUrl", post.published_at as "publishedAt",
			post.edited_at as "editedAt", post.deleted_at as "deletedAt", post.publish_after > now() as pending, post.version,
			post.thanks_count as "thanksCount", ${commentCount(viewer)} as "commentCount",
			exists (select from feed.thanks where thanks.person_id = ${viewer.id}::uuid and thanks.subject_id = post.id) as thanked,
			${mediaJson} as media, ${pollJson(viewer)} as poll, ${posts.comment(viewer)} as "mayAnswer",
			${posts.edit(viewer)} as "mayEdit", ${posts.remove(viewer)} as "mayRemove"
		from post join people.person as author on author.id = post.author_id order by post.id desc`);
}

// What a card shows and what its rules ask; not the text as the search reads it.
const columns = sql.raw(
	'id author_id as_unit_id unit_id group_id subject_id audience text link_url video_url published_at publish_after edited_at undone_at deleted_at deleted_by version thanks_count comment_count'
		.split(' ')
		.map((column) => `post.${column}`)
		.join(', '),
);

/** Present names of the people that texts mention, for this viewer: who is apart from them is not named. */
export async function namesIn(tx: Tx, viewer: Viewer, texts: string[]): Promise<NameOf> {
	const ids = viewer.id
		? [...new Set(texts.filter((text) => text.includes('](person:')).flatMap(mentionedIn))]
		: [];
	if (!ids.length) return () => undefined;
	const rows = await tx.many<{ id: string; name: string }>(sql`
		select person.id, person.name from people.person where person.id = any (${list(ids, 'uuid')})
			and person.confirmed_at is not null and person.erased_at is null and ${isApartFrom(sql`person.id`)(viewer)}`);
	const names = new Map(rows.map(({ id, name }) => [id, name]));
	return (id) => names.get(id);
}
