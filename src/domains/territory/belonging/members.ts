import { cameOnce } from '#domains/people/index.ts';
import { isApartFrom } from '#platform/apart.ts';
import { record } from '#platform/audit.ts';
import { read, type Tx, write } from '#platform/db.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import type { Viewer } from '#platform/viewer.ts';
import { pageOf, placeOf } from '../cursor.ts';
import { units } from '../policy.ts';
import type { Grants } from './counts.ts';
import type { Part } from './parts.ts';

/** A person as the list of a unit shows them. What only officers may know is null for the others. */
export interface Member {
	id: string;
	name: string;
	photoId: string | null;
	since: Date;
	/** The unit they belong to: itself, or for officers one below. */
	home: string;
	welcomed: boolean | null;
	grants: Grants | null;
	verified: boolean | null;
	/** Confirmed once, not renewed in time. */
	lapsed: boolean | null;
}

/** A page of members, and whether it was read as an officer. */
export interface MemberPage {
	people: Member[];
	next: string | null;
	asOfficer: boolean;
}

const among: Record<Part, Sql> = {
	waiting: sql`and attachment.welcomed_at is null`,
	declared: sql`and membership_type.grants = 'member' and membership.verified_at is null`,
	once: sql`and ${cameOnce}`,
};

/** What a reader of the list looks for. */
interface Asked {
	/** Part of a name. */
	q?: string | null;
	/** Only some of them; for officers. */
	only?: Part | null;
	cursor?: string | null;
}

const SIZE = 30;
/** Confirmed, still here: the only people who are shown to anybody. */
export const isHere = sql`person.confirmed_at is not null and person.left_at is null and person.erased_at is null`;
const isCurrent = sql`attachment.until is null`;
// Who is kept apart does not meet in a list either, unless an office has to.
const isApart = isApartFrom(sql`person.id`);

/**
 * Who belongs to a unit, by name. People of the unit see who is in it; officers also those below, whether they are confirmed
 * and welcomed, and their reading is written in the audit. Throws NotFound or Forbidden.
 */
export const listMembers = (viewer: Viewer, unitId: string, asked: Asked = {}) =>
	write({ ...viewer, requestKey: undefined } as Viewer, async (tx): Promise<MemberPage> => {
		const asOfficer = await howOneReads(tx, viewer, unitId);
		const rows = await tx.many<Member & { folded: string }>(membersQuery(viewer, unitId, asOfficer, asked));
		const { rows: people, next } = pageOf(rows, SIZE);
		if (asOfficer)
			await record(tx, {
				actorId: viewer.id,
				act: 'territory.read_members',
				subject: 'unit',
				subjectId: unitId,
				unitId,
				detail: { people: people.length },
			});
		return { people: people.map(({ folded: _, ...person }) => person), next, asOfficer };
	});

async function howOneReads(tx: Tx, viewer: Viewer, unitId: string): Promise<boolean> {
	const may = await tx.one<{ lists: boolean; officer: boolean }>(sql`
		select ${units.listMembers(viewer)} as lists, ${units.readMembers(viewer)} as officer
		from territory.unit where unit.id = ${unitId}::uuid`);
	if (!may?.lists) await units.refuse(tx, viewer, unitId);
	return may?.officer ?? false;
}

function membersQuery(viewer: Viewer, unitId: string, asOfficer: boolean, asked: Asked) {
	const place = placeOf(asked.cursor);
	const words = fold(asked.q ?? '')
		.slice(0, 60)
		.replace(/[\\%_]/g, '\\$&');
	const inReach = asOfficer
		? sql`home.ancestors @> array[${unitId}::uuid]`
		: sql`attachment.unit_id = ${unitId}::uuid`;
	const officers = sql.lit(asOfficer);
	return sql`
		select person.id, person.name, person.photo_id as "photoId", person.folded_name as folded, attachment.since, home.name as home,
			case when ${officers} then attachment.welcomed_at is not null end as welcomed,
			case when ${officers} then membership_type.grants end as grants,
			case when ${officers} then membership.verified_at is not null end as verified,
			case when ${officers} then coalesce(membership.paid_until < current_date, false) end as lapsed
		from people.person join territory.attachment on attachment.person_id = person.id
		join territory.unit as home on home.id = attachment.unit_id
		left join people.membership on membership.person_id = person.id and membership.ended_at is null
		left join people.membership_type on membership_type.id = membership.type_id
		where ${isCurrent} and ${isHere} and ${inReach} ${asOfficer ? sql`` : sql`and ${isApart(viewer)}`}
			${asOfficer && asked.only ? among[asked.only] : sql``}
			and (${words} = '' or person.folded_name like ${`%${words}%`})
			and (${place?.id ?? null}::uuid is null or (person.folded_name, person.id) > (${place?.text ?? ''}, ${place?.id ?? null}::uuid))
		order by person.folded_name, person.id limit ${SIZE + 1}`;
}

/** A person to say hello to. */
export interface Neighbour {
	id: string;
	name: string;
	photoId: string | null;
	since: Date;
}

const neighbours = (viewer: Viewer, unitId: string | null) => sql`
	select person.id, person.name, person.photo_id as "photoId", min(attachment.since) as since
	from territory.attachment join people.person on person.id = attachment.person_id
	where attachment.unit_id = any (${list(viewer.units, 'uuid')}) and (${unitId}::uuid is null or attachment.unit_id = ${unitId}::uuid)
		and ${isCurrent} and ${isHere} and person.id is distinct from ${viewer.id}::uuid and ${isApart(viewer)}`;

/** Who joined the viewer's own units (or one of them) within seven days, latest first; nobody from elsewhere. */
export const newcomers = (viewer: Viewer, unitId: string | null = null, limit = 6): Promise<Neighbour[]> =>
	read(viewer, (tx) => newcomersAmong(tx, viewer, unitId, limit));

/** The same, inside a transaction. */
export const newcomersAmong = (tx: Tx, viewer: Viewer, unitId: string | null, limit: number) =>
	tx.many<Neighbour>(sql`${neighbours(viewer, unitId)} and attachment.since > now() - interval '7 days'
		group by person.id order by since desc, person.id limit ${limit}`);

/** Three people of the viewer's own units (or of one) to meet: who holds an office there first, then always the same for one person. */
export const peopleToMeet = (viewer: Viewer, unitId: string | null = null): Promise<Neighbour[]> =>
	read(viewer, (tx) =>
		tx.many(sql`${neighbours(viewer, unitId)} group by person.id
		order by exists (select from territory.term where term.person_id = person.id and term.unit_id = any (${list(viewer.units, 'uuid')})
				and term.starts_at <= now() and (term.ends_at is null or term.ends_at > now())) desc,
			md5(person.id::text || ${viewer.id ?? ''}::text) limit 3`),
	);
