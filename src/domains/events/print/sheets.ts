import * as v from 'valibot';
import { contacts, openContact } from '#domains/profiles/index.ts';
import { isApartFrom } from '#platform/apart.ts';
import { record } from '#platform/audit.ts';
import { read, write } from '#platform/db.ts';
import { notFound, Refusal } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import { excerpt } from '#platform/text/markdown.ts';
import type { Viewer } from '#platform/viewer.ts';
import { arrivalsAt, doorOf } from '../door/list.ts';
import { doors } from '../door/policy.ts';
import { events } from '../policy.ts';

/** What is printed of an event for a wall. */
export interface Poster {
	id: string;
	title: string;
	/** The first lines of its text. */
	lead: string;
	place: string;
	unit: string;
	depth: number;
	levels: number;
	starts_at: Date;
	ends_at: Date;
	time_zone: string;
	isPublic: boolean;
	cancelled_at: Date | null;
}

/** The poster of an event that the viewer sees. Throws NotFound. */
export const posterOf = (viewer: Viewer, id: string): Promise<Poster> =>
	read(viewer, async (tx) => {
		const poster = await tx.one<Poster>(sql`
			select event.id, event.title, left(event.text, 2000) as lead, event.starts_at, event.ends_at,
				event.time_zone, event.cancelled_at, event.visibility = 'public' as "isPublic", unit.name as unit, unit_kind.depth,
				(select max(every_kind.depth) + 1 from territory.unit_kind as every_kind) as levels,
				concat_ws(', ', nullif(event.place_name, ''), nullif(event.address, ''), zone.name) as place
			from events.event join territory.unit on unit.id = event.unit_id join territory.unit_kind on unit_kind.id = unit.kind_id
				left join territory.zone on zone.id = event.zone_id
			where event.id = ${id}::uuid and ${events.see(viewer)}`);
		if (!poster) throw notFound();
		return { ...poster, lead: excerpt(poster.lead, 260) };
	});

/** The sheet that people sign: who comes, by name. Throws NotFound. */
export const attendanceSheet = (viewer: Viewer, id: string) =>
	read(viewer, async (tx) => {
		const door = await doorOf(tx, viewer, id);
		const all = await arrivalsAt(tx, id);
		return { door, people: all.filter(({ answer, waiting, at }) => at || (answer === 'coming' && !waiting)) };
	});

/** Somebody to call: who said nothing, and shows their number to their unit or more widely. */
export interface ToCall {
	id: string;
	name: string;
	home: string;
	/** Once opened. */
	phone?: string;
}

const AT_MOST = 100;
/** A number shown to friends only, or to nobody, is not for this list, whatever the office could open. */
const acceptsCalls = sql`exists (select from profiles.field where field.person_id = person.id and field.kind = 'phone'
	and field.audience in ('unit', 'members', 'network'))`;

const toCall = (viewer: Viewer, { id, unitId }: { id: string; unitId: string }) => sql`
	select person.id, person.name, home.name as home
	from people.person join territory.attachment on attachment.person_id = person.id and attachment.until is null
	join territory.unit as home on home.id = attachment.unit_id
	where home.ancestors @> array[${unitId}::uuid] and person.id <> ${viewer.id}::uuid and ${acceptsCalls}
		and ${contacts.openPhone(viewer)} and ${isApartFrom(sql`person.id`)(viewer)}
		and not exists (select from events.answer where answer.event_id = ${id}::uuid and answer.person_id = person.id)
	order by person.folded_name, person.id limit ${AT_MOST}`;

/** Who of the unit said nothing and may be called by this officer; without their numbers. Throws NotFound. */
export const callList = (viewer: Viewer, id: string) =>
	read(viewer, async (tx) => {
		const door = await doorOf(tx, viewer, id);
		return { door, people: await tx.many<ToCall>(toCall(viewer, door)) };
	});

/** Who closed their number while the list was opened is not on it. */
function closedSince(refusal: unknown): { value: null } {
	if (refusal instanceof Refusal) return { value: null };
	throw refusal;
}

export const OpenCallsForm = v.object({});

/**
 * The same with their numbers. Each person reads afterwards who opened theirs, and the audit has the whole.
 * Throws NotFound, Forbidden.
 */
export async function openCalls(viewer: Viewer, id: string): Promise<ToCall[]> {
	const people = await write(viewer, async (tx) => {
		await doors.guard(tx, viewer, 'see', id);
		const door = await doorOf(tx, viewer, id);
		const found = await tx.many<ToCall>(toCall(viewer, door));
		await record(tx, {
			actorId: viewer.id,
			act: 'events.open_calls',
			subject: 'event',
			subjectId: id,
			unitId: door.unitId,
			detail: { people: found.length },
		});
		return found;
	});
	const opened: ToCall[] = [];
	for (const person of people) {
		const { value } = await openContact(viewer, person.id, { what: 'phone', reason: '' }).catch(closedSince);
		if (value) opened.push({ ...person, phone: value });
	}
	return opened;
}
