import { notify } from '#domains/notices/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { enqueue, type JobDefinition } from '#platform/jobs.ts';
import { list, sql } from '#platform/sql.ts';
import { aheadMs, lay } from './series.ts';
import { type From, fromJson, type Named, namedJson, standing } from './tell.ts';
import { visitorMailJobs } from './visitor-mails.ts';

/** People told in one go. */
const batch = 200;

interface Batch {
	after: string | null;
}

const peopleAfter = async (tx: Tx, from: ReturnType<typeof sql>, after: string | null): Promise<string[]> =>
	(
		await tx.many<{ person_id: string }>(sql`select listed.person_id from (${from}) as listed
			where ${after}::uuid is null or listed.person_id > ${after}::uuid group by listed.person_id
			order by listed.person_id limit ${batch}`)
	).map(({ person_id }) => person_id);

/** Whom an invitation invites: one person, a group, or a unit with those below. */
const invitedBy = (asked: { unit_id: string | null; group_id: string | null; person_id: string | null }) => {
	if (asked.group_id)
		return sql`select seat.person_id from groups.seat where seat.circle_id = ${asked.group_id}::uuid`;
	return asked.unit_id
		? sql`select attachment.person_id from territory.attachment join territory.unit on unit.id = attachment.unit_id
			where attachment.until is null and unit.ancestors @> ${list([asked.unit_id], 'uuid')}`
		: sql`select ${asked.person_id}::uuid as person_id`;
};

/** Tells who is invited, so many at a time; who answered already is not bothered. The count of those told grows with each batch. */
const tellInvited = ({ invitationId, after }: { invitationId: string } & Batch): Promise<void> =>
	asSystem('notices', async (tx) => {
		const invitation = await tx.one<{
			event_id: string;
			unit_id: string | null;
			group_id: string | null;
			person_id: string | null;
			by_id: string;
		}>(
			sql`select invitation.event_id, invitation.unit_id, invitation.group_id, invitation.person_id, invitation.by_id from events.invitation
				where invitation.id = ${invitationId}::uuid and invitation.told_at is null for update`,
		);
		const event = invitation && (await standing(tx, invitation.event_id));
		if (!invitation || !event) return;
		const { event_id: eventId, by_id: byId } = invitation;
		const people = await peopleAfter(
			tx,
			sql`select guest.person_id from (${invitedBy(invitation)}) as guest where not exists (select from events.answer
				where answer.event_id = ${eventId}::uuid and answer.person_id = guest.person_id)`,
			after,
		);
		await notify(tx, {
			type: 'event_invited',
			to: people,
			byId,
			subjectId: eventId,
			placeId: eventId,
			...event.from,
			payload: event.payload,
		});
		const isLast = people.length < batch;
		await tx.run(sql`update events.invitation set told_count = invitation.told_count + ${people.length},
			told_at = case when ${isLast} then now() end where invitation.id = ${invitationId}::uuid`);
		if (!isLast) await enqueue(tx, 'events.tell_invited', { invitationId, after: people.at(-1) });
	});

/** Tells whoever answered that it changed or is called off: each once, of the first of the dates they answered. */
const tellAnswered = ({
	eventIds,
	about,
	byId,
	after,
}: { eventIds: string[]; about: 'changed' | 'cancelled'; byId: string } & Batch): Promise<void> =>
	asSystem('notices', async (tx) => {
		const answered = sql`select answer.person_id from events.answer
			where answer.event_id = any (${list(eventIds, 'uuid')}) and answer.person_id is not null`;
		const people = await peopleAfter(tx, answered, after);
		const firsts = await tx.many<{ person_id: string; event_id: string; payload: Named; from: From }>(sql`
			select distinct on (answer.person_id) answer.person_id, event.id as event_id, ${namedJson} as payload, ${fromJson} as "from" from events.answer
			join events.event on event.id = answer.event_id where answer.event_id = any (${list(eventIds, 'uuid')})
				and answer.person_id = any (${list(people, 'uuid')}) and (${about === 'cancelled'} or event.cancelled_at is null) order by answer.person_id, event.starts_at`);
		for (const [eventId, rows] of Map.groupBy(firsts, ({ event_id }) => event_id)) {
			const { payload, from } = rows[0]!;
			const to = rows.map(({ person_id }) => person_id);
			await notify(tx, {
				type: `event_${about}`,
				to,
				byId,
				subjectId: eventId,
				placeId: eventId,
				...from,
				payload,
			});
		}
		if (people.length === batch)
			await enqueue(tx, 'events.tell_answered', { eventIds, about, byId, after: people.at(-1) });
	});

/** From six in the evening of the day before, on the clocks of the place, who comes is reminded: once for each date. */
const remind = (): Promise<void> =>
	asSystem('notices', async (tx) => {
		const due = await tx.many<{ id: string }>(sql`update events.event set reminded_at = now()
			where event.reminded_at is null and event.cancelled_at is null and event.starts_at > now()
				and event.starts_at < now() + interval '2 days'
				and now() >= (((event.starts_at at time zone event.time_zone)::date - 1) + time '18:00') at time zone event.time_zone
			returning event.id`);
		for (const { id } of due) {
			await enqueue(tx, 'events.remind_people', { eventId: id, after: null });
			const visitors = await tx.many<{ id: string }>(sql`select answer.visitor_id as id from events.answer
				where answer.event_id = ${id}::uuid and answer.visitor_id is not null and answer.answer = 'coming' and not answer.is_waiting`);
			for (const visitor of visitors)
				await enqueue(tx, 'events.mail_visitor', { visitorId: visitor.id, about: 'reminder' });
		}
	});

const remindPeople = ({ eventId, after }: { eventId: string } & Batch): Promise<void> =>
	asSystem('notices', async (tx) => {
		const event = await standing(tx, eventId);
		// Moved meanwhile, it will be reminded of at its new hour.
		if (!event?.reminded) return;
		const coming = sql`select answer.person_id from events.answer where answer.event_id = ${eventId}::uuid
			and answer.person_id is not null and answer.answer = 'coming' and not answer.is_waiting`;
		const to = await peopleAfter(tx, coming, after);
		await notify(tx, {
			type: 'event_reminder',
			to,
			subjectId: eventId,
			placeId: eventId,
			...event.from,
			payload: event.payload,
		});
		if (to.length === batch) await enqueue(tx, 'events.remind_people', { eventId, after: to.at(-1) });
	});

/** Lays the next dates of what comes back. */
async function extend(): Promise<void> {
	const until = new Date(Date.now() + aheadMs);
	const late = await asSystem('events', (tx) =>
		tx.many<{ id: string }>(
			sql`select series.id from events.series where series.ended_at is null and series.laid_until < ${until}`,
		),
	);
	for (const { id } of late) await asSystem('events', (tx) => lay(tx, id, until));
}

export const jobs: JobDefinition<never>[] = [
	{ name: 'events.tell_invited', policy: 'house', work: tellInvited },
	{ name: 'events.tell_answered', policy: 'house', work: tellAnswered },
	{ name: 'events.remind', policy: 'house', work: remind, every: '*/10 * * * *' },
	{ name: 'events.remind_people', policy: 'house', work: remindPeople },
	{ name: 'events.extend', policy: 'house', work: extend, every: '20 4 * * *' },
	...visitorMailJobs,
] as JobDefinition<never>[];
