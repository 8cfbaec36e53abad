import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { held, type Line } from './line.fixture.ts';

const odile = idOf('odile');

const said = (days: 30 | 365): Line => ({
	table: 'messages.message',
	when: `words of a conversation that keeps ${days} days`,
	kept: `${days} days`,
	made: (at, id) => [
		sql`insert into messages.conversation (id, kind, readers, kept_days, last_at, created_at)
			values (${id}, 'several', array[${odile}::uuid], ${days}, ${at}, ${at}) on conflict do nothing`,
		sql`insert into messages.message (id, conversation_id, number, author_id, sealed, sent_at)
			values (${id}, ${id}, 1, ${odile}, 'x', ${at}) on conflict do nothing`,
	],
});

/** What people write to one another. */
export const messages: Line[] = [
	said(365),
	said(30),
	{
		table: 'messages.letter',
		when: 'a letter went out',
		kept: '365 days',
		made: held(
			'messages.letter',
			'id, unit_id, by_id, sealed, at, people, finished_at',
			(at, id) => sql`${id}, ${idOf('villebrume')}, ${odile}, 'x', ${at}, 1, ${at}`,
		),
	},
	{
		table: 'messages.exhibit',
		when: 'words were shown to moderators',
		kept: '365 days',
		made: held(
			'messages.exhibit',
			'id, message_id, reporter_id, sealed, at',
			(at, id) => sql`${id}, ${id}, ${odile}, 'x', ${at}`,
		),
	},
];
