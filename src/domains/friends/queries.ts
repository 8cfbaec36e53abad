import { isApartFrom } from '#domains/safety/index.ts';
import type { Noun } from '#domains/territory/index.ts';
import { read } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { restDays } from './ask.ts';
import { isFriend, persons, requests } from './policy.ts';

/** A person in a list. */
export interface Someone {
	id: string;
	name: string;
	photoId: string | null;
}

/** A friend, with what they are up to. */
export interface Friend extends Someone {
	since: Date;
	status: string | null;
}

/** A request, seen by either side. */
export interface Request extends Someone {
	requestId: string;
	note: string;
	at: Date;
	/** A unit that both belong to. */
	unit: string | null;
}

/** Somebody of one's own unit to ask. */
export interface Suggested extends Someone {
	office: Noun | null;
	unit: string;
}

const someone = sql`person.id, person.name, person.photo_id as "photoId"`;
/** A status, until it ends. */
export const statusNow = sql`case when person.status_until is null or person.status_until > now() then person.status_text end`;
/** A unit of both: row-level security shows no other attachment. */
const sharedUnit = (
	viewer: Viewer,
) => sql`(select unit.name from territory.attachment join territory.unit on unit.id = attachment.unit_id
	where attachment.person_id = person.id and attachment.until is null
		and attachment.unit_id = any (${list(viewer.units, 'uuid')}) limit 1)`;
const isStillHere = sql`person.left_at is null and person.erased_at is null`;

const pageSize = 100;

/** The viewer's friends by name: a page, and the word after which the next one starts. */
export const friendsOf = (viewer: Viewer, after = ''): Promise<{ friends: Friend[]; next: string | null }> =>
	read(viewer, async (tx) => {
		const rows = await tx.many<Friend & { place: string }>(sql`
			select ${someone}, link.since, ${statusNow} as status, person.folded_name || ' ' || person.id::text as place
			from friends.link join people.person on person.id = link.friend_id
			where link.person_id = ${viewer.id}::uuid and ${isStillHere} and ${isApartFrom(sql`person.id`)(viewer)}
				and (${after} = '' or person.folded_name || ' ' || person.id::text > ${after})
			order by place limit ${pageSize + 1}`);
		const friends = rows.slice(0, pageSize);
		return {
			friends: friends.map(({ place: _, ...friend }) => friend),
			next: rows.length > pageSize ? friends.at(-1)!.place : null,
		};
	});

/** Requests that wait for the viewer's answer, oldest first. */
export const requestsTo = (viewer: Viewer): Promise<Request[]> =>
	read(viewer, (tx) =>
		tx.many(sql`select ${someone}, request.id as "requestId", request.note, request.asked_at as at, ${sharedUnit(viewer)} as unit
		from friends.request join people.person on person.id = request.from_id
		where request.to_id = ${viewer.id}::uuid and request.answer is null and ${requests.see(viewer)} and ${isStillHere}
		order by request.asked_at limit 100`),
	);

/** What the viewer asked within the last thirty days; refused or not, it reads the same. */
export const requestsFrom = (viewer: Viewer): Promise<Request[]> =>
	read(viewer, (tx) =>
		tx.many(sql`select ${someone}, request.id as "requestId", request.note, request.asked_at as at, ${sharedUnit(viewer)} as unit
		from friends.request join people.person on person.id = request.to_id
		where request.from_id = ${viewer.id}::uuid and request.answer is distinct from 'accepted' and request.withdrawn_at is null
			and request.asked_at > now() - make_interval(days => ${restDays}::int)
			and ${requests.see(viewer)} and ${isStillHere} and ${isApartFrom(sql`person.id`)(viewer)}
		order by request.asked_at desc limit 100`),
	);

const isUntold = (
	viewer: Viewer,
) => sql`not exists (select from friends.request where request.withdrawn_at is null
	and ((request.from_id = ${viewer.id}::uuid and request.to_id = person.id)
		or (request.from_id = person.id and request.to_id = ${viewer.id}::uuid)))`;

/** People of the viewer's own units, never of another: who answers for the unit, then who arrived last. */
export const suggestions = (viewer: Viewer, limit = 12): Promise<Suggested[]> =>
	read(viewer, (tx) =>
		tx.many(sql`
		select ${someone}, unit.name as unit, held.name as office
		from territory.attachment join people.person on person.id = attachment.person_id
		join territory.unit on unit.id = attachment.unit_id
		left join lateral (select office.name, office.position from territory.term join territory.office on office.id = term.office_id
			where term.person_id = person.id and term.unit_id = unit.id and office.retired_at is null and term.starts_at <= now()
				and (term.ends_at is null or term.ends_at > now()) order by office.position limit 1) as held on true
		where attachment.unit_id = any (${list(viewer.units, 'uuid')}) and attachment.until is null
			and ${persons.ask(viewer)} and not ${isFriend(sql`person.id`)(viewer)} and ${isUntold(viewer)}
		order by held.position is null, held.position, attachment.since desc, person.id limit ${limit}`),
	);

/** What there is between the viewer and a person, as the person's page offers it. */
export interface Bond {
	state: 'self' | 'none' | 'friends' | 'asked' | 'asks';
	requestId: string | null;
	note: string;
}

/** What there is between the two, for the profile's one button. */
export const bondWith = (viewer: Viewer, personId: string): Promise<Bond> =>
	read(viewer, async (tx) => {
		if (viewer.id === personId) return { state: 'self', requestId: null, note: '' };
		const friend = await tx.one(
			sql`select 1 as yes from people.person where person.id = ${personId}::uuid and ${isFriend(sql`person.id`)(viewer)}`,
		);
		if (friend) return { state: 'friends', requestId: null, note: '' };
		const row = await tx.one<{ id: string; mine: boolean; note: string }>(sql`
			select request.id, request.from_id = ${viewer.id}::uuid as mine, request.note from friends.request
			where request.withdrawn_at is null and ${requests.see(viewer)}
				and ((request.from_id = ${viewer.id}::uuid and request.to_id = ${personId}::uuid and request.answer is distinct from 'accepted'
						and request.asked_at > now() - make_interval(days => ${restDays}::int))
					or (request.to_id = ${viewer.id}::uuid and request.from_id = ${personId}::uuid and request.answer is null))
			order by mine limit 1`);
		if (!row) return { state: 'none', requestId: null, note: '' };
		return { state: row.mine ? 'asked' : 'asks', requestId: row.id, note: row.note };
	});

/** Whether the viewer sees this person, or met them before: whom one may block or mute, and whose name one may then be told. */
export const hasMet = (viewer: Viewer, personId: string): Promise<boolean> =>
	read(viewer, async (tx) => {
		const known = await tx.one(
			sql`select 1 as known from people.person where person.id = ${personId}::uuid and ${persons.keepApart(viewer)}`,
		);
		return known !== undefined;
	});
