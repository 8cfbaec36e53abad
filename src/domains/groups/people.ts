import { isApartFrom } from '#domains/safety/index.ts';
import { read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { circles } from './policy.ts';
import type { Someone } from './queries.ts';

/** Somebody in a group. */
export interface Member extends Someone {
	since: Date;
	isOwner: boolean;
	isSuccessor: boolean;
}
/** Somebody who waits, was invited or was put out. */
export interface Pending extends Someone {
	state: 'asked' | 'refused' | 'invited' | 'excluded';
	note: string;
	by: string | null;
	at: Date;
}
/** Who is in a group; for who answers for it, who is at its door too. */
export interface People {
	members: Member[];
	next: string | null;
	pending: Pending[];
}

const peopleSize = 100;
const someone = sql`person.id, person.name, person.photo_id as "photoId"`;

/** People of a group, oldest member first. Throws NotFound when the viewer is not one of them. */
export const peopleOf = (viewer: Viewer, id: string, from: string | null = null): Promise<People> =>
	read(viewer, async (tx) => {
		const may = await tx.one<{
			meet: boolean;
			lead: boolean;
		}>(sql`select ${circles.meet(viewer)} as meet, ${circles.lead(viewer)} as lead
			from groups.circle where circle.id = ${id}::uuid and ${circles.see(viewer)}`);
		if (!may?.meet) throw notFound();
		const [members, pending] = await Promise.all([
			membersIn(tx, viewer, id, from),
			may.lead ? pendingIn(tx, viewer, id) : [],
		]);
		return { ...members, pending };
	});

/** Who asked, was invited or was put out of a group. Throws NotFound, and Forbidden to who sees it and does not lead it. */
export const doorOf = (viewer: Viewer, id: string): Promise<Pending[]> =>
	read(viewer, async (tx) => {
		const may = await tx.one(
			sql`select 1 as may from groups.circle where circle.id = ${id}::uuid and ${circles.lead(viewer)}`,
		);
		return may ? pendingIn(tx, viewer, id) : circles.refuse(tx, viewer, id);
	});

async function membersIn(tx: Tx, viewer: Viewer, id: string, from: string | null) {
	const rows = await tx.many<Member & { place: string }>(sql`select ${someone}, membership.at as since,
			person.id = circle.owner_id as "isOwner", coalesce(person.id = circle.successor_id, false) as "isSuccessor",
			to_char(membership.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' || person.id::text as place
		from groups.membership join people.person on person.id = membership.person_id
			join groups.circle on circle.id = membership.circle_id
		where membership.circle_id = ${id}::uuid and membership.state = 'member' and person.left_at is null and person.erased_at is null
			and ${isApartFrom(sql`person.id`)(viewer)} and ${afterPerson(from)}
		order by membership.at, person.id limit ${peopleSize + 1}`);
	const members = rows.slice(0, peopleSize);
	return {
		members: members.map(({ place: _, ...member }): Member => member),
		next: rows.length > peopleSize ? members.at(-1)!.place : null,
	};
}

function afterPerson(cursor: string | null): Sql {
	const [at, id] = (cursor ?? '').split('_');
	return at && id && !Number.isNaN(Date.parse(at)) && /^[0-9a-f-]{36}$/.test(id)
		? sql`(membership.at, person.id) > (${at}::timestamptz, ${id}::uuid)`
		: sql`true`;
}

const pendingIn = (tx: Tx, viewer: Viewer, id: string): Promise<Pending[]> =>
	tx.many(sql`select ${someone}, membership.state, membership.note, membership.at,
			(select inviter.name from people.person as inviter where inviter.id = membership.by_id) as by
		from groups.membership join people.person on person.id = membership.person_id
		where membership.circle_id = ${id}::uuid and membership.state in ('asked', 'invited', 'excluded')
			and person.left_at is null and person.erased_at is null and ${isApartFrom(sql`person.id`)(viewer)}
		order by membership.state, membership.at limit 200`);
