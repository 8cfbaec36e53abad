import { read, write } from '#platform/db.ts';
import { forbidden, notFound } from '#platform/errors.ts';
import { clockIn, dayAfter } from '#platform/local-time.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { cardColumns, cardTables, type EventCard } from './cards.ts';
import { note, visibilitiesFor } from './circle.ts';
import { events } from './policy.ts';
import type { Visibility } from './policy-names.ts';

/** An answer as who organises reads it. */
export interface AnswerLine {
	id: string;
	/** Null for somebody without account. */
	personId: string | null;
	name: string;
	photoId: string | null;
	answer: 'coming' | 'waiting' | 'maybe' | 'no';
	guests: number;
	confirmed: boolean;
	answeredAt: Date;
	shifts: string[];
}

/** Every answer to an event, for who organises: those who come first, in order. Read as an officer: it is written down. */
export const answersOf = (viewer: Viewer, id: string): Promise<{ event: EventCard; answers: AnswerLine[] }> =>
	write(viewer, async (tx) => {
		const event = await tx.one<
			EventCard & { may: boolean }
		>(sql`select ${cardColumns(viewer)}, ${events.readAnswers(viewer)} as may
			from ${cardTables} where event.id = ${id}::uuid and ${events.see(viewer)}`);
		if (!event) throw notFound();
		if (!event.may) throw forbidden();
		const answers = await tx.many<AnswerLine>(sql`
			select answer.id, person.id as "personId", coalesce(person.name, '') as name, person.photo_id as "photoId", answer.guests,
				case when answer.is_waiting then 'waiting' else answer.answer end as answer, answer.confirmed_at is not null as confirmed,
				answer.answered_at as "answeredAt", array(select shift.name from events.taker join events.shift on shift.id = taker.shift_id
					where shift.event_id = answer.event_id and taker.person_id = answer.person_id order by shift.position) as shifts
			from events.answer left join people.person on person.id = answer.person_id
			where answer.event_id = ${id}::uuid
			order by array_position(array['coming', 'maybe', 'no'], answer.answer), answer.is_waiting, answer.seat_at, answer.answered_at, answer.id
			limit 2000`);
		await note(tx, viewer, 'events.read_answers', id);
		return { event, answers };
	});

/** What the form of a change starts with. Throws NotFound, or Forbidden for who may not change it. */
export const toChange = (viewer: Viewer, id: string) =>
	read(viewer, async (tx) => {
		const row = await tx.one<
			ToChange & { may: boolean; group_id: string | null }
		>(sql`select event.id, coalesce(unit.name, (select circle.name from groups.circle where circle.id = event.group_id)) as organiser,
				event.group_id, event.title, event.text,
				event.starts_at as "startsAt", event.ends_at as "endsAt", event.time_zone as "timeZone", event.place_name as "placeName",
				event.address, event.access, event.cover_id is not null as "hasCover", event.zone_id as "zoneId", zone.name as commune, event.online_url as "onlineUrl", event.visibility,
				event.capacity, event.guests_allowed as "guestsAllowed", event.sequence, event.series_id is not null as "comesBack",
				event.coming_count + event.maybe_count + event.waiting_count as told, ${events.change(viewer)} as may,
				${events.cancel(viewer)} as "mayCancel"
			from ${cardTables} where event.id = ${id}::uuid and ${events.see(viewer)}`);
		if (!row) throw notFound();
		if (!row.may) throw forbidden();
		return { ...row, shown: await visibilitiesFor(tx, viewer, row.group_id, row.visibility) } as ToChange;
	});

/** An event as its form shows it. */
export interface ToChange {
	id: string;
	/** The name of the unit or of the group. */
	organiser: string;
	/** To whom it may be shown. */
	shown: readonly Visibility[];
	title: string;
	text: string;
	startsAt: Date;
	endsAt: Date;
	timeZone: string;
	placeName: string;
	address: string;
	access: string;
	/** A picture was chosen, redrawn or not yet. */
	hasCover: boolean;
	zoneId: string | null;
	commune: string | null;
	onlineUrl: string | null;
	visibility: string;
	capacity: number | null;
	guestsAllowed: number;
	sequence: number;
	comesBack: boolean;
	/** People who would be told. */
	told: number;
	mayCancel: boolean;
}

/** The fields of the form, as the event fills them. */
export function filledFrom(event: ToChange): Record<string, string> {
	const [from, to] = [clockIn(event.startsAt, event.timeZone), clockIn(event.endsAt, event.timeZone)];
	const isNight = to.day === dayAfter(from.day) && to.time <= from.time;
	return {
		title: event.title,
		text: event.text,
		day: from.day,
		starts: from.time,
		ends: to.time,
		end_day: to.day === from.day || isNight ? '' : to.day,
		time_zone: event.timeZone,
		place_name: event.placeName,
		street: event.address,
		access: event.access,
		commune: event.commune ?? '',
		zone: event.zoneId ?? '',
		online_url: event.onlineUrl ?? '',
		visibility: event.visibility,
		capacity: event.capacity ? String(event.capacity) : '',
		guests_allowed: String(event.guestsAllowed),
		sequence: String(event.sequence),
	};
}
