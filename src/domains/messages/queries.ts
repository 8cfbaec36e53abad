import { persons } from '#domains/friends/index.ts';
import { isApartFrom } from '#domains/safety/index.ts';
import { read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import type { May } from '#platform/policy.ts';
import { list, sql } from '#platform/sql.ts';
import { readTogether } from '#platform/together.ts';
import type { Viewer } from '#platform/viewer.ts';
import { countUnread, mayCount } from './marks.ts';
import { conversations, said } from './policy.ts';
import { openOf } from './sealed.ts';

/** Somebody in a conversation. A person who is gone has no name here. */
export interface Someone {
	id: string;
	name: string | null;
	photoId: string | null;
	/** The viewer may open their profile. A stranger who wrote to them has none for their eyes. */
	known?: boolean;
}

/** One line of the list of conversations. */
export interface Line {
	id: string;
	kind: 'pair' | 'several' | 'unit';
	unit: string | null;
	/** The viewer writes for the office of that unit. */
	isOffice: boolean;
	people: Someone[];
	state: 'request' | 'accepted';
	muted: boolean;
	unread: boolean;
	at: Date;
	last: {
		mine: boolean;
		kind: string;
		text: string | null;
		removed: boolean;
		files: number;
		author: string | null;
	} | null;
	place: string;
}

const someone = sql`jsonb_build_object('id', person.id, 'name', case when person.erased_at is null then person.name end,
	'photoId', person.photo_id)`;

/**
 * Ids of the others of the conversation of this row, as they are now; the officer of a letter, be it not answered yet. Among several,
 * two people kept apart are not there for each other: nothing of the one reaches the other.
 */
const otherIds = (viewer: Viewer) => sql`(select other.person_id as id from messages.participant as other
		where other.conversation_id = conversation.id and other.person_id <> ${viewer.id}::uuid and other.left_at is null
			and (conversation.kind <> 'several' or ${isApartFrom(sql`other.person_id`)(viewer)})
	union select conversation.officer_id where conversation.officer_id <> ${viewer.id}::uuid)`;
const others = (
	viewer: Viewer,
) => sql`(select coalesce(jsonb_agg(${someone} order by person.folded_name, person.id), '[]')
	from ${otherIds(viewer)} as there join people.person on person.id = there.id)`;

const size = 30;
const orderedBy = sql`greatest(conversation.last_at, participant.wrote_at)`;
const exact = sql`to_char(${orderedBy} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

interface Row extends Omit<Line, 'last'> {
	last: (Line['last'] & { id: string; sealed: string | null }) | null;
}

const opened = ({ last, ...row }: Row): Line => {
	if (!last) return { ...row, last: null };
	const { id, sealed, ...rest } = last;
	return { ...row, last: { ...rest, text: openOf(id, sealed)?.slice(0, 200) ?? null } };
};

/** The viewer's conversations, the latest first, a page at a time; or the requests that wait for their answer. */
export const conversationsOf = (
	viewer: Viewer,
	{ before = null, requests = false }: { before?: string | null; requests?: boolean } = {},
): Promise<{ lines: Line[]; next: string | null }> =>
	read(viewer, async (tx) => {
		const place = placeOf(before);
		const rows = await tx.many<Row>(sql`
			select conversation.id, conversation.kind, unit.name as unit, coalesce(conversation.officer_id = participant.person_id, false) as "isOffice",
				${others(viewer)} as people, participant.state, participant.muted_at is not null as muted,
				coalesce(last.number > participant.read_number, false) as unread, ${orderedBy} as at, ${exact} as place,
				case when last.id is not null then jsonb_build_object('id', last.id, 'mine', last.author_id = ${viewer.id}::uuid, 'kind', last.kind,
					'sealed', last.sealed, 'removed', last.removed_at is not null, 'author', last.author,
					'files', (select count(*)::int from messages.attachment where attachment.message_id = last.id)) end as last
			from messages.participant join messages.conversation on conversation.id = participant.conversation_id
			left join territory.unit on unit.id = conversation.unit_id
			left join lateral (select message.*, (select person.name from people.person where person.id = message.author_id and person.erased_at is null) as author
				from messages.message where message.conversation_id = conversation.id and ${said.see(viewer)}
				order by message.number desc limit 1) as last on true
			where participant.person_id = ${viewer.id}::uuid and participant.state = ${requests ? 'request' : 'accepted'} and ${conversations.see(viewer)}
				and (not ${requests} or ${isAsked(viewer)})
				and (${place?.at ?? null}::timestamptz is null or (${orderedBy}, conversation.id) < (${place?.at ?? null}::timestamptz, ${place?.id ?? null}::uuid))
			order by ${orderedBy} desc, conversation.id desc limit ${size + 1}`);
		const lines = rows.slice(0, size).map(opened);
		const end = lines.at(-1);
		return { lines, next: rows.length > size && end ? `${end.place}_${end.id}` : null };
	});

// A request of somebody set apart since is no request any more.
const isAsked = (viewer: Viewer) =>
	sql`(participant.added_by is null or ${isApartFrom(sql`participant.added_by`)(viewer)})`;

function placeOf(text: string | null): { at: string; id: string } | null {
	const [, at, id] =
		/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
			text ?? '',
		) ?? [];
	return at && id && !Number.isNaN(Date.parse(at)) ? { at, id } : null;
}

/** How many requests wait for the viewer. */
export const countRequests = (viewer: Viewer): Promise<number> =>
	read(
		viewer,
		async (tx) =>
			(await tx.one<{ n: number }>(sql`select count(*)::int as n from messages.participant
		join messages.conversation on conversation.id = participant.conversation_id
		where participant.person_id = ${viewer.id}::uuid and participant.state = 'request' and ${conversations.see(viewer)} and ${isAsked(viewer)}`))!
				.n,
	);

/** In how many conversations something waits to be read; the one that is being read does not. */
export const unreadMessages = (viewer: Viewer, reading: string | null = null): Promise<number> =>
	mayCount(viewer) ? readTogether(viewer, (tx) => countUnread(tx, viewer, reading)) : Promise.resolve(0);

/** A conversation as its page shows it around its messages. */
export interface Conversation {
	id: string;
	kind: 'pair' | 'several' | 'unit';
	unit: { id: string; name: string } | null;
	isOffice: boolean;
	state: 'request' | 'accepted';
	keptDays: number;
	muted: boolean;
	/** The viewer set the other of the two apart. */
	blocked: boolean;
	people: (Someone & { read: number; delivered: number })[];
	may: May<typeof conversations>;
}

/** A conversation the viewer takes part in. Throws NotFound. */
export async function conversationRow(tx: Tx, viewer: Viewer, id: string): Promise<Conversation> {
	const row = await tx.one<Conversation>(sql`
		select conversation.id, conversation.kind, case when unit.id is not null then jsonb_build_object('id', unit.id, 'name', unit.name) end as unit,
			coalesce(conversation.officer_id = participant.person_id, false) as "isOffice",
			participant.state, conversation.kept_days as "keptDays", participant.muted_at is not null as muted,
			conversation.kind <> 'several' and exists (select from safety.block where block.person_id = ${viewer.id}::uuid
				and block.blocked_id in (conversation.low, conversation.high)) as blocked,
			(select coalesce(jsonb_agg(${someone} || case when other.state = 'accepted' then jsonb_build_object('read', other.read_number, 'delivered', other.delivered_number)
					else '{"read": 0, "delivered": 0}' end order by person.folded_name, person.id), '[]')
				from ${otherIds(viewer)} as there join people.person on person.id = there.id
				left join messages.participant as other on other.conversation_id = conversation.id and other.person_id = there.id) as people,
			${conversations.may(viewer)}
		from messages.conversation join messages.participant on participant.conversation_id = conversation.id and participant.person_id = ${viewer.id}::uuid
		left join territory.unit on unit.id = conversation.unit_id
		where conversation.id = ${id}::uuid and ${conversations.see(viewer)}`);
	if (!row) throw notFound();
	return row;
}

/** Names of people, by id; who is gone has none. */
export const namesOf = async (
	tx: Tx,
	viewer: Viewer,
	ids: readonly string[],
): Promise<Map<string, Someone>> => {
	const rows =
		await tx.many<Someone>(sql`select person.id, case when person.erased_at is null then person.name end as name,
		person.photo_id as "photoId", ${persons.see(viewer)} as known from people.person where person.id = any (${list(ids, 'uuid')})`);
	return new Map(rows.map((row) => [row.id, row]));
};
