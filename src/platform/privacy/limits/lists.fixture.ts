import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { held, type Line } from './line.fixture.ts';

const group = (id: string) =>
	sql`insert into groups.circle (id, name, purpose, visibility) values (${id}, 'x', 'x', 'open') on conflict do nothing`;

/** What groups keep, and what travels by mail. */
export const lists: Line[] = [
	{
		table: 'groups.link',
		when: 'a link into a group ended',
		kept: '1 year',
		made: (at, id) => [
			group(id),
			sql`insert into groups.link (id, circle_id, made_by, hash, most, expires_at)
				values (${id}, ${id}, ${idOf('odile')}, ${id}, 5, ${at})`,
		],
	},
	{
		table: 'groups.proposal',
		when: 'a subject was proposed, and nobody answered',
		kept: '1 year',
		made: held(
			'groups.proposal',
			'id, person_id, name, at',
			(at, id) => sql`${id}, ${idOf('odile')}, 'x', ${at}`,
		),
	},
	{
		table: 'groups.proposal',
		when: 'a subject that was proposed was answered',
		kept: '1 year',
		made: held(
			'groups.proposal',
			'id, person_id, name, at, answered_at',
			(at, id) => sql`${id}, ${idOf('odile')}, 'x', ${at}::timestamptz - interval '2 years', ${at}`,
		),
	},
	{
		table: 'groups.merge_follow',
		when: 'two subjects that were made one can no longer be told apart',
		kept: '7 days',
		made: (at, id) => [
			sql`insert into groups.subject (id, slug, name, position) values (${id}, ${id}, '{"fr": "x", "en": "x"}', 99)`,
			sql`insert into groups.subject_merge (id, subject_id, into_id, at, until)
				values (${id}, ${id}, ${id}, ${at}, ${at}::timestamptz + interval '7 days')`,
			sql`insert into groups.merge_follow (merge_id, person_id, had_both, shown, in_feed, at)
				values (${id}, ${idOf('mathis')}, false, true, false, ${at})`,
		],
		left: (id) => sql`groups.merge_follow where merge_id = ${id}::uuid`,
	},
	{
		table: 'feed.list_choice',
		when: 'somebody left a group whose mails they received',
		kept: '365 days',
		made: (at, id) => [
			group(id),
			sql`insert into feed.list_choice (person_id, circle_id, key, at) values (${idOf('mathis')}, ${id}, ${id}, ${at})`,
		],
		left: (id) => sql`feed.list_choice where circle_id = ${id}::uuid`,
	},
	{
		table: 'feed.list_round',
		when: 'words of a group left by mail',
		kept: '30 days',
		made: (at, id) => [
			group(id),
			sql`insert into feed.list_round (word_id, kind, circle_id, at) values (${id}, 'post', ${id}, ${at})`,
		],
		left: (id) => sql`feed.list_round where word_id = ${id}::uuid`,
	},
	{
		table: 'platform.mail_in',
		when: 'a mail came in that nothing could read',
		kept: '3 days',
		made: held('platform.mail_in', 'id, sealed, at', (at, id) => sql`${id}, 'x', ${at}`),
	},
];
