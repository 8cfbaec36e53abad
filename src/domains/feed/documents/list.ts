import { circles } from '#domains/groups/index.ts';
import { read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import type { Viewer } from '#platform/viewer.ts';
import { posts } from '../policy.ts';

/** A document said in a group, as its list shows it. */
export interface GroupDocument {
	/** The file. */
	id: string;
	name: string;
	bytes: number;
	at: Date;
	by: { id: string; name: string };
	/** The post it came with. */
	postId: string;
	isPinned: boolean;
}

/** Documents of a group: pinned ones first, then the newest; and where the next page begins. */
export interface Documents {
	documents: GroupDocument[];
	next: string | null;
	may: { pin: boolean };
}

const size = 50;

/** Neither a picture nor a sound: those are seen and heard where they were said. */
export const isDocument: Sql = sql`(file.state = 'ready' and file.kind not like 'image/%' and file.kind not like 'audio/%')`;

const bare = (column: Sql) =>
	sql`translate(lower(${column}), 'àâäáéèêëîïíôöóùûüúçñœ’', 'aaaaeeeeiiiooouuuucno''')`;

/** In the name of the file, or in the words that came with it. */
function holding(q: string): Sql {
	const words = fold(q.slice(0, 100))
		.replace(/[%_\\]/g, ' ')
		.split(' ')
		.filter(Boolean)
		.slice(0, 6);
	return sql.join(
		[
			sql`true`,
			...words.map(
				(word) => sql`(${bare(sql`file.name`)} like ${`%${word}%`} or post.folded like ${`%${word}%`})`,
			),
		],
		' and ',
	);
}

const place = sql`post.id::text || '_' || media.position::text`;

function after(cursor: string | null): Sql {
	const found = /^([0-9a-f-]{36})_(\d{1,4})$/.exec(cursor ?? '');
	return found
		? sql`media.pinned_at is null and (post.id, -media.position) < (${found[1]!}::uuid, ${-Number(found[2])}::int)`
		: sql`true`;
}

/** Documents of a group that the viewer reads. Throws NotFound for a group they do not see, or do not read. */
export const documentsOf = (
	viewer: Viewer,
	groupId: string,
	{ q = '', from = null, limit = size }: { q?: string; from?: string | null; limit?: number } = {},
): Promise<Documents> =>
	read(viewer, async (tx) => {
		const may = await tx.one<{ pin: boolean }>(sql`select ${circles.lead(viewer)} as pin from groups.circle
			where circle.id = ${groupId}::uuid and ${circles.see(viewer)} and ${circles.read(viewer)}`);
		if (!may) throw notFound();
		const rows = await rowsOf(
			tx,
			viewer,
			sql`post.group_id = ${groupId}::uuid and ${holding(q)} and ${after(from)}`,
			limit + 1,
		);
		const documents = rows.slice(0, limit);
		return {
			documents: documents.map(({ place: _, ...document }) => document),
			next: rows.length > limit ? documents.at(-1)!.place : null,
			may,
		};
	});

/** Documents that who leads a group keeps at the top: none for who does not read it. */
export const pinnedIn = (viewer: Viewer, groupId: string): Promise<GroupDocument[]> =>
	read(viewer, (tx) =>
		rowsOf(tx, viewer, sql`post.group_id = ${groupId}::uuid and media.pinned_at is not null`, pinnedMax),
	);

/** How many are kept at the top. */
export const pinnedMax = 10;

const rowsOf = (tx: Tx, viewer: Viewer, where: Sql, limit: number) =>
	tx.many<GroupDocument & { place: string }>(sql`
		select file.id, file.name, file.bytes::float as bytes, post.published_at as at, post.id as "postId",
			jsonb_build_object('id', author.id, 'name', author.name) as by, media.pinned_at is not null as "isPinned", ${place} as place
		from feed.post join feed.media on media.post_id = post.id join platform.file on file.id = media.file_id and ${isDocument}
			join people.person as author on author.id = post.author_id
		where ${where} and post.deleted_at is null and ${posts.see(viewer)}
		order by media.pinned_at is null, media.pinned_at desc, post.id desc, media.position limit ${limit}`);
