import { type News, notify } from '#domains/notices/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { enqueue, type Listener } from '#platform/jobs.ts';
import type { Rule } from '#platform/policy.ts';
import { list, sql } from '#platform/sql.ts';
import type { Changed } from './change.ts';
import { onHappened } from './live.ts';
import { events, questions } from './policy.ts';
import { isPublished } from './report/report.ts';

const isEventSeen: Rule = (viewer) =>
	sql`exists (select from events.event where event.id = notice.place_id and ${events.see(viewer)})`;
const isReportSeen: Rule = (viewer) =>
	sql`exists (select from events.event where event.id = notice.place_id and ${isPublished(viewer)} and ${events.see(viewer)})`;
const isQuestionSeen: Rule = (viewer) =>
	sql`exists (select from events.question where question.id = notice.subject_id and ${questions.see(viewer)})`;

/** What calls people to an event, or says that they have a seat, has nothing to say once it is called off. */
const isCalledTo: Rule = (viewer) =>
	sql`exists (select from events.event where event.id = notice.place_id and event.cancelled_at is null and ${events.see(viewer)})`;

/** A notice of an event lives as long as its reader sees the event, or the question. */
export const sights: Record<string, Rule> = {
	event_invited: isCalledTo,
	event_changed: isEventSeen,
	event_cancelled: isEventSeen,
	event_seated: isCalledTo,
	event_reminder: isCalledTo,
	event_reported: isReportSeen,
	event_unit_asked: isEventSeen,
	event_unit_accepted: isEventSeen,
	event_unit_refused: isEventSeen,
	event_asked: isQuestionSeen,
	event_replied: isQuestionSeen,
};

/** Whose event a notice comes from: what its reader may have set apart. */
export interface From {
	unitId: string | null;
	groupId: string | null;
}
export const fromJson = sql`jsonb_build_object('unitId', event.unit_id, 'groupId', event.group_id)`;

/** What every notice of an event says of it: its title, and which date is meant. */
export type Named = { title: string; startsAt: string; timeZone: string };
export const namedJson = sql`jsonb_build_object('title', event.title, 'startsAt', event.starts_at, 'timeZone', event.time_zone)`;

/** Of an event that still stands, held until all are told: who calls it off waits, and what they say comes after. */
export const namedOf = async (
	tx: Tx,
	eventId: string,
): Promise<{ payload: Named; from: From; by_id: string } | undefined> =>
	tx.one(
		sql`select ${namedJson} as payload, ${fromJson} as "from", event.by_id from events.event where event.id = ${eventId}::uuid`,
	);

/** Of an event that still stands, held until all are told: who calls it off waits, and what they say comes after. */
export const standing = (
	tx: Tx,
	eventId: string,
): Promise<{ payload: Named; from: From; reminded: boolean } | undefined> =>
	tx.one(sql`select ${namedJson} as payload, ${fromJson} as "from", event.reminded_at is not null as reminded
		from events.event where event.id = ${eventId}::uuid and event.cancelled_at is null for share`);

/** Who organises at exactly this unit; for a group, who answers for it, and who planned this. */
const organisersOf = async (tx: Tx, { unitId, groupId }: From, byId: string): Promise<string[]> =>
	(
		await tx.many<{ person_id: string }>(
			groupId
				? sql`select seat.person_id from groups.seat join groups.circle on circle.id = seat.circle_id
					where circle.id = ${groupId}::uuid and seat.person_id in (circle.owner_id, ${byId}::uuid)`
				: sql`select distinct held_power.person_id from territory.held_power
					where held_power.unit_id = ${unitId}::uuid and held_power.power = 'event.create'`,
		)
	).map(({ person_id }) => person_id);

interface Happened {
	eventId: string;
	eventIds: string[];
	unitId: string;
	questionId: string;
	byId: string;
	toId: string;
	personId: string | null;
	visitorId: string | null;
	/** Of `events.changed`; absent in what was announced before it was told. */
	what?: Changed[];
}

async function onSeated({ eventId, personId, visitorId }: Happened): Promise<void> {
	await asSystem('notices', async (tx) => {
		const event = await namedOf(tx, eventId);
		if (visitorId) await enqueue(tx, 'events.mail_visitor', { visitorId, about: 'seated' });
		if (!event || !personId) return;
		await notify(tx, {
			type: 'event_seated',
			to: [personId],
			subjectId: eventId,
			placeId: eventId,
			...event.from,
			payload: event.payload,
		});
	});
}

