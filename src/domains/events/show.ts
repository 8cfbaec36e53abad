import { persons } from '#domains/friends/index.ts';
import { coverOf } from '#domains/groups/index.ts';
import { isApartFrom } from '#domains/safety/index.ts';
import { read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import type { May } from '#platform/policy.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { type Viewer, visitor } from '#platform/viewer.ts';
import { cardColumns, cardTables, type EventCard } from './cards.ts';
import type { Cover } from './cover.ts';
import { coUnits, events, questions } from './policy.ts';
import type { Visibility } from './policy-names.ts';
import type { Seat } from './seats.ts';

/** A person drawn beside what they do. */
export interface Someone {
	id: string;
	name: string;
	photoId: string | null;
}
/** A shift or a small task. */
export interface ShiftView {
	id: string;
	name: string;
	startsAt: Date | null;
	endsAt: Date | null;
	needed: number;
	taken: number;
	mine: boolean;
	/** Those whom the viewer may know. */
	takers: Someone[];
}
export interface QuestionView {
	id: string;
	text: string;
	askedAt: Date;
	by: Someone;
	answer: string | null;
	answeredAt: Date | null;
	/** Null for whom the viewer is not told. */
	answeredBy: Pick<Someone, 'id' | 'name'> | null;
	may: May<typeof questions>;
}
/** Another date of what comes back. */
export interface Neighbour {
	id: string;
	startsAt: Date;
}
export interface CoUnitView {
	id: string;
	unitId: string;
	name: string;
	accepted: boolean | null;
	may: May<typeof coUnits>;
}
/** An event as its page shows it to one viewer. */
export interface EventView extends EventCard {
	text: string;
	address: string;
	/** How one comes, in lines. */
	access: string;
	cover: Cover | null;
	latitude: number | null;
	longitude: number | null;
	/** Null unless the viewer comes or organises. */
	onlineUrl: string | null;
	hasOnline: boolean;
	visibility: Visibility;
	/** Why the house called it off by itself. */
	cancelCause: 'group_asleep' | null;
	/** A group organises, seen or not. */
	isOfGroup: boolean;
	guestsAllowed: number;
	maybe: number;
	sequence: number;
	seriesId: string | null;
	rule: { freq: 'weekly' | 'monthly_day' | 'monthly_weekday'; every: number; until: string | null } | null;
	/** The dates of the same series before and after this one, among those that stand and that the viewer sees. */
	before: Neighbour | null;
	after: Neighbour | null;
	mine: { answer: Seat; guests: number; isConfirmed: boolean } | null;
	/** Those who come and whom the viewer may know. */
	people: Someone[];
	shifts: ShiftView[];
	questions: QuestionView[];
	coUnits: CoUnitView[];
	may: May<typeof events>;
}

const mineOf = (viewer: Viewer) => sql`(select jsonb_build_object('answer',
		case when answer.is_waiting then 'waiting' else answer.answer end, 'guests', answer.guests, 'isConfirmed', answer.confirmed_at is not null)
	from events.answer where answer.event_id = event.id and answer.person_id = ${viewer.id}::uuid)`;

const columns = (
	viewer: Viewer,
) => sql`${cardColumns(viewer)}, event.text, event.address, event.access, ${coverOf(sql`event`)} as cover, event.latitude, event.longitude,
	event.online_url is not null as "hasOnline", event.visibility, event.cancel_cause as "cancelCause", event.group_id is not null as "isOfGroup", event.guests_allowed as "guestsAllowed", event.maybe_count as maybe,
	event.sequence, event.series_id as "seriesId", ${mineOf(viewer)} as mine,
	(select jsonb_build_object('freq', series.freq, 'every', series.every, 'until', series.until)
		from events.series where series.id = event.series_id) as rule,
	case when ${events.readAnswers(viewer)} or (event.cancelled_at is null and exists (select from events.answer
		where answer.event_id = event.id and answer.person_id = ${viewer.id}::uuid and answer.answer = 'coming' and not answer.is_waiting))
		then event.online_url end as "onlineUrl", ${events.may(viewer)}`;

/** One event, with what the viewer may read around it. Throws NotFound. */
export const showEvent = (viewer: Viewer, id: string): Promise<EventView> =>
	read(viewer, async (tx) => {
		const row = await tx.one<EventView>(sql`select ${columns(viewer)} from ${cardTables}
			where event.id = ${id}::uuid and ${events.see(viewer)}`);
		if (!row) throw notFound();
		const isSignedIn = viewer.id !== null;
		return {
			...row,
			people: isSignedIn ? await peopleOf(tx, viewer, id) : [],
			shifts: isSignedIn ? await shiftsOf(tx, viewer, id) : [],
			questions: isSignedIn ? await questionsOf(tx, viewer, id) : [],
			coUnits: await coUnitsOf(tx, viewer, id),
			...(await neighboursOf(tx, viewer, row)),
		};
	});

const neighboursOf = async (tx: Tx, viewer: Viewer, { seriesId, startsAt }: EventView) => ({
	before: await neighbour(
		tx,
		viewer,
		seriesId,
		sql`event.starts_at < ${startsAt} order by event.starts_at desc`,
	),
	after: await neighbour(tx, viewer, seriesId, sql`event.starts_at > ${startsAt} order by event.starts_at`),
});

const neighbour = async (
	tx: Tx,
	viewer: Viewer,
	seriesId: string | null,
	side: Sql,
): Promise<Neighbour | null> =>
	(seriesId &&
		(await tx.one<Neighbour>(sql`select event.id, event.starts_at as "startsAt" from events.event
			where event.series_id = ${seriesId}::uuid and event.cancelled_at is null and ${events.see(viewer)} and ${side} limit 1`))) ||
	null;

/** A public event, as anybody reads it: no name of anybody. Throws NotFound for all others, whoever asks. */
export const showPublicEvent = (id: string): Promise<EventView> => showEvent(visitor, id);

/** Somebody, off the row named `person`. */
export const someone = sql`jsonb_build_object('id', person.id, 'name', person.name, 'photoId', person.photo_id)`;

/** Who comes, first come first, but this one. Names are for who may know the person: the others are counted. */
export const peopleOf = (
	tx: Tx,
	viewer: Viewer,
	id: string,
	{ but = null, most = 60 }: { but?: string | null; most?: number } = {},
): Promise<Someone[]> =>
	tx.many(sql`select person.id, person.name, person.photo_id as "photoId" from events.answer
		join people.person on person.id = answer.person_id
		where answer.event_id = ${id}::uuid and answer.answer = 'coming' and not answer.is_waiting and ${persons.see(viewer)}
			and person.id is distinct from ${but}::uuid order by answer.seat_at limit ${most}`);

const shiftsOf = (tx: Tx, viewer: Viewer, id: string): Promise<ShiftView[]> =>
	tx.many<ShiftView>(sql`select shift.id, shift.name, shift.starts_at as "startsAt", shift.ends_at as "endsAt", shift.needed,
			taking.taken, taking.mine, taking.takers
		from events.shift cross join lateral (select count(*)::int as taken,
			coalesce(bool_or(taker.person_id = ${viewer.id}::uuid), false) as mine,
			coalesce(jsonb_agg(${someone} order by taker.at) filter (where person.id is not null and ${persons.see(viewer)}), '[]') as takers
			from events.taker left join people.person on person.id = taker.person_id where taker.shift_id = shift.id) as taking
		where shift.event_id = ${id}::uuid order by shift.position, shift.id`);

const questionsOf = (tx: Tx, viewer: Viewer, id: string): Promise<QuestionView[]> =>
	tx.many(sql`select question.id, question.text, question.asked_at as "askedAt", ${someone} as by, question.answer,
			question.answered_at as "answeredAt", (select jsonb_build_object('id', replier.id, 'name', replier.name) from people.person as replier
				where replier.id = question.answered_by and replier.erased_at is null and ${isApartFrom(sql`replier.id`)(viewer)}) as "answeredBy",
			${questions.may(viewer)}
		from events.question join people.person on person.id = question.by_id
		where question.event_id = ${id}::uuid and ${questions.see(viewer)} order by question.asked_at, question.id limit 200`);

/** Those that accepted, for everybody; those that were asked, for who organises there or here. */
export const coUnitsOf = (tx: Tx, viewer: Viewer, id: string): Promise<CoUnitView[]> =>
	tx.many(sql`select co_unit.id, co_unit.unit_id as "unitId", unit.name, co_unit.accepted, ${coUnits.may(viewer)}
		from events.co_unit join territory.unit on unit.id = co_unit.unit_id
		where co_unit.event_id = ${id}::uuid and (co_unit.accepted or ${coUnits.see(viewer)}) order by unit.folded_name`);
