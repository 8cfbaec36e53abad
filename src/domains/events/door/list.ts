import { persons } from '#domains/friends/index.ts';
import { asSystem, read, type Tx } from '#platform/db.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import type { Viewer } from '#platform/viewer.ts';
import { doors } from './policy.ts';

/** Somebody at the door: an account, or a visitor who answered by mail. */
export interface Arrival {
	id: string;
	kind: 'person' | 'visitor';
	name: string;
	/** Null: said nothing, and was found by name or came all the same. */
	answer: 'coming' | 'maybe' | 'no' | null;
	waiting: boolean;
	/** How many people they said they bring. */
	guests: number;
	/** When they were ticked, and with how many. */
	at: Date | null;
	brought: number;
}

/** An event seen from its door. */
export interface Door {
	id: string;
	title: string;
	/** The unit that organises, or the group. */
	unitId: string | null;
	groupId: string | null;
	starts_at: Date;
	ends_at: Date;
	time_zone: string;
	cancelled_at: Date | null;
	may: { see: boolean; tick: boolean };
	/** All who are there: named people, those they brought, those nobody knows by name. */
	present: number;
	walkIns: number;
}

const counted = sql`select coalesce(sum(case when attendance.person_id is null and attendance.visitor_id is null
	then attendance.walk_ins else 1 + attendance.guests end), 0)::int as present,
	coalesce(sum(attendance.walk_ins), 0)::int as "walkIns" from events.attendance where attendance.event_id = event.id`;

/** The event whose door it is. Throws NotFound, Forbidden. */
export async function doorOf(tx: Tx, viewer: Viewer, id: string): Promise<Door> {
	const door =
		await tx.one<Door>(sql`select event.id, event.title, event.unit_id as "unitId", event.group_id as "groupId", event.starts_at, event.ends_at,
			event.time_zone, event.cancelled_at, counted.present, counted."walkIns", ${doors.may(viewer)}
		from events.event, lateral (${counted}) as counted where event.id = ${id}::uuid and ${doors.see(viewer)}`);
	return door ?? doors.refuse(tx, viewer, id);
}

const columns = sql`answer.answer, coalesce(answer.is_waiting, false) as waiting, coalesce(answer.guests, 0) as guests,
	attendance.at, coalesce(attendance.guests, 0) as brought`;

/** Accounts: who comes or may come, who was ticked. */
const peopleOf = (id: string) => sql`
	select person.id, 'person' as kind, person.name, person.folded_name as folded, ${columns}
	from (select answer.person_id from events.answer where answer.event_id = ${id}::uuid and answer.person_id is not null
			and answer.answer <> 'no'
		union select attendance.person_id from events.attendance where attendance.event_id = ${id}::uuid
			and attendance.person_id is not null) as known
	join people.person on person.id = known.person_id
	left join events.answer on answer.event_id = ${id}::uuid and answer.person_id = person.id
	left join events.attendance on attendance.event_id = ${id}::uuid and attendance.person_id = person.id`;

/** Visitors: their table is the house's alone. */
const visitorsOf = (id: string) => sql`
	select visitor.id, 'visitor' as kind, visitor.name, lower(visitor.name) as folded, ${columns}
	from events.visitor join events.answer on answer.visitor_id = visitor.id
	left join events.attendance on attendance.visitor_id = visitor.id
	where visitor.event_id = ${id}::uuid and visitor.confirmed_at is not null and answer.answer <> 'no'`;

const nobody = sql`null::text as answer, false as waiting, 0 as guests, null::timestamptz as at, 0 as brought`;
/** People of the unit or of the group who said nothing, by a part of their name. */
const othersOf = (viewer: Viewer, { id, unitId, groupId }: Door, words: Sql) => sql`
	select person.id, 'person' as kind, person.name, person.folded_name as folded, ${nobody}
	from people.person where ${words} and ${persons.see(viewer)}
		and (exists (select from territory.attachment join territory.unit as home on home.id = attachment.unit_id
			where attachment.person_id = person.id and attachment.until is null and home.ancestors @> array[${unitId}::uuid])
			or exists (select from groups.membership where membership.circle_id = ${groupId}::uuid
				and membership.person_id = person.id and membership.state = 'member'))
		and not exists (select from events.answer where answer.event_id = ${id}::uuid and answer.person_id = person.id and answer.answer <> 'no')
		and not exists (select from events.attendance where attendance.event_id = ${id}::uuid and attendance.person_id = person.id)
	order by person.folded_name, person.id limit 20`;

type Row = Arrival & { folded: string };
const byName = (a: Row, b: Row) => a.folded.localeCompare(b.folded) || (a.id < b.id ? -1 : 1);
const bare = ({ folded: _, ...arrival }: Row): Arrival => arrival;

/** Everybody expected at an event or already there, by name; the caller has asked who may read it. */
export async function arrivalsAt(tx: Tx, id: string): Promise<Arrival[]> {
	const people = await tx.many<Row>(peopleOf(id));
	const visitors = await asSystem('event-door', (house) => house.many<Row>(visitorsOf(id)));
	return [...people, ...visitors].toSorted(byName).map(bare);
}

/** The list at the door; with `q`, those whose name has it, and people of the unit who said nothing. Throws NotFound, Forbidden. */
export const doorList = (viewer: Viewer, id: string, q = '') =>
	read(viewer, async (tx): Promise<{ door: Door; arrivals: Arrival[]; others: Arrival[] }> => {
		const door = await doorOf(tx, viewer, id);
		const words = fold(q).slice(0, 60);
		const arrivals = (await arrivalsAt(tx, id)).filter(({ name }) => fold(name).includes(words));
		const like = sql`person.folded_name like ${`%${words.replace(/[\\%_]/g, '\\$&')}%`}`;
		const others = words.length > 1 ? await tx.many<Row>(othersOf(viewer, door, like)) : [];
		return { door, arrivals, others: others.map(bare) };
	});
