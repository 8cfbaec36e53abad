import { type Sql, sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import type { Line } from './line.fixture.ts';

const odile = idOf('odile');

const ended = (at: Date, id: string): Sql => sql`
	insert into events.event (id, unit_id, by_id, title, starts_at, ends_at, visibility)
	values (${id}, ${idOf('villebrume')}, ${idOf('samuel')}, 'x', ${at}::timestamptz - interval '2 hours', ${at}, 'unit')
	on conflict do nothing`;

/** A mission that ended at that instant. */
export const mission = (at: Date, id: string): Sql => sql`
	insert into missions.mission (id, kind, title, unit_id, by_id, is_official, place, starts_at, ends_at, needed)
	values (${id}, 'doors', 'x', ${idOf('villebrume')}, ${odile}, false, 'x', ${at}::timestamptz - interval '1 hour', ${at}, 3)
	on conflict do nothing`;

/** What a person left of an event that ended at that instant. */
const left = (table: string, made: (id: string) => Sql, rows?: Line['left']): Line => ({
	table,
	when: 'the event ended',
	kept: '365 days',
	made: (at, id) => [ended(at, id), made(id)],
	...(rows && { left: rows }),
});

/** What people say of events: who comes, asks, helps, was there. */
export const events: Line[] = [
	left(
		'events.answer',
		(id) =>
			sql`insert into events.answer (id, event_id, person_id, answer) values (${id}, ${id}, ${odile}, 'coming')`,
	),
	left(
		'events.question',
		(id) => sql`insert into events.question (id, event_id, by_id, text) values (${id}, ${id}, ${odile}, 'x')`,
	),
	left(
		'events.invitation',
		(id) =>
			sql`insert into events.invitation (id, event_id, person_id, by_id) values (${id}, ${id}, ${odile}, ${idOf('samuel')})`,
	),
	left(
		'events.attendance',
		(id) =>
			sql`insert into events.attendance (id, event_id, person_id, by_id) values (${id}, ${id}, ${odile}, ${idOf('samuel')})`,
	),
	left(
		'events.taker',
		(
			id,
		) => sql`with made as (insert into events.shift (id, event_id, position, name) values (${id}, ${id}, 1, 'x') returning id)
			insert into events.taker (shift_id, person_id) select made.id, ${odile}::uuid from made`,
		(id) => sql`events.taker where shift_id = ${id}::uuid`,
	),
	{
		table: 'events.visitor',
		when: 'the event ended, for who has no account',
		kept: '30 days',
		made: (at, id) => [
			ended(at, id),
			sql`insert into events.visitor (id, event_id, email, email_key, token_hash, asked_at, confirmed_at)
				values (${id}, ${id}, 'x', ${id}, ${id}, ${at}, ${at})`,
		],
	},
	{
		table: 'events.visitor',
		when: 'a place was asked for without account and never confirmed',
		kept: '7 days',
		made: (at, id) => [
			ended(new Date(at.getTime() + 6 * 86_400_000), id),
			sql`insert into events.visitor (id, event_id, email, email_key, token_hash, asked_at)
				values (${id}, ${id}, 'x', ${id}, ${id}, ${at})`,
		],
	},
	{
		table: 'missions.visitor',
		when: 'the mission ended, for who has no account',
		kept: '30 days',
		made: (at, id) => [
			mission(at, id),
			sql`insert into missions.visitor (id, mission_id, email, email_key, token_hash, asked_at, confirmed_at)
				values (${id}, ${id}, 'x', ${id}, ${id}, ${at}, ${at})`,
		],
	},
	{
		table: 'missions.visitor',
		when: 'a place at a mission was asked for without account and never confirmed',
		kept: '7 days',
		made: (at, id) => [
			mission(new Date(at.getTime() + 6 * 86_400_000), id),
			sql`insert into missions.visitor (id, mission_id, email, email_key, token_hash, asked_at)
				values (${id}, ${id}, 'x', ${id}, ${id}, ${at})`,
		],
	},
	{
		table: 'notices.fan',
		when: 'a whole unit was told',
		kept: '90 days',
		made: (at, id) => [
			sql`insert into notices.fan (id, by_id, news, at, done_at) values (${id}, ${odile}, '{}', ${at}, ${at})`,
		],
	},
	{
		table: 'notices.round',
		when: 'a grouped mail was of that day, which ends fourteen hours later',
		kept: '90 days 14 hours',
		made: (at) => [
			sql`insert into notices.round (person_id, day, kind) values (${odile}, (${at}::timestamptz at time zone 'UTC')::date, 'daily')
				on conflict do nothing`,
		],
		left: () => sql`notices.round where person_id = ${odile}::uuid`,
	},
];
