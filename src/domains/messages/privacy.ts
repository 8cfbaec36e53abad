import type { Tx } from '#platform/db.ts';
import type { Privacy } from '#platform/domain.ts';
import { dropFile } from '#platform/files/keep.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { openOf } from './sealed.ts';

/** What messages keep about people. The other side's copy outlives who leaves, without their name; words go after their time. */
export const privacy: Privacy = {
	tables: {
		'messages.conversation': {
			person: null,
			columns: ['low', 'high', 'readers', 'officer_id'],
			kept: 'as long as its messages',
			onErase: 'keep',
		},
		'messages.participant': {
			person: 'person_id',
			columns: ['person_id', 'added_by'],
			kept: 'as long as its conversation',
			onErase: 'anonymise',
		},
		'messages.message': {
			person: 'author_id',
			columns: ['author_id', 'about_id', 'sealed'],
			kept: '12 months, or 30 days where the people of a conversation chose so',
			onErase: 'anonymise',
		},
		'messages.attachment': { person: null, columns: [], kept: 'with its message', onErase: 'keep' },
		'messages.letter': {
			person: 'by_id',
			columns: ['by_id', 'sealed', 'reached'],
			kept: '12 months',
			onErase: 'delete',
		},
		'messages.exhibit': {
			person: 'reporter_id',
			columns: ['reporter_id', 'sealed'],
			kept: '1 year',
			onErase: 'delete',
		},
	},
	said: {
		'messages.message.kind': 'privacy.is_',
		'messages.participant.state': 'privacy.is_',
	},
	gather,
	erase,
	retain,
};

const opened = (rows: { id: string; sealed: string | null }[]) =>
	rows.map(({ id, sealed, ...row }) => ({ ...row, text: ifOpens(id, sealed) }));

/** A seal whose key was lost keeps its words from everybody: the rest of the copy is given all the same. */
function ifOpens(id: string, sealed: string | null): string | null {
	try {
		return openOf(id, sealed);
	} catch {
		return null;
	}
}

async function gather(tx: Tx, personId: string): Promise<Record<string, unknown[]>> {
	const mine = sql`${personId}::uuid`;
	return {
		// What others wrote to them is theirs to read, and was written for them: it is in the conversation, not in this copy.
		'messages.message': opened(
			await tx.many<{
				id: string;
				sealed: string | null;
			}>(sql`select message.id, message.conversation_id as conversation, message.kind, message.sealed, message.sent_at,
				message.edited_at, message.removed_at from messages.message where message.author_id = ${mine} order by message.sent_at`),
		),
		// A refusal is told to nobody, and is their own: it is here.
		'messages.participant':
			await tx.many(sql`select participant.conversation_id as conversation, participant.state, participant.joined_at, participant.left_at,
				participant.muted_at, participant.read_at,
				array(select person.name from messages.participant as other join people.person on person.id = other.person_id
					where other.conversation_id = participant.conversation_id and other.person_id <> ${mine} order by person.name) as others
			from messages.participant where participant.person_id = ${mine} order by participant.joined_at`),
		'messages.letter': opened(
			await tx.many<{
				id: string;
				sealed: string | null;
			}>(sql`select letter.id, letter.sealed, unit.name as unit, letter.at, letter.people from messages.letter
				join territory.unit on unit.id = letter.unit_id where letter.by_id = ${mine} order by letter.at`),
		),
		'messages.exhibit': opened(
			await tx.many(
				sql`select exhibit.id, exhibit.sealed, exhibit.at from messages.exhibit where exhibit.reporter_id = ${mine}`,
			),
		),
	};
}

/** They leave their conversations: what they wrote stays for the others, by somebody without a name. Where they were alone, nothing stays. */
async function erase(tx: Tx, personId: string): Promise<void> {
	await tx.run(sql`delete from messages.letter where letter.by_id = ${personId}::uuid`);
	await tx.run(sql`delete from messages.exhibit where exhibit.reporter_id = ${personId}::uuid`);
	await tx.run(sql`update messages.participant set left_at = coalesce(participant.left_at, now()), muted_at = null
		where participant.person_id = ${personId}::uuid`);
	await tx.run(
		sql`update messages.participant set added_by = null where participant.added_by = ${personId}::uuid`,
	);
	await tx.run(sql`update messages.conversation set readers = array_remove(conversation.readers, ${personId}::uuid)
		where ${personId}::uuid = any (conversation.readers)`);
	const held = sql`message.held and message.author_id = ${personId}::uuid`;
	await dropMessages(tx, held);
	await dropEmpty(tx);
}

/** Messages of this kind go, with their files. */
async function dropMessages(tx: Tx, which: Sql): Promise<number> {
	const files = await tx.many<{ file_id: string }>(sql`select attachment.file_id from messages.attachment
		join messages.message on message.id = attachment.message_id where ${which}`);
	const gone = await tx.run(sql`delete from messages.message where ${which}`);
	for (const { file_id } of files) await dropFile(tx, file_id);
	return gone;
}

// A conversation that nobody reads any more, or whose words all went and where nobody wrote for a year.
const isEmpty = sql`cardinality(conversation.readers) = 0`;

async function dropEmpty(tx: Tx): Promise<number> {
	await dropMessages(
		tx,
		sql`exists (select from messages.conversation where conversation.id = message.conversation_id and ${isEmpty})`,
	);
	return tx.run(sql`delete from messages.conversation where ${isEmpty}`);
}

/** Words outlive neither the twelve months nor the thirty days that the people of a conversation chose; copies go after a year. */
async function retain(tx: Tx, now: Date, dry: boolean): Promise<Record<string, number>> {
	const yearAgo = sql`${now}::timestamptz - interval '365 days'`;
	const isOld = sql`exists (select from messages.conversation where conversation.id = message.conversation_id
		and message.sent_at < ${now}::timestamptz - make_interval(days => conversation.kept_days))`;
	const stale = {
		'messages.letter': sql`messages.letter where letter.at < ${yearAgo}`,
		'messages.exhibit': sql`messages.exhibit where exhibit.at < ${yearAgo}`,
		'messages.conversation': sql`messages.conversation where conversation.last_at < ${yearAgo} and conversation.created_at < ${yearAgo}
			and not exists (select from messages.message where message.conversation_id = conversation.id
				and message.sent_at >= ${now}::timestamptz - make_interval(days => conversation.kept_days))`,
	};
	const count = async (from: Sql) =>
		(await tx.one<{ n: number }>(sql`select count(*)::int as n from ${from}`))!.n;
	const touched: Record<string, number> = {
		'messages.message': dry
			? await count(sql`messages.message where ${isOld}`)
			: await dropMessages(tx, isOld),
	};
	for (const [table, rows] of Object.entries(stale))
		touched[table] = dry ? await count(rows) : await tx.run(sql`delete from ${rows}`);
	return touched;
}
