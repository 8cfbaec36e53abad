import { type Sql, sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { mission } from './events.fixture.ts';
import { held, type Line } from './line.fixture.ts';

const [odile, mathis, samuel] = ['odile', 'mathis', 'samuel'].map(idOf);
const post = (id: string, more = sql`null::timestamptz, null::timestamptz`) => sql`
	insert into feed.post (id, author_id, audience, text, deleted_at, undone_at) select ${id}::uuid, ${odile}::uuid, 'network', 'x', ${more}`;
const notice = (id: string, at: Date | Sql, read: Date | null) =>
	sql`insert into notices.notice (person_id, id, type, subject_id, at, read_at) values (${odile}, ${id}, 'welcomed', ${id}, ${at}, ${read}::timestamptz)`;

const petition = (id: string, closed: Date | null) => sql`
	insert into missions.petition (id, title, text, addressed_to, unit_id, by_id, is_official, closed_at)
	values (${id}, 'x', 'x', 'x', ${idOf('villebrume')}, ${odile}, false, ${closed}::timestamptz)`;

/** What people say, ask and read. */
export const words: Line[] = [
	{
		table: 'feed.post',
		when: 'a post was removed',
		kept: '30 days',
		made: (at, id) => [post(id, sql`${at}::timestamptz, null::timestamptz`)],
	},
	{
		table: 'feed.post',
		when: 'a post was taken back in its ten seconds',
		kept: '30 days',
		made: (at, id) => [post(id, sql`null::timestamptz, ${at}::timestamptz`)],
	},
	{
		table: 'feed.comment',
		when: 'an answer was removed',
		kept: '30 days',
		made: (at, id) => [
			post(id),
			sql`insert into feed.comment (id, post_id, author_id, text, deleted_at) values (${id}, ${id}, ${odile}, 'x', ${at})`,
		],
		left: (id) => sql`feed.comment where id = ${id}::uuid and text <> ''`,
	},
	{
		table: 'feed.draft',
		when: 'a draft was kept',
		kept: '365 days',
		made: held(
			'feed.draft',
			'person_id, place, text, saved_at',
			(at, id) => sql`${odile}, ${id}, 'x', ${at}`,
		),
		left: (id) => sql`feed.draft where place = ${id}`,
	},
	{
		table: 'missions.signature',
		when: 'a signature was asked for and never confirmed',
		kept: '7 days',
		made: (at, id) => [
			petition(id, null),
			sql`insert into missions.signature (id, petition_id, name, at) values (${id}, ${id}, 'x', ${at})`,
		],
	},
	{
		table: 'missions.signature',
		when: 'the petition that it is of was closed',
		kept: '1 year',
		made: (at, id) => [
			petition(id, at),
			sql`insert into missions.signature (id, petition_id, name, confirmed_at) values (${id}, ${id}, 'x', ${at})`,
		],
	},
	{
		table: 'missions.mission',
		when: 'a mission took place',
		kept: '3 years',
		made: (at, id) => [mission(at, id)],
	},
	{
		table: 'platform.file',
		when: 'a file came with a refused post',
		kept: '7 days',
		made: held(
			'platform.file',
			'id, owner_id, holder, kind, name, bytes, created_at',
			(at, id) => sql`${id}, ${odile}, 'feed.draft', 'text/plain', 'x', 1, ${at}`,
		),
	},
	{
		table: 'friends.request',
		when: 'a request got no answer',
		kept: '1 year',
		made: held(
			'friends.request',
			'id, from_id, to_id, asked_at',
			(at, id) => sql`${id}, ${id}, ${mathis}, ${at}`,
		),
	},
	{
		table: 'friends.request',
		when: 'a request was refused',
		kept: '1 year',
		made: held(
			'friends.request',
			'id, from_id, to_id, answer, asked_at',
			(at, id) => sql`${id}, ${id}, ${mathis}, 'refused', ${at}`,
		),
	},
	{
		table: 'friends.shown',
		when: 'somebody last spoke',
		kept: '1 year',
		made: held('friends.shown', 'person_id, place, at', (at, id) => sql`${id}, 'network', ${at}`),
		left: (id) => sql`friends.shown where person_id = ${id}::uuid`,
	},
	{
		table: 'groups.membership',
		when: 'somebody asked a group and got no answer',
		kept: '1 year',
		made: (at, id) => [
			sql`insert into groups.circle (id, name, purpose, visibility) values (${id}, 'x', 'x', 'open')`,
			sql`insert into groups.membership (circle_id, person_id, state, at) values (${id}, ${mathis}, 'asked', ${at})`,
		],
		left: (id) => sql`groups.membership where circle_id = ${id}::uuid`,
	},
	{
		table: 'groups.membership',
		when: 'somebody was invited and said nothing',
		kept: '1 year',
		made: (at, id) => [
			sql`insert into groups.circle (id, name, purpose, visibility) values (${id}, 'x', 'x', 'open')`,
			sql`insert into groups.membership (circle_id, person_id, state, at) values (${id}, ${mathis}, 'invited', ${at})`,
		],
		left: (id) => sql`groups.membership where circle_id = ${id}::uuid`,
	},
	{
		table: 'groups.membership',
		when: 'somebody was put out of a group',
		kept: '3 years',
		made: (at, id) => [
			sql`insert into groups.circle (id, name, purpose, visibility) values (${id}, 'x', 'x', 'open')`,
			sql`insert into groups.membership (circle_id, person_id, state, at) values (${id}, ${mathis}, 'excluded', ${at})`,
		],
		left: (id) => sql`groups.membership where circle_id = ${id}::uuid`,
	},
	{
		table: 'notices.notice',
		when: 'a notice was read',
		kept: '90 days',
		made: (at, id) => [notice(id, at, at)],
	},
	{
		table: 'notices.notice',
		when: 'a notice came that nobody read',
		kept: '365 days',
		made: (at, id) => [notice(id, at, null)],
	},
	{
		table: 'profiles.opening',
		when: 'somebody’s number was opened',
		kept: '1 year',
		made: held(
			'profiles.opening',
			'id, person_id, by_id, what, at',
			(at, id) => sql`${id}, ${odile}, ${samuel}, 'phone', ${at}`,
		),
	},
];
