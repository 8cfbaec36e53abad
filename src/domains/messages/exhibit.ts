import * as v from 'valibot';
import { houseRules, report, reports } from '#domains/safety/index.ts';
import { read, type Tx, write } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Rule } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import { idText } from '#platform/text/typed.ts';
import type { Viewer } from '#platform/viewer.ts';
import { said } from './policy.ts';
import { openOf, sealFor } from './sealed.ts';

/** Messages around the reported one that may be shown with it. */
const around = 10;

/** A message that may be shown to moderators. */
export interface Showable {
	id: string;
	author: string | null;
	text: string;
	at: Date;
	/** The one that is reported. */
	reported: boolean;
}

interface Row {
	id: string;
	number: number;
	author_id: string;
	author: string | null;
	sealed: string | null;
	at: Date;
}

const row = sql`select message.id, message.number, message.author_id, message.sealed, message.sent_at as at,
	(select person.name from people.person where person.id = message.author_id and person.erased_at is null) as author
	from messages.message`;

async function reportedRow(tx: Tx, viewer: Viewer, conversation: string, id: string): Promise<Row> {
	const found = await tx.one<Row>(
		sql`${row} where message.id = ${id}::uuid and message.conversation_id = ${conversation}::uuid and ${said.report(viewer)}`,
	);
	if (!found) throw notFound();
	return found;
}

/** What the viewer may show of a conversation to report one of its messages: those around it, as they read them. Throws NotFound. */
export const showable = (
	viewer: Viewer,
	conversation: string,
	id: string,
): Promise<{ author: { id: string; name: string | null }; messages: Showable[] }> =>
	read(viewer, async (tx) => {
		const about = await reportedRow(tx, viewer, conversation, id);
		const rows =
			await tx.many<Row>(sql`${row} where message.conversation_id = ${conversation}::uuid and message.kind = 'said'
			and message.sealed is not null and message.number between ${about.number - around}::int and ${about.number + around}::int
			and ${said.see(viewer)} order by message.number`);
		return {
			author: { id: about.author_id, name: about.author },
			messages: rows.map(({ id: one, author, sealed, at }) => ({
				id: one,
				author,
				at,
				text: openOf(one, sealed) ?? '',
				reported: one === id,
			})),
		};
	});

/** Who wrote a message that the viewer reads, and where: whose words one reads, one may keep at a distance. Throws NotFound. */
export const wordsRead = (
	viewer: Viewer,
	id: string,
): Promise<{ conversation: string; author: { id: string; name: string } }> =>
	read(viewer, async (tx) => {
		const found = await tx.one<{ conversation: string; author: { id: string; name: string } }>(sql`
			select message.conversation_id as conversation, jsonb_build_object('id', author.id, 'name', author.name) as author
			from messages.message join people.person as author on author.id = message.author_id and author.erased_at is null
			where message.id = ${id}::uuid and ${said.report(viewer)}`);
		if (!found) throw notFound();
		return found;
	});

export const ShowForm = v.object({
	message: idText,
	reason: v.pipe(v.optional(v.string(), ''), v.picklist(houseRules, 'safety.reason_needed')),
	note: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(2000, 'safety.note_too_long')), ''),
	/** Other messages shown with it. */
	shown: v.optional(v.pipe(v.array(idText), v.maxLength(around * 2, 'app.invalid_value')), []),
});

/** Words shown to moderators, as they were when somebody reported them. */
export interface Exhibit {
	author: string | null;
	text: string;
	at: string;
	reported: boolean;
}

/**
 * Reports a message: it is copied for the moderators with those one chose, sealed again; the rest of the conversation stays
 * between its people. Throws NotFound, Invalid.
 */
export async function showToModerators(
	viewer: Viewer,
	conversation: string,
	{ message, shown, ...said }: v.InferOutput<typeof ShowForm>,
): Promise<void> {
	const { author, messages } = await showable(viewer, conversation, message);
	const chosen = new Set([message, ...shown]);
	const words = messages
		.filter(({ id }) => chosen.has(id))
		.map(
			({ author: name, text, at, reported }): Exhibit => ({
				author: name,
				text,
				at: at.toISOString(),
				reported,
			}),
		);
	const requestKey = viewer.requestKey;
	delete viewer.requestKey;
	await write(viewer, async (tx) => {
		const before = await tx.one<{ id: string }>(sql`select exhibit.id from messages.exhibit
			where exhibit.message_id = ${message}::uuid and exhibit.reporter_id = ${viewer.id}::uuid for update`);
		const id = before?.id ?? newId();
		await tx.run(sql`insert into messages.exhibit (id, message_id, reporter_id, sealed)
			values (${id}, ${message}::uuid, ${viewer.id}::uuid, ${sealFor(id, JSON.stringify(words))})
			on conflict (message_id, reporter_id) do update set sealed = excluded.sealed, at = now()`);
	});
	if (requestKey) viewer.requestKey = requestKey;
	const subject = {
		kind: 'message' as const,
		id: message,
		placeId: conversation,
		authorId: author.id,
		hostId: author.id,
		unitId: null,
	};
	await report(viewer, subject, said);
}

// For those who judge the report it came with: never for its author, nor for who reported.
const isToJudge: Rule = (viewer) => sql`exists (select from safety.report where report.kind = 'message'
	and report.subject_id = exhibit.message_id and report.reporter_id = exhibit.reporter_id and ${reports.see(viewer)})`;

/** What was shown of a message to who judges it, by all who reported it; null when nothing was shown to this viewer. */
export const exhibitFor = (viewer: Viewer, messageId: string): Promise<Exhibit[] | null> =>
	read(viewer, async (tx) => {
		const rows = await tx.many<{
			id: string;
			sealed: string;
		}>(sql`select exhibit.id, exhibit.sealed from messages.exhibit
			where exhibit.message_id = ${messageId}::uuid and ${isToJudge(viewer)} order by exhibit.at`);
		const all = rows.flatMap(({ id, sealed }) => JSON.parse(openOf(id, sealed)!) as Exhibit[]);
		const once = [...new Map(all.map((one) => [`${one.at} ${one.text}`, one])).values()];
		return rows.length ? once.toSorted((a, b) => a.at.localeCompare(b.at)) : null;
	});