/** The hours or the place: what one has to know to be there. */
const moves = (what: Changed[] | undefined) => !what || what.includes('hours') || what.includes('place');

const toAnswered =
	(about: 'changed' | 'cancelled') =>
	async ({ eventIds, byId, what }: Happened): Promise<void> => {
		if (about === 'changed' && !moves(what)) return;
		await asSystem('notices', async (tx) => {
			await enqueue(tx, 'events.tell_answered', { eventIds, about, byId, after: null });
			const visitors = await tx.many<{ id: string }>(sql`select visitor.id from events.visitor
				join events.answer on answer.visitor_id = visitor.id and answer.answer = 'coming'
				where visitor.event_id = any (${list(eventIds, 'uuid')})`);
			for (const { id } of visitors) await enqueue(tx, 'events.mail_visitor', { visitorId: id, about });
		});
	};

const telling =
	(newsOf: (tx: Tx, event: Happened, payload: Named, from: From, authorId: string) => Promise<News>) =>
	(happened: Happened): Promise<void> =>
		asSystem('notices', async (tx) => {
			const event = await namedOf(tx, happened.eventId);
			if (event) await notify(tx, await newsOf(tx, happened, event.payload, event.from, event.by_id));
		});

const onAsked = telling(async (tx, { eventId, questionId, byId }, payload, from, authorId) => ({
	type: 'event_asked',
	to: await organisersOf(tx, from, authorId),
	byId,
	subjectId: questionId,
	placeId: eventId,
	...from,
	payload,
}));

const onReplied = telling(async (tx, { eventId, questionId, byId }, payload, from) => {
	const asker = await tx.one<{ by_id: string }>(
		sql`select question.by_id from events.question where question.id = ${questionId}::uuid`,
	);
	const to = [asker?.by_id];
	return {
		type: 'event_replied',
		to,
		byId,
		subjectId: questionId,
		placeId: eventId,
		...from,
		payload,
	};
});

const onUnitAsked = telling(async (tx, { eventId, unitId, byId }, payload) => ({
	type: 'event_unit_asked',
	to: await organisersOf(tx, { unitId, groupId: null }, ''),
	byId,
	subjectId: eventId,
	placeId: eventId,
	unitId,
	payload,
}));

const onUnitAnswered = (answer: 'accepted' | 'refused') =>
	telling(async (_tx, { eventId, unitId, byId, toId }, payload) => ({
		type: `event_unit_${answer}`,
		to: [toId],
		byId,
		subjectId: eventId,
		placeId: eventId,
		unitId,
		payload,
	}));

const onUnitDropped = telling(async (tx, { eventId, unitId, byId }, payload) => ({
	type: 'event_unit_dropped',
	to: await organisersOf(tx, { unitId, groupId: null }, ''),
	byId,
	subjectId: eventId,
	unitId,
	payload,
}));

/** What the house hears to tell of events. */
export const listeners: Listener<never>[] = [
	{ to: 'events.seated', name: 'events.on_seated', hear: onSeated },
	{ to: 'events.changed', name: 'events.on_changed', hear: toAnswered('changed') },
	{ to: 'events.cancelled', name: 'events.on_cancelled', hear: toAnswered('cancelled') },
	...['changed', 'cancelled', 'replied', 'seated'].map((act) => ({
		to: `events.${act}`,
		name: `events.live_${act}`,
		hear: onHappened,
	})),
	{ to: 'events.asked', name: 'events.on_asked', hear: onAsked },
	{ to: 'events.replied', name: 'events.on_replied', hear: onReplied },
	{ to: 'events.unit_asked', name: 'events.on_unit_asked', hear: onUnitAsked },
	{ to: 'events.unit_accepted', name: 'events.on_unit_accepted', hear: onUnitAnswered('accepted') },
	{ to: 'events.unit_refused', name: 'events.on_unit_refused', hear: onUnitAnswered('refused') },
	{ to: 'events.unit_dropped', name: 'events.on_unit_dropped', hear: onUnitDropped },
] as Listener<never>[];
