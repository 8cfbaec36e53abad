import { read } from '#platform/db.ts';
import type { May } from '#platform/policy.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { said } from './policy.ts';
import { type Conversation, conversationRow, namesOf, type Someone } from './queries.ts';
import { openOf } from './sealed.ts';

/** A file beside a message. */
export interface Attached {
	id: string;
	kind: string;
	name: string;
	state: string;
	width: number | null;
	height: number | null;
}

/** One message, or the trace of a change. */
export interface Said {
	id: string;
	number: number;
	kind: 'said' | 'added' | 'left' | 'back' | 'kept_30' | 'kept_365';
	author: Someone;
	about: string | null;
	mine: boolean;
	/** Null once removed. */
	text: string | null;
	at: Date;
	editedAt: Date | null;
	removed: boolean;
	files: Attached[];
	/** Held: written to somebody who does not hear any more. Its author is not told; it is never marked read. */
	held: boolean;
	may: May<typeof said>;
}

/** A conversation with a page of its messages, the last ones unless said. */
export interface Thread extends Conversation {
	messages: Said[];
	/** Number under which earlier messages are. */
	before: number | null;
	isLast: boolean;
}

/** How many messages a page holds. */
export const pageSize = 50;

interface Row extends Omit<Said, 'author' | 'about' | 'text'> {
	authorId: string;
	aboutId: string | null;
	sealed: string | null;
}

const files = sql`(select coalesce(jsonb_agg(jsonb_build_object('id', file.id, 'kind', file.kind, 'name', file.name, 'state', file.state,
		'width', file.width, 'height', file.height) order by attachment.position), '[]')
	from messages.attachment join platform.file on file.id = attachment.file_id where attachment.message_id = message.id)`;

/** The query of one page of messages: off the index of numbers, whatever the length of the conversation. */
export const pageQuery = (viewer: Viewer, id: string, before: number | null): Sql => sql`
	select message.id, message.number, message.kind, message.author_id as "authorId", message.about_id as "aboutId",
		message.author_id = ${viewer.id}::uuid as mine, message.sealed, message.sent_at as at, message.edited_at as "editedAt",
		message.removed_at is not null as removed, message.held, ${files} as files, ${said.may(viewer)}
	from messages.message where message.conversation_id = ${id}::uuid
		and (${before}::int is null or message.number < ${before}::int) and ${said.see(viewer)}
	order by message.number desc limit ${pageSize + 1}`;

/** A conversation and its last fifty messages, or the fifty before a number. Throws NotFound. */
export const thread = (viewer: Viewer, id: string, before: number | null = null): Promise<Thread> =>
	read(viewer, async (tx) => {
		const conversation = await conversationRow(tx, viewer, id);
		const rows = await tx.many<Row>(pageQuery(viewer, id, before));
		const shown = rows.slice(0, pageSize).toReversed();
		const people = await namesOf(tx, viewer, everybodyIn(conversation, shown));
		return {
			...conversation,
			people: conversation.people.map((one) => ({ ...one, known: people.get(one.id)?.known ?? false })),
			messages: shown.map((row) => saidBy(row, people)),
			before: rows.length > pageSize ? shown[0]!.number : null,
			isLast: before === null,
		};
	});

const everybodyIn = ({ people }: Conversation, rows: readonly Row[]): string[] => [
	...new Set([
		...people.map(({ id }) => id),
		...rows.flatMap(({ authorId, aboutId }) => (aboutId ? [authorId, aboutId] : [authorId])),
	]),
];

const saidBy = ({ authorId, aboutId, sealed, ...row }: Row, people: ReadonlyMap<string, Someone>): Said => ({
	...row,
	author: people.get(authorId) ?? { id: authorId, name: null, photoId: null },
	about: aboutId && (people.get(aboutId)?.name ?? null),
	text: openOf(row.id, sealed),
});

/** A number of the address, or nothing. */
export const numberIn = (text: string | null): number | null =>
	/^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : null;
