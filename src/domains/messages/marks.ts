import { settle } from '#domains/notices/index.ts';
import { type Tx, write } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';
import { tellPeople, tellReaders } from './live.ts';
import { conversations, said } from './policy.ts';

/** The last message of the conversation of this row that the viewer sees. */
const lastSeen = (viewer: Viewer) => sql`(select message.number from messages.message
	where message.conversation_id = participant.conversation_id and ${said.see(viewer)} order by message.number desc limit 1)`;

/**
 * Marks a conversation read up to its last message, and tells who wrote. A request is read without anybody knowing.
 * Throws NotFound.
 */
export const markRead = (viewer: Viewer, conversation: string): Promise<void> =>
	write(viewer, async (tx) => {
		await conversations.guard(tx, viewer, 'see', conversation);
		const marked = await tx.one<{ state: string }>(sql`
			update messages.participant set read_number = latest.number, read_at = now(),
				delivered_number = greatest(participant.delivered_number, latest.number), delivered_at = coalesce(participant.delivered_at, now())
			from (select ${lastSeen(viewer)} as number from messages.participant
				where participant.conversation_id = ${conversation}::uuid and participant.person_id = ${viewer.id}::uuid) as latest
			where participant.conversation_id = ${conversation}::uuid and participant.person_id = ${viewer.id}::uuid
				and latest.number > participant.read_number returning participant.state`);
		await settle(tx, viewer, ['message_received', 'message_requested'], conversation);
		if (marked?.state === 'accepted') await tellReaders(tx, conversation, viewer.id);
	});

const isFresh = sql`participant.left_at is null and participant.state = 'accepted'
	and conversation.last_number > participant.delivered_number`;

/** Says that what was written reached a device of the viewer; who wrote it sees so. */
export const markDelivered = (viewer: Viewer): Promise<void> =>
	write({ ...viewer, requestKey: undefined } as Viewer, async (tx) => {
		const got = await tx.many<{ id: string }>(sql`
			update messages.participant set delivered_number = latest.number, delivered_at = now()
			from (select participant.conversation_id as id, ${lastSeen(viewer)} as number from messages.participant
				join messages.conversation on conversation.id = participant.conversation_id
				where participant.person_id = ${viewer.id}::uuid and ${isFresh} limit 100) as latest
			where participant.conversation_id = latest.id and participant.person_id = ${viewer.id}::uuid
				and latest.number > participant.delivered_number returning participant.conversation_id as id`);
		const others = got.length
			? await writersIn(
					tx,
					viewer,
					got.map(({ id }) => id),
				)
			: [];
		if (others.length) await tellPeople(tx, others);
	});

const writersIn = async (tx: Tx, viewer: Viewer, ids: string[]): Promise<string[]> =>
	(
		await tx.many<{ id: string }>(sql`select distinct participant.person_id as id from messages.participant
			where participant.conversation_id = any (${list(ids, 'uuid')}) and participant.person_id <> ${viewer.id}::uuid
				and participant.left_at is null and participant.state = 'accepted' limit 100`)
	).map(({ id }) => id);

/** Counts above it are shown as "99 or more". */
const countAtMost = 99;

/** In how many conversations something waits to be read, at most 99; neither those one muted nor requests, nor the one being read. */
export const countUnread = async (tx: Tx, viewer: Viewer, reading: string | null): Promise<number> =>
	(await tx.one<{ n: number }>(sql`select count(*)::int as n from (select from messages.participant
		join messages.conversation on conversation.id = participant.conversation_id
		where participant.person_id = ${viewer.id}::uuid and participant.left_at is null and participant.state = 'accepted'
			and participant.muted_at is null and participant.conversation_id is distinct from ${reading}::uuid
				and conversation.last_number > participant.read_number
			and ${lastSeen(viewer)} > participant.read_number limit ${countAtMost}) as waiting`))!.n;

/** The number beside the messages of the menu: for who is in the network. */
export const mayCount = (viewer: Viewer): boolean => isActive(viewer) && viewer.id !== null;
