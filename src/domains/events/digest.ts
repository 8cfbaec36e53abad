import { unitsAbove } from '#domains/territory/index.ts';
import type { DigestSource } from '#platform/domain.ts';
import { sql } from '#platform/sql.ts';
import { isOfGroups, isOfUnits } from './agenda.ts';
import { events } from './policy.ts';

interface Coming {
	/** It waits for the reader's answer. */
	asked: boolean;
	id: string;
	title: string;
	place: string;
	at: Date;
	timeZone: string;
}

const atMost = 5;
const days = 14;

/** What comes, then what is told of what was. */
export const digest: DigestSource = async (tx, reader) => [
	...(await coming(tx, reader)),
	...(await reported(tx, reader)),
];

/** Reports published since the mail before, of events one came to or said to come to. Without an account there are none. */
const reported: DigestSource = async (tx, { viewer, hasAccount, words, since }) => {
	if (!hasAccount) return [];
	const rows = await tx.many<{ id: string; title: string }>(sql`select event.id, event.title from events.event
		join events.report on report.event_id = event.id
		where report.published_at > ${since} and ${events.see(viewer)}
			and (exists (select from events.attendance where attendance.event_id = event.id and attendance.person_id = ${viewer.id}::uuid)
				or exists (select from events.answer where answer.event_id = event.id and answer.person_id = ${viewer.id}::uuid
					and answer.answer = 'coming' and not answer.is_waiting))
		order by report.published_at desc, event.id limit ${atMost}`);
	return rows.map(({ id, title }) => ({
		id: `report:${id}`,
		heading: 'events.digest_reports',
		text: words.say('events.report_of', { title }),
		href: `/evenements/${id}/compte-rendu`,
	}));
};

/**
 * Events of the next two weeks: those one comes to, then those that wait for an answer, of one's units, of those above, of one's groups
 * or to which one is invited; not refused. Without an account nothing is asked: only public ones and those said to a whole unit. Never
 * one that is called off.
 */
const coming: DigestSource = async (tx, { viewer, hasAccount, words }) => {
	const rows = await tx.many<Coming>(sql`
		select own.answer is null and ${hasAccount} as asked, event.id, event.title, event.place_name as place, event.starts_at as at, event.time_zone as "timeZone"
		from events.event left join events.answer as own on own.event_id = event.id and own.person_id = ${viewer.id}::uuid
		where event.starts_at > now() and event.starts_at < now() + make_interval(days => ${days}::int) and event.cancelled_at is null
			and coalesce(own.answer, '') <> 'no'
			and (own.answer is not null or ${isOfUnits(viewer)} or ${isOfGroups(viewer)}
				or exists (select from events.invitation where invitation.event_id = event.id
					and (invitation.person_id = ${viewer.id}::uuid or invitation.unit_id = any (${unitsAbove(viewer)}))))
			and ${hasAccount ? sql`true` : sql`event.visibility in ('public', 'unit')`} and ${events.see(viewer)}
		order by own.answer is null, event.starts_at, event.id limit ${2 * atMost}`);
	return rows.map(({ asked, id, title, place, at, timeZone }) => ({
		id,
		heading: asked ? ('events.digest_asked' as const) : ('events.digest' as const),
		text: words.say(place ? 'events.digest_line_at' : 'events.digest_line', {
			title,
			place,
			when: words.date(at, 'dateTime', { timeZone }),
		}),
		href: `/evenements/${id}`,
		at,
	}));
};
